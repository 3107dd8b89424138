"""Which hidden cells does a published table give away by adding and subtracting?

The reader here knows the published table, how student groups lie in one another, and nothing else.
He tries every definition, period and district by itself, and uses two columns as one where they
agree wherever both are shown (whoever took the test is counted in several indicators). A hidden
cell is given away when both its numerator and its denominator follow.

Exact computation only. That a count lies between zero and its group's size, what earlier releases
showed, and what others publish are the business of the full attacker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

import numpy as np

from accord.audit.solving import Number, Row, determined
from accord.cells.cell import Cell, State
from accord.cells.equations import ALL, NO_ACCIDENT, Relations, equations
from accord.cells.places import NO_CELL, Flags, Places
from accord.cells.table import CellTable

Column: TypeAlias = tuple[str, str]
"""A definition ``id@version`` and ``numerator`` or ``denominator``."""

_ROLES = ("numerator", "denominator")


@dataclass(frozen=True)
class Recovered:
    """A hidden cell with the numbers that follow for it, and how they do."""

    cell: Cell
    numerator: Fraction
    denominator: Fraction
    formulas: tuple[str, ...]


def recover(
    table: CellTable, relations: Relations, *, single: bool, minimum: int
) -> list[Recovered]:
    """Every suppressed cell of `table` that can be computed from the others.

    `single` says that every student has one school, so that schools add up to the district.
    Otherwise they are taken to where the totals of all students are shown and differ by less than
    `minimum`. Cells that are banded are unknown here, like hidden ones.
    """
    found: list[Recovered] = []
    for cells in _slices(table):
        found += _Attack(cells, relations, single=single, minimum=minimum).recovered()
    return found


def _slices(table: CellTable) -> Iterator[list[Cell]]:
    """The cells of one district, period, date and data status at a time."""
    by_slice: dict[tuple[str, ...], list[Cell]] = {}
    for cell in table:
        key = (cell.partnership, cell.district, cell.period, cell.as_of, cell.data_status)
        by_slice.setdefault(key, []).append(cell)
    yield from by_slice.values()


class _Attack:
    """One slice: every column's published numbers by place, and the equations between places."""

    def __init__(
        self, cells: Sequence[Cell], relations: Relations, *, single: bool, minimum: int
    ) -> None:
        at = {place: number for number, place in enumerate(sorted({_place(c) for c in cells}))}
        self._places = Places.of(list(at))
        self._suppressed = [
            (cell, at[_place(cell)]) for cell in cells if cell.state is State.SUPPRESSED
        ]
        self._columns: dict[Column, dict[int, Fraction]] = {}
        for cell in cells:
            for role in _ROLES:
                numbers = self._columns.setdefault((cell.definition, role), {})
                number = _published(cell, role)
                if number is not None:
                    numbers[at[_place(cell)]] = number
        self._relations, self._single, self._minimum = relations, single, minimum

    def recovered(self) -> Iterator[Recovered]:
        """The hidden cells for which both numbers follow."""
        owners, quantities = self._quantities()
        follows = [
            self._follows(column, numbers)
            for column, numbers in zip(self._columns, quantities, strict=True)
        ]
        for cell, place in self._suppressed:
            numbers, formulas = [], []
            for role in _ROLES:
                owner = owners[cell.definition, role]
                shown: Row | None = {place: 1} if place in quantities[owner] else None
                row = shown or follows[owner].get(place)
                if row is not None:
                    numbers.append(_total(row, quantities[owner]))
                    formulas.append(f"{role}: {self._formula(place, row)}")
            if len(numbers) == len(_ROLES):
                yield Recovered(cell, numbers[0], numbers[1], tuple(formulas))

    def _quantities(self) -> tuple[dict[Column, int], list[dict[int, Fraction]]]:
        """Which columns are evidently the same numbers, and all that is known of each."""
        owners = {column: number for number, column in enumerate(self._columns)}
        quantities = [dict(numbers) for numbers in self._columns.values()]
        for first, second in combinations(self._columns, 2):
            one, other = self._columns[first], self._columns[second]
            both = one.keys() & other.keys()
            if len(both) >= NO_ACCIDENT and all(one[place] == other[place] for place in both):
                kept, left = owners[first], owners[second]
                quantities[kept].update(quantities[left])
                owners = {
                    column: kept if owner == left else owner for column, owner in owners.items()
                }
        return owners, quantities

    def _follows(self, column: Column, numbers: dict[int, Fraction]) -> dict[int, Row]:
        """What follows for a quantity that `column` shows among others."""
        students = self._columns[column[0], "denominator"]
        lines = equations(self._places, self._unions(students), self._adds_up(students))
        rows = [
            dict(zip(members.tolist(), signs.tolist(), strict=True)) for members, signs in lines
        ]
        return determined(rows, set(range(len(self._places))) - numbers.keys())

    def _adds_up(self, students: dict[int, Fraction]) -> Flags:
        adds_up = np.full((len(self._places.grades), len(self._places.groups)), self._single)
        if ALL in self._places.groups and not self._single:
            grid = self._places.grid()[:, :, self._places.groups.index(ALL)]
            for grade in range(len(self._places.grades)):
                district, *schools = grid[:, grade].tolist()
                schools = [place for place in schools if place != NO_CELL]
                if students.keys() >= {district, *schools}:
                    total = sum(students[place] for place in schools)
                    adds_up[grade] = abs(total - students[district]) < self._minimum
        return adds_up

    def _unions(self, numbers: dict[int, Fraction]) -> Relations:
        students = np.zeros(len(self._places), dtype=np.int64)
        known = np.zeros(len(self._places), dtype=bool)
        for place, number in numbers.items():
            students[place], known[place] = int(number), True
        return self._relations.with_unions(self._places, students, known)

    def _formula(self, place: int, row: Row) -> str:
        """``foster (school S, all grades) = all − …``, without any number."""
        here = self._places.name(place)
        terms = [
            f"{'−' if factor < 0 else '+'} {_times(factor)}{_named(self._places.name(entry), here)}"
            for entry, factor in sorted(row.items(), key=lambda item: (-item[1], item[0]))
        ]
        return f"{_named(here, None)} = {' '.join(terms).removeprefix('+ ')}"


def _place(cell: Cell) -> tuple[str, str, str]:
    return cell.school, cell.grade, cell.group


def _published(cell: Cell, role: str) -> Fraction | None:
    if cell.state is State.NOT_APPLICABLE:
        return Fraction(0)
    number: Fraction | None = getattr(cell, role)
    return number


def _total(row: Row, numbers: dict[int, Fraction]) -> Fraction:
    return sum((factor * numbers[entry] for entry, factor in row.items()), Fraction(0))


def _times(factor: Number) -> str:
    return "" if abs(factor) == 1 else f"{abs(factor)} × "


def _named(place: tuple[str, str, str], here: tuple[str, str, str] | None) -> str:
    """A place's group, with its school and grade where they are not those of `here`."""
    school, grade, group = place
    if here is not None and (school, grade) == here[:2]:
        return group
    where = f"school {school}" if school else "district"
    return f"{group} ({where}, {f'grade {grade}' if grade else 'all grades'})"
