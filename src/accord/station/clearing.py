"""Clearing a release: the gate protects it, the audit attacks it, and what fell is protected again.

The two share nothing but the cells. The gate knows the records and promises intervals; the audit
knows only what would be out, with everything that this district ever released, and looks for
any way around those promises. Where it finds one, the cheapest shown cell that the attack stands on
is hidden as well, and both begin again with what changed. A release that still gives something away
after so many rounds is refused; so is one that the audit could not finish. Nothing forces it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from accord.audit.attacks import Attack, Audit, audit
from accord.audit.leads import Lead, leads
from accord.audit.search import Finding
from accord.audit.sources import Source
from accord.base.errors import Problem, RefusedError
from accord.base.progress import SILENT, Progress
from accord.base.words import count_words
from accord.cells.cell import State
from accord.charter.model import Audience
from accord.station.protect.protect import Gate, Patterns, Protected
from accord.station.protect.raw import Guarded
from accord.station.protect.told import Told

MOST_ROUNDS = 60
"""Each hides a cell more at least, so that they end by themselves. This many would leave little."""
_MOST_LEADS = 200
_MOST_NAMED = 10
_LATER = 1_000_000  # the draft's number while it has none: it comes after all that is out

Cell = tuple[str, str, str, str, str]
"""Period, indicator, school, grade and group."""
_CELL = ("period", "indicator", "school", "grade", "group")


@dataclass(frozen=True)
class Cleared:
    """What may leave, and the audit that found nothing. `also` are the cells that it had hidden."""

    protected: Protected
    audit: Audit
    also: frozenset[Cell]


def clear(
    gate: Gate,
    audience: Audience,
    out: Sequence[Source],
    progress: Progress = SILENT,
) -> Cleared:
    """Protect what `gate` guards for `audience`, until an audit with all that is `out` is content.

    Raises `RefusedError` naming the attacks when hiding more doesn't help, and as `Gate.patterns`
    and `audit` do.
    """
    told = Told.of(each.table for each in out)
    gate = replace(gate, told=replace(told, again=_by_indicator(_hidden_before(gate, out))))
    patterns = gate.patterns(progress)
    also: frozenset[Cell] = frozenset()
    found: Audit | None = None
    for _ in range(MOST_ROUNDS):
        protected = gate.protected(patterns, audience)
        draft = _source(gate, protected, audience)
        found = audit([draft, *out], catalogue=gate.catalogue, most_formulas=0,
                      before=found, progress=progress)  # fmt: skip
        if found.is_safe:
            return Cleared(protected, found, also)
        more = _to_hide(gate, patterns, found.findings)
        if not more:
            break
        also |= more
        gate = replace(gate, told=replace(gate.told, also=_by_indicator(also)))
        patterns = _again(gate, patterns, {cell[:2] for cell in more})
    raise _refused(audit([draft, *out], catalogue=gate.catalogue, before=found), helps=bool(more))


def _source(gate: Gate, protected: Protected, audience: Audience) -> Source:
    """A draft as an audit reads it; it is named once it has become a release."""
    used = gate.catalogue.definitions.values()
    return Source(
        name="this release",
        id="",
        audience=audience,
        number=_LATER,
        table=protected.table,
        meanings={each.hash: json.loads(json.dumps(each.meaning)) for each in used},
        crossings={each.id: tuple(each.of) for each in gate.charter.intersections},
        rules=gate.charter.disclosure,
        measure=gate.measured.name,
    )


def _hidden_before(gate: Gate, out: Sequence[Source]) -> Iterator[Cell]:
    """What the newest release of the same measure hides from partners, by the same rules."""
    measure, rules = gate.measured.name, gate.charter.disclosure
    same = [
        each.table
        for each in out
        if (each.audience, each.measure, each.rules) == ("partners", measure, rules)
    ]
    for table in same[-1:]:
        columns = table.where(state={State.SUPPRESSED.value}).columns
        yield from zip(*(columns[each].to_pylist() for each in _CELL), strict=True)


def _to_hide(gate: Gate, patterns: Patterns, findings: Iterable[Finding]) -> frozenset[Cell]:
    """For each attack, the cheapest cell that it stands on and that can still be hidden."""
    chosen: set[Cell] = set()
    for finding in findings:
        if finding.unsafe.any():
            here = patterns.get((finding.case.fact, finding.case.period), [])
            prices = _prices(gate, here, newest=finding.case.assumed.newest)
            for lead in leads(finding, _MOST_LEADS):
                if not any((finding.case.period, one[0], *one[1]) in chosen for one in lead):
                    can = [(prices[one], one) for one in lead if one in prices]
                    if can:
                        _, (indicator, place) = min(can)
                        chosen.add((finding.case.period, indicator, *place))
    return frozenset(chosen)


def _prices(
    gate: Gate, patterns: Sequence[Guarded], *, newest: bool
) -> Mapping[Lead, tuple[bool, float]]:
    """What it costs to hide each cell that is shown and was not out before.

    A corrected number was not; but it is hidden after what nobody knows yet, and against a reader
    who goes by the old numbers it would be hidden in vain.
    """
    found: dict[Lead, tuple[bool, float]] = {}
    for guarded in patterns:
        measure, places = guarded.measure, guarded.places
        shown = measure.leaves & ~guarded.hidden
        was_out = gate.told.was_out(guarded.period, measure, places)
        told = gate.told.is_out(guarded.period, measure, places) if newest else was_out
        prices = gate.costs(()).price(places, [measure])
        for place in (shown & ~told).nonzero()[0].tolist():
            price = (bool(was_out[place]), float(prices[place]))
            found[measure.definition.id, places.name(place)] = price
    return found


def _by_indicator(cells: Iterable[Cell]) -> dict[tuple[str, str], set[tuple[str, str, str]]]:
    found: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for period, indicator, *place in cells:
        found.setdefault((period, indicator), set()).add((place[0], place[1], place[2]))
    return found


def _again(gate: Gate, patterns: Patterns, changed: set[tuple[str, str]]) -> Patterns:
    """The patterns once more, for those facts and periods in which more is to be hidden."""
    found: Patterns = {}
    for (fact, period), guarded in patterns.items():
        if any((period, each.measure.definition.id) in changed for each in guarded):
            before = [one for key, some in found.items() if key[0] == fact for one in some]
            found[fact, period] = gate.of_period(fact, period, before)
        else:
            found[fact, period] = guarded
    return found


def _refused(found: Audit, *, helps: bool) -> RefusedError:
    """What still falls; the numbers themselves are in no message. `helps` is whether something is
    left that could be hidden."""
    added = [attack for attack in found.attacks if not attack.pre_existing]
    numbers = count_words(len(added), "hidden number", "hidden numbers")
    end = f"does so after hiding more {MOST_ROUNDS} times" if helps else "hiding more does not help"
    return RefusedError(
        Problem(
            f"This release would give away {numbers}, and {end}.",
            "Let fewer groups, grades or schools leave in the charter's publication plan, or take "
            "up with the partners what is out already.",
            field="publication",
        ),
        *(Problem(_told(attack), "") for attack in added[:_MOST_NAMED]),
    )


def _told(attack: Attack) -> str:
    how = "; ".join(attack.formula)
    return f"{attack.indicator}, {attack.period}, {attack.place}: {attack.kind}; {how}".rstrip("; ")
