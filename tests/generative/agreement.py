"""Whether two engines give the same sums for generated definitions over generated facts.

`compare_engines` is what the tests run a few hundred cases of, and the on-demand check many
thousands. One case is one definition, measured in every period, organisation, grade and group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.indicators.definition import Definition
from accord.indicators.language.canonical import as_text
from generative.cases import Batch, batch_of
from generative.expressions import Reach
from support.engines import measured

BATCH = 50
_PLACE = ("level", "organisation", "grade", "group")


@dataclass
class Agreement:
    """What a comparison found. `told` is the share of sums that were not zero: a comparison of
    nothing with nothing says nothing."""

    cases: int = 0
    sums: int = 0
    not_zero: int = 0
    disagreements: list[str] = field(default_factory=list)
    reach: Reach = field(default_factory=Reach)

    @property
    def told(self) -> float:
        return self.not_zero / self.sums if self.sums else 0.0


def compare_engines(
    cases: int, seed: int = 0, engines: tuple[str, str] = ("reference", "duckdb")
) -> Agreement:
    """Compare two engines on `cases` generated definitions."""
    catalogue = load_catalogue()
    found = Agreement()
    while found.cases < cases:
        size = min(BATCH, cases - found.cases)
        batch = batch_of(seed + found.cases, size, catalogue, found.reach)
        first, second = (_measured(engine, batch, catalogue) for engine in engines)
        compare_tables(batch, first, second, found)
        found.cases += size
    return found


Tables = Mapping[tuple[str, str], list[dict[str, Any]]]


def _measured(engine: str, batch: Batch, catalogue: Catalogue) -> Tables:
    return measured(engine, batch.facts, catalogue, batch.definitions, batch.groups)


def compare_tables(batch: Batch, first: Tables, second: Tables, found: Agreement) -> None:
    """Add to `found` every sum that differs, and every row that only one of two answers has."""
    if first.keys() != second.keys():
        found.disagreements.append(f"seed {batch.seed}: different parts")
        return
    for part, rows in first.items():
        places = [[_place(row) for row in table] for table in (rows, second[part])]
        if places[0] != places[1]:
            found.disagreements.append(f"seed {batch.seed}, {part}: different rows")
            continue
        readers = [each for each in batch.definitions if each.fact == part[0]]
        for row, other in zip(rows, second[part], strict=True):
            for definition in readers:
                _compare_sums(definition, row, other, batch.seed, found)


def _compare_sums(
    definition: Definition,
    row: Mapping[str, Any],
    other: Mapping[str, Any],
    seed: int,
    found: Agreement,
) -> None:
    for item in definition.sums:
        found.sums += 1
        found.not_zero += row[item.key] != 0
        if row[item.key] != other[item.key]:
            found.disagreements.append(
                f"seed {seed}, {_place(row)}: {row[item.key]} and {other[item.key]} for the sum of "
                f"{as_text(item.term)} where {as_text(definition.population)}"
            )


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _PLACE)
