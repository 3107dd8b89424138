"""The equations that hold between the cells of one definition, one period and one district.

Every sum of a definition adds up in the same ways, so the equations are about cells, and they hold
for a definition's numerators, denominators and members alike:

- over a *partition*: the race and ethnicity groups of an organisation and grade add up to all;
- over *grades*: a student has one grade in an organisation, so the grades add up to all grades;
- over *schools*: only where students have one school (see `schools_add_up`).

What nobody publishes is still a group: all students but those in foster care, a partition's groups
that the charter leaves out, English learners without disabilities. Such a *remainder* is a signed
sum of cells. It is not an equation; it is something that an attacker may compute.

The protector and the attacker both start from here and share nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accord.indicators.groups import Group

Whole: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

ALL = "all"
_ABSENT = -1


@dataclass(frozen=True)
class Relations:
    """How student groups lie in one another.

    `partitions` are sets of groups that share no student and leave none out. `intersections` map a
    group to the groups whose common members it consists of. Every group lies in `all`.
    """

    partitions: tuple[tuple[str, ...], ...]
    intersections: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, groups: Iterable[Group]) -> Relations:
        """The relations of these groups: give all that exist, not only those that are published."""
        partitions: dict[str, list[str]] = {}
        intersections = []
        for group in groups:
            if group.partition is not None:
                partitions.setdefault(group.partition, []).append(group.id)
            if group.parts:
                intersections.append((group.id, tuple(part.id for part in group.parts)))
        return cls(tuple(map(tuple, partitions.values())), tuple(intersections))


@dataclass(frozen=True)
class Places:
    """The cells of one definition and period, as positions in three lists.

    Cell `i` is organisation ``organisations[organisation[i]]`` and so on. The first organisation
    is the district (``""``), the first grade is all grades (``""``).
    """

    organisations: tuple[str, ...]
    grades: tuple[str, ...]
    groups: tuple[str, ...]
    organisation: Whole
    grade: Whole
    group: Whole

    @classmethod
    def of(cls, cells: Sequence[tuple[str, str, str]]) -> Places:
        """The places of cells given as (school, grade, group), as a release spells them."""
        names = [
            ("", *sorted({cell[axis] for cell in cells} - {""})) if axis < 2
            else tuple(sorted({cell[axis] for cell in cells}))
            for axis in range(3)
        ]  # fmt: skip
        at = [{name: place for place, name in enumerate(axis)} for axis in names]
        columns = [
            np.array([at[axis][cell[axis]] for cell in cells], dtype=np.int64) for axis in range(3)
        ]
        return cls(names[0], names[1], names[2], *columns)

    def __len__(self) -> int:
        return len(self.organisation)

    def name(self, cell: int) -> tuple[str, str, str]:
        """The school, grade and group of a cell, as a release spells them."""
        return (
            self.organisations[self.organisation[cell]],
            self.grades[self.grade[cell]],
            self.groups[self.group[cell]],
        )

    def grid(self) -> Whole:
        """The cell's number by organisation × grade × group; -1 where there is no cell."""
        shape = (len(self.organisations), len(self.grades), len(self.groups))
        grid = np.full(shape, _ABSENT, dtype=np.int64)
        grid[self.organisation, self.grade, self.group] = np.arange(len(self))
        return grid


@dataclass(frozen=True)
class Lines:
    """Signed sums of cells, one after the other: `member` and `sign` from `start[i]` on.

    In an equation parts have sign 1 and the whole has -1, and the sum is zero. In a remainder the
    signs are those of the sum that makes it.
    """

    start: Whole
    member: Whole
    sign: Whole

    def __len__(self) -> int:
        return len(self.start) - 1

    def __iter__(self) -> Iterator[tuple[Whole, Whole]]:
        """The members and signs of each line."""
        for first, last in zip(self.start[:-1], self.start[1:], strict=True):
            yield self.member[first:last], self.sign[first:last]

    @cached_property
    def line(self) -> Whole:
        """The line that each entry of `member` is in."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def only(self, wanted: Flags) -> Lines:
        """Those of the lines that are wanted."""
        kept = wanted[self.line]
        lengths = np.diff(self.start)[wanted]
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return Lines(start, self.member[kept], self.sign[kept])

    def counts(self, marked: Flags, sign: int | None = None) -> Whole:
        """How many members of each line are marked; with `sign`, only those with this sign."""
        entries = marked[self.member] if sign is None else marked[self.member] & (self.sign == sign)
        return np.bincount(self.line[entries], minlength=len(self))

    def sums(self, values: Whole) -> Whole:
        """Each line's signed sum of `values`, which has one number for each cell."""
        return np.bincount(
            self.line, weights=values[self.member] * self.sign, minlength=len(self)
        ).astype(np.int64)


def equations(places: Places, relations: Relations, adds_up: Flags) -> Lines:
    """The equations that hold among the cells that are published or hidden.

    `adds_up` says by grade × group whether the schools add up to the district. An equation is
    there only when all of its members are cells: otherwise it says nothing about any of them.
    """
    grid = places.grid()
    lines = [_partitions(grid, places, relations), _grades(grid), _schools(grid, adds_up)]
    return _lines([members for some in lines for members in some])


def remainders(places: Places, relations: Relations) -> Lines:
    """The groups that nobody publishes and that a reader can make from cells that are."""
    grid = places.grid()
    at = {group: place for place, group in enumerate(places.groups)}
    if ALL not in at:
        return _lines([])
    everyone = grid[:, :, at[ALL]].ravel()
    signed: list[tuple[Whole, Whole]] = []
    in_partition = set()
    for partition in relations.partitions:
        in_partition |= set(partition)
        known = [at[group] for group in partition if group in at]
        if known:
            signed += _left_over(everyone, grid[:, :, known].reshape(len(everyone), -1), partition)
    for group, place in at.items():
        if group != ALL and group not in in_partition:
            signed += _differences([everyone, grid[:, :, place].ravel()], [1, -1])
    for group, parts in relations.intersections:
        if group in at and all(part in at for part in parts):
            both = grid[:, :, at[group]].ravel()
            each = [grid[:, :, at[part]].ravel() for part in parts]
            for part in each:
                signed += _differences([part, both], [1, -1])
            if len(each) == 2:
                signed += _differences([everyone, *each, both], [1, -1, -1, 1])
    return _signed_lines(signed)


def schools_add_up(places: Places, members: Whole, minimum: int) -> Flags:
    """By grade × group, whether the schools' students are taken to add up to the district's.

    Where students move during a year, a student is counted in two schools and once in the
    district. When the two totals differ by `minimum` students or more, nobody outside can tell
    what a hidden school's number is from the others. When they differ by less, the equation is
    treated as exact, though it may be off by a few: that hides more than is needed, never less.
    """
    shape = (len(places.grades), len(places.groups))
    total = np.zeros(shape, dtype=np.int64)
    np.add.at(
        total, (places.grade, places.group), np.where(places.organisation == 0, -members, members)
    )
    return np.abs(total) < minimum


def _partitions(grid: Whole, places: Places, relations: Relations) -> Iterator[Whole]:
    at = {group: place for place, group in enumerate(places.groups)}
    for partition in relations.partitions:
        if ALL in at and all(group in at for group in partition):
            wanted = [at[ALL], *(at[group] for group in partition)]
            rows = grid[:, :, wanted].reshape(-1, len(wanted))
            yield from rows[(rows != _ABSENT).all(axis=1)]


def _grades(grid: Whole) -> Iterator[Whole]:
    """All grades of an organisation and group, where each grade that it serves is a cell."""
    served = (grid[:, 1:, :] != _ABSENT).any(axis=2)
    for organisation in range(grid.shape[0]):
        grades = 1 + np.flatnonzero(served[organisation])
        if len(grades):
            rows = grid[organisation][[0, *grades], :].T
            yield from rows[(rows != _ABSENT).all(axis=1)]


def _schools(grid: Whole, adds_up: Flags) -> Iterator[Whole]:
    """The district and each school that has this grade; a school's groups are the same for all."""
    has_grade = (grid != _ABSENT).any(axis=2)
    for grade, group in np.argwhere(adds_up):
        schools = 1 + np.flatnonzero(has_grade[1:, grade])
        members = grid[np.concatenate([[0], schools]), grade, group]
        if len(schools) and (members != _ABSENT).all():
            yield members


def _left_over(
    everyone: Whole, shown: Whole, partition: tuple[str, ...]
) -> list[tuple[Whole, Whole]]:
    """All but the groups of a partition that are cells here, where some group is not."""
    lines = []
    for whole, parts in zip(everyone, shown, strict=True):
        here = parts[parts != _ABSENT]
        if whole != _ABSENT and 0 < len(here) < len(partition):
            members = np.concatenate([[whole], here])
            lines.append((members, np.concatenate([[1], np.full(len(here), -1)])))
    return lines


def _differences(columns: list[Whole], signs: list[int]) -> list[tuple[Whole, Whole]]:
    rows = np.stack(columns, axis=1)
    sign = np.array(signs, dtype=np.int64)
    return [(row, sign) for row in rows[(rows != _ABSENT).all(axis=1)]]


def _lines(members: list[Whole]) -> Lines:
    """Equations from rows that start with the whole."""
    return _signed_lines(
        [(row, np.concatenate([[-1], np.ones(len(row) - 1, dtype=np.int64)])) for row in members]
    )


def _signed_lines(lines: list[tuple[Whole, Whole]]) -> Lines:
    lengths = np.array([0, *(len(members) for members, _ in lines)], dtype=np.int64)
    empty = np.zeros(0, dtype=np.int64)
    return Lines(
        start=np.cumsum(lengths),
        member=np.concatenate([empty, *(members for members, _ in lines)]),
        sign=np.concatenate([empty, *(signs for _, signs in lines)]).astype(np.int64),
    )
