"""From a request to its tables of sums, one row of a fact at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from accord.base.files import whole_file
from accord.base.progress import Progress
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.indicators.language.evaluate import evaluate_row
from accord.indicators.language.nodes import Node
from accord.indicators.language.size import SUM_DIGITS
from accord.station.engines.request import MeasureRequest, sums_schema

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """An organisation at a level, and one of its grades (`None` = all grades together)."""

    level: str
    organisation: str
    grade: int | None

    def holds(self, row: Row) -> bool:
        """Whether a row of a fact stands in this place."""
        same_organisation = (row["level"], row["organisation"]) == (self.level, self.organisation)
        return same_organisation and self.grade in (None, row["grade"])


Cell = tuple[Place, str]
Sums = dict[Cell, dict[str, Fraction]]


def measure(request: MeasureRequest, out: Path, progress: Progress) -> None:
    """Write the sums of every part of `request` under `out`. Raises `MachineError`."""
    with progress.step("Measuring, plainly", total=len(request.parts)) as step:
        for part in request.parts:
            rows = pq.read_table(part.source).to_pylist()
            sums = sums_of(rows, part.definitions, request.groups, request.levels)
            with whole_file(part.target(out)) as draft:
                pq.write_table(_table(sums, sums_schema(part.definitions)), draft)
            step.advance()


def sums_of(
    rows: Sequence[Row],
    definitions: Iterable[Definition],
    groups: Sequence[Group],
    levels: Iterable[str],
) -> Sums:
    """The sums of every cell by their keys, cells in the order of the result."""
    places = places_of(rows, levels)
    sums: Sums = {(place, group.id): {} for place in places for group in groups}
    for definition in definitions:
        counted = _true_for(definition.population, rows)
        for group in groups:
            members = _true_for(definition.rule_of(group), counted)
            for place in places:
                here = [row for row in members if place.holds(row)]
                for item in definition.sums:
                    sums[place, group.id][item.key] = _total(item.term, here)
    return sums


def places_of(rows: Iterable[Row], levels: Iterable[str]) -> list[Place]:
    """Every organisation and grade that has a row, each organisation with all grades first."""
    wanted = set(levels)
    found = {
        (row["level"], row["organisation"], grade)
        for row in rows
        if row["level"] in wanted
        for grade in (None, row["grade"])
    }
    in_order = sorted(found, key=lambda place: (place[0], place[1], place[2] is not None, place[2]))
    return [Place(*place) for place in in_order]


def _true_for(condition: Node, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if evaluate_row(condition, row) is True]


def _total(term: Node, rows: Iterable[Row]) -> Fraction:
    values = (evaluate_row(term, row) for row in rows)
    return sum((value for value in values if isinstance(value, Fraction)), Fraction(0))


def _table(sums: Sums, schema: pa.Schema) -> pa.Table:
    rows = [
        {
            "level": place.level,
            "organisation": place.organisation,
            "grade": place.grade,
            "group": group,
            **{key: _stored(total, schema.field(key).type) for key, total in totals.items()},
        }
        for (place, group), totals in sums.items()
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _stored(total: Fraction, kind: pa.DataType) -> int | Decimal:
    if pa.types.is_integer(kind):
        return int(total)
    with localcontext(prec=SUM_DIGITS):
        return Decimal(total.numerator) / Decimal(total.denominator)
