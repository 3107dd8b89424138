"""The places of a table, with the groups that nobody publishes, and the equations among them all.

A group's *complement* is a group as well: all students but those in foster care, English learners
without disabilities, the groups of a partition that the charter leaves out. A reader makes its
numbers by subtracting. So complements are places here like any other, only that no table shows
them, and everything that can be said of a group (it is not negative, it is too small to speak
about) is said of them in the same words.

Equations are exact among groups and grades. Schools add up to their district only where students
have one school: those lines are kept apart, and how far they may be off is said beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from accord.cells.places import NO_CELL, Flags, Lines, Places, Whole
from accord.cells.relations import ALL, Relations
from accord.cells.spans import Span

_Term = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """Places and the lines between them.

    The first `shown` places are a table's own, in its order; the rest are complements. Every line
    of `exact` sums to zero. A line of `schools` is the sum of the schools less the district, or of
    those of a span less its grades.
    """

    places: Places
    shown: int
    exact: Lines
    schools: Lines

    def __len__(self) -> int:
        return len(self.places)

    def filled(self, numbers: Whole) -> Whole:
        """One number for each place, from those of the table's own: complements by subtracting."""
        return self.completed(numbers, np.ones(self.shown, dtype=bool))[0]

    def completed(self, numbers: Whole, known: Flags) -> tuple[Whole, Flags]:
        """What follows from the `known` ones of a table's own numbers, line by line, and where.

        Zero where nothing follows.
        """
        filled = np.zeros(len(self), dtype=np.int64)
        told = np.zeros(len(self), dtype=bool)
        filled[: self.shown], told[: self.shown] = np.where(known, numbers, 0), known
        while True:
            single = self.exact.counts(~told) == 1
            entry = np.flatnonzero(~told[self.exact.member] & single[self.exact.line])
            if not len(entry):
                return filled, told
            place, first = np.unique(self.exact.member[entry], return_index=True)
            entry = entry[first]
            rest = self.exact.sums(filled)[self.exact.line[entry]]
            filled[place] = -rest * self.exact.sign[entry]
            told[place] = True


def frame_of(places: Places, relations: Relations, spans: Sequence[Span] = ()) -> Frame:
    """The frame of a table with these places, whose groups stand in these relations.

    With `spans`, the schools of each add up to its grades.
    """
    builder = _Builder(places)
    for partition in relations.partitions:
        builder.add_partition(partition)
    for whole, parts in relations.unions:
        builder.add_sum(whole, list(parts))
    in_partitions = {group for partition in relations.partitions for group in partition}
    for group in places.groups:
        if group != ALL and group not in in_partitions:
            builder.add_split(ALL, group)
    for group, crossed in relations.intersections:
        for part in crossed:
            builder.add_split(part, group)
        if len(crossed) == 2:
            builder.add_neither(group, crossed)
    builder.add_grades()
    builder.add_schools()
    for span in spans:
        builder.add_span(span)
    return builder.frame()


class _Builder:
    """A frame in the making: a grid of cell numbers that grows by a group at a time."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._grid = places.grid()
        self._groups = list(places.groups)
        self._size = len(places)
        self._added: list[tuple[int, int, int]] = []
        self._exact: list[list[_Term]] = []
        self._schools: list[list[_Term]] = []

    def add_partition(self, partition: tuple[str, ...]) -> None:
        """All students are the groups of a partition and whoever is in those left out."""
        if ALL not in self._groups:
            return
        known = [group for group in partition if group in self._groups]
        rest = f"{ALL} but {' '.join(known)}"
        for where in np.argwhere(self._column(ALL) != NO_CELL).tolist():
            parts = [self._at(group, where) for group in known]
            here = [part for part in parts if part != NO_CELL]
            if not here:
                continue
            members = [(self._at(ALL, where), -1), *((part, 1) for part in here)]
            if len(here) < len(partition):
                members.append((self._add(rest, where), 1))
            self._exact.append(members)

    def add_sum(self, whole: str, parts: list[str]) -> None:
        """A group that consists of others, which share nobody."""
        if not {whole, *parts} <= set(self._groups):
            return
        for where in np.argwhere(self._column(whole) != NO_CELL).tolist():
            members = [self._at(part, where) for part in parts]
            if NO_CELL not in members:
                self._exact.append([(self._at(whole, where), -1), *((m, 1) for m in members)])

    def add_split(self, whole: str, part: str) -> None:
        """A group lies in another: who is in the other alone is a complement."""
        if whole not in self._groups or part not in self._groups:
            return
        both = (self._column(whole) != NO_CELL) & (self._column(part) != NO_CELL)
        for where in np.argwhere(both).tolist():
            rest = self._add(f"{whole} but {part}", where)
            self._exact.append(
                [(self._at(whole, where), -1), (self._at(part, where), 1), (rest, 1)]
            )

    def add_neither(self, both: str, parts: tuple[str, ...]) -> None:
        """Two groups that overlap: who is in neither is a complement."""
        first, second = parts
        if not {ALL, first, second, both} <= set(self._groups):
            return
        columns = [self._column(group) for group in (ALL, first, second, both)]
        for where in np.argwhere(np.all([each != NO_CELL for each in columns], axis=0)).tolist():
            neither = self._add(f"{ALL} but {first} {second}", where)
            signs = ((ALL, -1), (first, 1), (second, 1), (both, -1))
            terms = [(self._at(group, where), sign) for group, sign in signs]
            self._exact.append([*terms, (neither, 1)])

    def add_grades(self) -> None:
        """A student has one grade: those of a group, or a complement, add up to all grades."""
        grid = self._grid
        served = (grid[:, 1:, :] != NO_CELL).any(axis=2)
        for organisation in range(grid.shape[0]):
            grades = 1 + np.flatnonzero(served[organisation])
            if len(grades):
                rows = grid[organisation][[0, *grades], :].T
                for whole, *parts in rows[(rows != NO_CELL).all(axis=1)].tolist():
                    self._exact.append([(whole, -1), *((part, 1) for part in parts)])

    def add_schools(self) -> None:
        """A line where every school that has the grade has the group or the complement."""
        grid = self._grid
        has_grade = (grid != NO_CELL).any(axis=2)
        for grade in range(grid.shape[1]):
            schools = 1 + np.flatnonzero(has_grade[1:, grade])
            for group in range(grid.shape[2]):
                district, *parts = grid[[0, *schools], grade, group].tolist()
                if parts and NO_CELL not in (district, *parts):
                    self._schools.append([(district, -1), *((part, 1) for part in parts)])

    def add_span(self, span: Span) -> None:
        """A line where every school of the span, and every grade of the district, has the group or
        the complement. Of one school alone that is the whole, and the grades are its parts."""
        names, grades = self._places.organisations, self._places.grades
        if not set(span.schools) <= set(names) or not set(span.grades) <= set(grades):
            return
        schools = [names.index(school) for school in span.schools]
        inside = [grades.index(grade) for grade in span.grades]
        sign = -1 if len(schools) == 1 else 1
        for group in range(self._grid.shape[2]):
            here = self._grid[schools, 0, group].tolist()
            parts = self._grid[0, inside, group].tolist()
            if NO_CELL not in (*here, *parts):
                terms = [(school, sign) for school in here]
                self._schools.append([*terms, *((part, -sign) for part in parts)])

    def frame(self) -> Frame:
        """What was added."""
        added = np.array(self._added, dtype=np.int64).reshape(-1, 3)
        places = replace(
            self._places,
            groups=tuple(self._groups),
            organisation=np.concatenate([self._places.organisation, added[:, 0]]),
            grade=np.concatenate([self._places.grade, added[:, 1]]),
            group=np.concatenate([self._places.group, added[:, 2]]),
        )
        return Frame(places, len(self._places), lines_of(self._exact), lines_of(self._schools))

    def _column(self, group: str) -> Whole:
        column: Whole = self._grid[:, :, self._groups.index(group)]
        return column

    def _at(self, group: str, where: list[int]) -> int:
        return int(self._grid[where[0], where[1], self._groups.index(group)])

    def _add(self, group: str, where: list[int]) -> int:
        """A complement's place, made when first asked for."""
        if group not in self._groups:
            self._groups.append(group)
            blank = np.full((*self._grid.shape[:2], 1), NO_CELL, dtype=np.int64)
            self._grid = np.concatenate([self._grid, blank], axis=2)
        number = self._at(group, where)
        if number == NO_CELL:
            number = self._size
            self._size += 1
            place = self._groups.index(group)
            self._grid[where[0], where[1], place] = number
            self._added.append((where[0], where[1], place))
        return number


def lines_of(terms: list[list[_Term]]) -> Lines:
    """Lines from lists of (place, factor)."""
    start = np.zeros(len(terms) + 1, dtype=np.int64)
    np.cumsum([len(line) for line in terms], out=start[1:])
    flat = np.array([pair for line in terms for pair in line], dtype=np.int64).reshape(-1, 2)
    return Lines(start, flat[:, 0], flat[:, 1])
