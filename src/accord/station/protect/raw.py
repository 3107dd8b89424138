"""What a measure holds, as the cells that the charter's plan names: before any protection.

A measure has one table of sums for each fact and period. Its rows are every organisation, grade and
group for which the fact has records; here they become the cells of each definition that the charter
lists for the period. A crossing that the plan names for no audience is not a cell and never leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from accord.base.errors import StateError
from accord.base.files import machine_errors
from accord.base.periods import GRADES, SchoolYear, grade_text
from accord.cells.places import NO_CELL, Flags, Places, Whole
from accord.cells.relations import Relations
from accord.cells.spans import Span, spans_of
from accord.charter.model import AUDIENCES
from accord.charter.plan import Plan
from accord.indicators.definition import MEMBERS, Definition
from accord.indicators.language.evaluate import evaluate_cell
from accord.indicators.language.nodes import Column, Node
from accord.indicators.language.walk import columns_of
from accord.station.engines.measure import CurrentMeasure
from accord.station.protect.amounts import Amounts

_ANY_GRADE = GRADES[-1]
_MEASURE_AGAIN = "Measure again with this charter, then release."


@dataclass(frozen=True)
class Measured:
    """A district's measure: the folder with ``FACT/PERIOD.parquet``, and what it is about.

    `name` is what releases call it, so that corrections of one day can be told apart.
    """

    folder: Path
    district: str
    periods: tuple[str, ...]
    as_of: str
    data_status: str
    name: str = ""

    @classmethod
    def of(cls, measure: CurrentMeasure, district: str) -> Measured:
        """The measure that a station has made last."""
        return cls(
            measure.folder,
            district,
            measure.periods,
            measure.as_of,
            measure.data_status,
            measure.id,
        )


@dataclass(frozen=True)
class Sheet:
    """The sums of one fact in one period; row `i` of `sums` is cell `i` of `places`."""

    fact: str
    period: str
    places: Places
    sums: pa.Table


@dataclass(frozen=True)
class Measure:
    """One definition over the cells of a sheet that the plan names for any indicator.

    `sums` has the definition's sums by name, and each number one entry for each cell.
    `named` are the cells that the plan names for this one, by audience. In those of `speechless`
    it has nothing to say: nobody is there, in the grades that it is about, whom any measure of the
    sheet could count.
    """

    definition: Definition
    named: dict[str, Flags]
    speechless: Flags
    members: Amounts
    numerator: Amounts
    denominator: Amounts
    sums: dict[str, Amounts]

    @property
    def leaves(self) -> Flags:
        """The cells with something to say that leave for any audience."""
        named: Flags = np.logical_or.reduce(list(self.named.values()))
        return named & ~self.speechless

    @property
    def has_records(self) -> bool:
        """Whether anybody at all counts."""
        return bool(self.members.units.any())


@dataclass(frozen=True)
class RawTable:
    """The cells of one fact and period, unprotected: inside the district only.

    `relations` are those of the student groups, with the unions that show in the records, and
    `spans` the grades that schools serve.
    """

    period: str
    places: Places
    relations: Relations
    spans: tuple[Span, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Guarded:
    """One definition in one period with the cells that must be `hidden` from every audience."""

    period: str
    places: Places
    measure: Measure
    hidden: Flags


def raw_table(
    sheet: Sheet, definitions: Sequence[Definition], plan: Plan, relations: Relations
) -> RawTable:
    """The cells that `plan` names of these definitions, with their exact numbers.

    Raises `StateError` when the measure lacks a group or a sum that they need.
    """
    names = {each.reference: _named(sheet, each, plan) for each in definitions}
    named = [flags for audiences in names.values() for flags in audiences.values()]
    rows = np.logical_or.reduce([np.zeros(len(sheet.places), dtype=bool), *named])
    sums = sheet.sums.take(pa.array(np.flatnonzero(rows)))
    members = _members(sheet, definitions)
    nobody = np.zeros(len(sheet.places), dtype=bool)
    anybody = np.logical_or.reduce([nobody, *(students > 0 for students in members)])
    measures = []
    for definition in definitions:
        here = {audience: flags[rows] for audience, flags in names[definition.reference].items()}
        speechless = _speechless(sheet, definition, anybody)[rows]
        measures.append(_measure(definition, here, speechless, sums))
    return RawTable(
        sheet.period,
        sheet.places.only(rows),
        _found(relations, sheet.places, members),
        spans_of(sheet.places, anybody),
        tuple(measures),
    )


def read_sheet(measured: Measured, fact: str, period: str) -> Sheet | None:
    """The sums of one fact and period; nothing when the fact has no records of the period.

    Raises `MachineError`, and `StateError` when the sums are another district's.
    """
    path = measured.folder / fact / f"{period}.parquet"
    if not path.exists():
        return None
    with machine_errors(path):
        sums = pq.ParquetFile(path).read()
    is_school = pc.equal(sums["level"], "school").to_numpy()
    organisation = np.where(is_school, sums["organisation"].to_numpy(), "")
    own = pc.equal(sums["organisation"], measured.district).to_numpy()
    if not (is_school | own).all():
        raise StateError.because(
            "These sums are of another district than the station's.", _MEASURE_AGAIN, file=path
        )
    numbers: list[int | None] = sums["grade"].to_pylist()
    grade = ["" if number is None else grade_text(number) for number in numbers]
    places = Places.of(
        list(zip(organisation.tolist(), grade, sums["group"].to_pylist(), strict=True))
    )
    return Sheet(fact, period, places, sums)


def _found(relations: Relations, places: Places, members: Sequence[Whole]) -> Relations:
    """The relations and the unions found over every cell of a sheet, published or not.

    What groups mean to one another is the same for every definition, so the one that counts the
    most students is asked.
    """
    most = max(members, key=lambda students: int(students.sum()))
    return relations.with_unions(places, most, np.ones(len(most), dtype=bool))


def _members(sheet: Sheet, definitions: Sequence[Definition]) -> list[Whole]:
    """How many students each of the definitions counts in every cell of the sheet."""
    keys = dict.fromkeys(each.sum_keys[MEMBERS] for each in definitions)
    names = sheet.sums.column_names
    return [Amounts.of_sum(sheet.sums[key]).units for key in keys if key in names]


def _named(sheet: Sheet, definition: Definition, plan: Plan) -> dict[str, Flags]:
    places = sheet.places
    at_school = places.organisation > 0
    by_grade = places.grade > 0
    named: dict[str, Flags] = {}
    for audience in AUDIENCES:
        leave = np.zeros((2, 2, len(places.groups)), dtype=bool)
        for crossing in plan.crossings(audience):
            missing = set(crossing.groups) - set(places.groups)
            if missing and definition.id in crossing.indicators:
                raise StateError.because(
                    f"The measure has no sums of the group {sorted(missing)[0]}.", _MEASURE_AGAIN
                )
        for level in definition.levels:
            for grade in ("", _ANY_GRADE):
                leave[int(level == "school"), int(grade != "")] = [
                    plan.allows(
                        audience=audience,
                        level=level,
                        indicator=definition.id,
                        group=group,
                        grade=grade,
                        period=SchoolYear.parse(sheet.period),
                    )
                    for group in places.groups
                ]
        named[audience] = leave[at_school.astype(int), by_grade.astype(int), places.group]
    return named


def _speechless(sheet: Sheet, definition: Definition, anybody: Flags) -> Flags:
    """Cells with nobody in the grades that the definition is about, of those where `anybody` is."""
    if definition.grades is None:
        return ~anybody
    places, grid = sheet.places, sheet.places.grid()
    spoken = np.array([grade in definition.grades for grade in places.grades])
    some = anybody & spoken[places.grade]
    in_a_grade = ((grid != NO_CELL) & some[grid]).any(axis=1)
    whole = places.grade == 0
    some[whole] = in_a_grade[places.organisation[whole], places.group[whole]]
    speechless: Flags = ~some
    return speechless


def _measure(
    definition: Definition, named: dict[str, Flags], speechless: Flags, sums: pa.Table
) -> Measure:
    missing = [key for key in definition.sum_keys.values() if key not in sums.column_names]
    if missing:
        raise StateError.because(
            f"The measure has no sums of {definition.reference}.", _MEASURE_AGAIN
        )
    own = {name: Amounts.of_sum(sums[key]) for name, key in definition.sum_keys.items()}
    return Measure(
        definition=definition,
        named=named,
        speechless=speechless,
        members=own[MEMBERS],
        numerator=_amounts(definition.numerator, own),
        denominator=_amounts(definition.denominator, own),
        sums=own,
    )


def _amounts(node: Node, sums: dict[str, Amounts]) -> Amounts:
    """A cell expression over every cell; each different set of sums is worked out once."""
    if isinstance(node, Column):
        return sums[node.name]
    used = {name: sums[name].exact for name in sorted(columns_of(node))}
    known: dict[tuple[int | Fraction, ...], Fraction] = {}
    exact = []
    for row in zip(*used.values(), strict=True):
        if row not in known:
            values = {name: Fraction(value) for name, value in zip(used, row, strict=True)}
            known[row] = evaluate_cell(node, values) or Fraction(0)
        exact.append(known[row])
    return Amounts.of_fractions(exact)
