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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from accord.cells.places import NO_CELL, Flags, Lines, Places, Whole
from accord.indicators.groups import Group

ALL = "all"
NO_ACCIDENT = 10
"""So many numbers that agree, with none that doesn't, are taken to be the same by their meaning."""

_UNKNOWN = -1


@dataclass(frozen=True)
class Relations:
    """How student groups lie in one another.

    `partitions` are sets of groups that share no student and leave none out. `intersections` map a
    group to the groups whose common members it consists of. `unions` map a group to two that share
    no student and leave none of it out. Every group lies in `all`.
    """

    partitions: tuple[tuple[str, ...], ...]
    intersections: tuple[tuple[str, tuple[str, ...]], ...]
    unions: tuple[tuple[str, tuple[str, str]], ...] = ()

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

    def with_unions(self, places: Places, students: Whole, known: Flags) -> Relations:
        """These relations and the unions that show in the numbers, as any reader can see them.

        A group is taken for the union of two others when their students add up to its own in every
        organisation and grade where all three are `known`, and these are not just a few. That
        English learners and reclassified students are together all who ever learned English is
        found in this way. A union that was found before, in more numbers, is kept unless these
        contradict it: of one definition they may be too few to show it again.
        """
        apart = {group for partition in self.partitions for group in partition}
        numbers = np.where(known, students, _UNKNOWN)[places.grid()]
        numbers[places.grid() == NO_CELL] = _UNKNOWN
        columns = {
            group: numbers[:, :, place].ravel()
            for place, group in enumerate(places.groups)
            if group not in apart
        }
        kept = {union for union in self.unions if _is_union(columns, *union)}
        return replace(self, unions=tuple(sorted(kept | set(_unions(columns)))))


def equations(places: Places, relations: Relations, adds_up: Flags) -> Lines:
    """The equations that hold among the cells that are published or hidden.

    `adds_up` says by grade × group whether the schools add up to the district. An equation is
    there only when all of its members are cells: otherwise it says nothing about any of them.
    """
    grid = places.grid()
    lines = [_groups(grid, places, relations), _grades(grid), _schools(grid, adds_up)]
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
    Where all students add up in this sense, every group of them is taken to.
    """
    shape = (len(places.grades), len(places.groups))
    total = np.zeros(shape, dtype=np.int64)
    np.add.at(
        total, (places.grade, places.group), np.where(places.organisation == 0, -members, members)
    )
    close: Flags = np.abs(total) < minimum
    if ALL in places.groups:
        close |= close[:, [places.groups.index(ALL)]]
    return close


def _unions(columns: dict[str, Whole]) -> Iterator[tuple[str, tuple[str, str]]]:
    for first, second in combinations(columns, 2):
        one, other = columns[first], columns[second]
        known = (one > 0) & (other > 0)
        together = (one + other)[known]
        for whole in columns.keys() - {first, second}:
            total = columns[whole][known]
            told = total != _UNKNOWN
            if told.sum() >= NO_ACCIDENT and (total == together)[told].all():
                yield whole, (first, second)


def _is_union(columns: dict[str, Whole], whole: str, parts: tuple[str, str]) -> bool:
    """Whether nothing in the numbers contradicts a union."""
    if not {whole, *parts} <= columns.keys():
        return False
    total, one, other = (columns[group] for group in (whole, *parts))
    known = (total != _UNKNOWN) & (one != _UNKNOWN) & (other != _UNKNOWN)
    return bool((total == one + other)[known].all())


def _groups(grid: Whole, places: Places, relations: Relations) -> Iterator[Whole]:
    """A whole group and those that it consists of, where each of them is a cell."""
    at = {group: place for place, group in enumerate(places.groups)}
    wholes = [(ALL, partition) for partition in relations.partitions]
    for whole, parts in [*wholes, *relations.unions]:
        if whole in at and all(group in at for group in parts):
            wanted = [at[whole], *(at[group] for group in parts)]
            rows = grid[:, :, wanted].reshape(-1, len(wanted))
            yield from rows[(rows != NO_CELL).all(axis=1)]


def _grades(grid: Whole) -> Iterator[Whole]:
    """All grades of an organisation and group, where each grade that it serves is a cell."""
    served = (grid[:, 1:, :] != NO_CELL).any(axis=2)
    for organisation in range(grid.shape[0]):
        grades = 1 + np.flatnonzero(served[organisation])
        if len(grades):
            rows = grid[organisation][[0, *grades], :].T
            yield from rows[(rows != NO_CELL).all(axis=1)]


def _schools(grid: Whole, adds_up: Flags) -> Iterator[Whole]:
    """The district and each school that has this grade; a school's groups are the same for all."""
    has_grade = (grid != NO_CELL).any(axis=2)
    for grade, group in np.argwhere(adds_up):
        schools = 1 + np.flatnonzero(has_grade[1:, grade])
        members = grid[np.concatenate([[0], schools]), grade, group]
        if len(schools) and (members != NO_CELL).all():
            yield members


def _left_over(
    everyone: Whole, shown: Whole, partition: tuple[str, ...]
) -> list[tuple[Whole, Whole]]:
    """All but the groups of a partition that are cells here, where some group is not."""
    lines = []
    for whole, parts in zip(everyone, shown, strict=True):
        here = parts[parts != NO_CELL]
        if whole != NO_CELL and 0 < len(here) < len(partition):
            members = np.concatenate([[whole], here])
            lines.append((members, np.concatenate([[1], np.full(len(here), -1)])))
    return lines


def _differences(columns: list[Whole], signs: list[int]) -> list[tuple[Whole, Whole]]:
    rows = np.stack(columns, axis=1)
    sign = np.array(signs, dtype=np.int64)
    return [(row, sign) for row in rows[(rows != NO_CELL).all(axis=1)]]


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
