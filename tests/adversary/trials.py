"""What is tried on a random table set, and what came of it: for the tests and for the benchmark."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from accord.audit.attacks import audit
from accord.audit.sources import Source, source_of_release, source_of_table
from accord.base.errors import RefusedError
from accord.cells.cell import State
from accord.cells.reading import parse_csv
from accord.cells.table import CellTable
from accord.exchange.release import Release
from accord.station.certifying import background
from accord.station.clearing import clear
from accord.station.protect.protect import Gate
from accord.station.protect.reasons import Reason
from adversary.exact import Reader, faults
from adversary.gate import relations
from adversary.random_sets import (
    TableSet,
    protected_among,
    publications,
    sizes_of,
    told_by_a_line,
)
from adversary.released import released


@dataclass(frozen=True)
class Outcome:
    """What became of one set. Lists name attacks; `refused` says why nothing was let out.

    `with_sizes` and `with_spans` are found by readers of whom the district told nothing, by group
    sizes alone and by the sizes in every grade of every school; `registered` by the latter after
    the release was cleared with them in mind.
    """

    seed: int
    refused: str = ""
    alone_safe: bool = False
    also: int = 0
    hidden: int = 0
    shown: int = 0
    from_file: list[str] = field(default_factory=list)
    with_sizes: list[str] = field(default_factory=list)
    with_spans: list[str] = field(default_factory=list)
    registered: list[str] | None = None
    shown_registered: int = 0


def let_out(each: TableSet, seed: int, *, spans: bool = True, register: bool = False) -> Outcome:
    """Clear a set and attack what came out: the file alone, with all sizes, and with those in the
    grades that each school serves as well; with `register`, these are cleared with and tried too.
    """
    alone = each.gate.protected(each.gate.patterns(), "partners").table
    try:
        first = audit([_file(each, alone)], relations=relations(), most_formulas=0)
        cleared = clear(each.gate, "partners", [])
    except RefusedError as error:
        return Outcome(seed, refused=error.problems[0].what)
    table = cleared.protected.table
    source = _file(each, table)
    known = sizes_of(each, table, spans=True)
    with_spans = _exposed(each, [source, known]) if spans else []
    less = with_spans or not spans  # who knows less learns less
    told = clear(each.gate, "partners", [known]).protected.table if register else None
    return Outcome(
        seed,
        alone_safe=first.is_safe,
        also=len(cleared.also),
        hidden=cleared.audit.hidden,
        shown=table.counts()[State.PUBLISHED],
        from_file=_exposed(each, [source], every=True),
        with_sizes=_exposed(each, [source, sizes_of(each, table)]) if less else [],
        with_spans=with_spans,
        registered=None if told is None else _exposed(each, [_file(each, told), known]),
        shown_registered=0 if told is None else told.counts()[State.PUBLISHED],
    )


def exactly(
    each: TableSet, table: CellTable, *, spans: bool = False, unions: bool = False
) -> tuple[int, list[str]]:
    """How many protected numbers the exact reader goes for, and of which he learns too much."""
    asked, found = 0, []
    rules = each.charter.disclosure
    for publication, secrets in publications(each, table, spans=spans, unions=unions):
        if secrets and (publication.serves or not spans):
            asked += len(secrets)
            told = faults(Reader(publication), secrets, rules.threshold, rules.colluders)
            found += [
                f"{secret.count} {secret.spot}: {how}"
                for secret, how in zip(secrets, told, strict=True)
                if how
            ]
    return asked, found


def shown_again(each: TableSet) -> tuple[int, list[str]]:
    """Show each cell that the gate alone hid beside others: how many, and which nobody minded."""
    patterns = each.gate.patterns()
    protected = each.gate.protected(patterns, "partners")
    rules, tried, missed = each.charter.disclosure, 0, []
    for publication, secrets in publications(each, protected.table, spans=True, unions=True):
        known = faults(Reader(publication), secrets, rules.threshold, rules.colluders)
        for hidden in protected.hidden:
            if hidden.reason is Reason.BESIDE and hidden.indicator in publication.counts:
                place = (hidden.school, hidden.grade, hidden.group)
                number = each.truth[hidden.period, hidden.indicator][place][0]
                opened = publication.showing(hidden.indicator, place, number)
                before = told_by_a_line(each, publication, hidden.period, hidden.indicator)
                after = told_by_a_line(each, opened, hidden.period, hidden.indicator)
                tried += 1
                if not set(after) - set(before) and known == faults(
                    Reader(opened), secrets, rules.threshold, rules.colluders
                ):
                    missed.append(f"{hidden.indicator} {place}")
    return tried, missed


def two_releases(each: TableSet) -> tuple[bool, bool | None, list[str]]:
    """Two releases of one measure, made under opposite preferences and each safe alone.

    Whether the audit finds them unsafe together, whether clearing the second one with the first
    one known repairs that (`None`: it was refused), and what the exact reader then still learns.
    """
    rules = each.charter.disclosure
    other = rules.model_copy(update={"prefer": tuple(reversed(rules.prefer))})
    agreement = each.charter.model_copy(update={"disclosure": other})
    gate = replace(each.gate, charter=agreement)
    first = clear(each.gate, "partners", []).protected.table
    second = clear(gate, "partners", []).protected.table
    is_safe = audit(together(gate, second, [released(each.gate, first)]), most_formulas=0).is_safe
    try:
        repaired = clear(gate, "partners", background([released(each.gate, first)]))
    except RefusedError:
        return not is_safe, None, []
    _, learned = exactly(each, _union(repaired.protected.table, first))
    return not is_safe, repaired.audit.is_safe, learned


def together(gate: Gate, table: CellTable, history: list[Release]) -> list[Source]:
    """A release and all that was out before, as an audit reads them."""
    later = released(gate, table, number=len(history) + 1)
    return [source_of_release(later, "the later one"), *background(history)]


def _union(one: CellTable, other: CellTable) -> CellTable:
    """What either table shows."""
    shown = {(row.period, row.indicator, row.school, row.grade, row.group): row
             for row in (*one, *other) if row.state is State.PUBLISHED}  # fmt: skip
    return CellTable.of(
        shown.get((row.period, row.indicator, row.school, row.grade, row.group), row) for row in one
    )


def _file(each: TableSet, table: CellTable) -> Source:
    """A table as somebody reads it who has the file and nothing else."""
    read = parse_csv(table.csv_bytes(), "cells.csv")
    return source_of_table(read, "cells.csv", each.charter.disclosure)


def _exposed(each: TableSet, sources: list[Source], *, every: bool = False) -> list[str]:
    found = audit(sources, relations=relations(), most_formulas=0).attacks
    chosen = found if every else protected_among(each, found)
    return [f"{one.indicator} {one.period} {one.place} {one.what}: {one.kind}" for one in chosen]
