"""Exact elimination over signed sums, with what each unknown follows from.

Plain Gauss–Jordan over fractions, one equation after the other; the coefficients of such systems
stay small whole numbers nearly always.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = int | Fraction
Row: TypeAlias = dict[int, Number]


def determined(equations: Iterable[Mapping[int, int]], unknown: set[int]) -> dict[int, Row]:
    """The unknowns that follow from the rest, each with the known entries that make it up.

    An equation maps entries to coefficients and sums to zero. ``{7: {2: 1, 3: -1}}`` says that
    entry 7 is entry 2 less entry 3. What one equation gives by itself is taken first, so that the
    plainest way to a number is the one that is told.
    """
    rows: list[Row] = [dict(row) for row in equations]
    found = _one_by_one(rows, unknown)
    core, aside = _set_apart(rows, unknown - found.keys())
    solved = _Solved(unknown - found.keys())
    for row in core:
        solved.add(row)
    for private, row in reversed(aside):
        solved.add(row, pivot=private)
    return found | solved.determined()


def _one_by_one(rows: list[Row], unknown: set[int]) -> dict[int, Row]:
    """Solve every equation with a single unknown, and put the answer into the others."""
    where: dict[int, list[int]] = {}
    left = []
    for number, row in enumerate(rows):
        inside = row.keys() & unknown
        left.append(len(inside))
        for unknown_entry in inside:
            where.setdefault(unknown_entry, []).append(number)
    found: dict[int, Row] = {}
    ready = deque(number for number, count in enumerate(left) if count == 1)
    while ready:
        row = rows[ready.popleft()]
        entry = next((entry for entry in row if entry in unknown and entry not in found), None)
        if entry is not None:
            lead = row[entry]
            answer = {
                other: _divided(-value, lead) for other, value in row.items() if other != entry
            }
            found[entry] = answer
            for number in where[entry]:
                _add(rows[number], {entry: -1, **answer}, rows[number][entry])
                left[number] -= 1
                if left[number] == 1:
                    ready.append(number)
    return found


def _set_apart(rows: list[Row], unknown: set[int]) -> tuple[list[Row], list[tuple[int, Row]]]:
    """Set equations aside that have an unknown which is in no other: they tell nothing about
    other unknowns. Doing so frees further ones, until none is left."""
    where: dict[int, set[int]] = {}
    for number, row in enumerate(rows):
        for entry in row.keys() & unknown:
            where.setdefault(entry, set()).add(number)
    aside: list[tuple[int, Row]] = []
    gone: set[int] = set()
    private = [entry for entry, numbers in where.items() if len(numbers) == 1]
    while private:
        entry = private.pop()
        if len(where[entry]) == 1:
            (number,) = where[entry]
            gone.add(number)
            aside.append((entry, rows[number]))
            for other in rows[number].keys() & unknown:
                where[other].discard(number)
                if len(where[other]) == 1:
                    private.append(other)
    return [row for number, row in enumerate(rows) if number not in gone], aside


class _Solved:
    """Reduced equations: each has one pivot, which is in no other core equation."""

    def __init__(self, unknown: set[int]) -> None:
        self._unknown = unknown
        self._rows: dict[int, Row] = {}
        self._users: dict[int, set[int]] = {}

    def add(self, row: Row, pivot: int | None = None) -> None:
        """Take in an equation; `pivot` is an unknown known to be in no equation added so far."""
        rest = dict(row)
        for entry in list(row):
            if entry in self._rows:
                _add(rest, self._rows[entry], -rest[entry])
        if pivot is None:
            pivot = min((entry for entry in rest if entry in self._unknown), default=None)
        if pivot is None:
            return
        lead = rest[pivot]
        if lead != 1:
            rest = {entry: _divided(value, lead) for entry, value in rest.items()}
        for user in self._users.pop(pivot, set()):
            target = self._rows[user]
            if pivot in target:
                _add(target, rest, -target[pivot])
                self._note(user)
        self._rows[pivot] = rest
        self._note(pivot)

    def determined(self) -> dict[int, Row]:
        """The pivots whose equations have no other unknown."""
        return {
            pivot: {entry: -value for entry, value in row.items() if entry != pivot}
            for pivot, row in self._rows.items()
            if len(row.keys() & self._unknown) == 1
        }

    def _note(self, pivot: int) -> None:
        for entry in self._rows[pivot].keys() & self._unknown:
            if entry != pivot:
                self._users.setdefault(entry, set()).add(pivot)


def _add(row: Row, other: Row, factor: Number) -> None:
    for entry, value in other.items():
        total = row.get(entry, 0) + factor * value
        if total:
            row[entry] = total
        else:
            row.pop(entry, None)


def _divided(value: Number, by: Number) -> Number:
    if by in (1, -1):
        return value * by
    return Fraction(value) / by
