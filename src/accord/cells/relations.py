"""How student groups lie in one another: what the equations of a table are made from.

The groups of a *partition* add up to all students, a *union* is two groups that share nobody, and
an *intersection* lies in each of the groups that it is made of. Every one of a definition's sums
adds up in the same ways; see `accord.cells.frame`. The protector and the attacker both start from
here and share nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from accord.cells.places import NO_CELL, Flags, Places, Whole
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
        intersections, unions = [], []
        for group in groups:
            if group.partition is not None:
                partitions.setdefault(group.partition, []).append(group.id)
            if group.parts:
                intersections.append((group.id, tuple(part.id for part in group.parts)))
            if group.union is not None:
                unions.append((group.id, group.union))
        return cls(tuple(map(tuple, partitions.values())), tuple(intersections), tuple(unions))

    def with_unions(self, places: Places, students: Whole, known: Flags) -> Relations:
        """These relations and the unions that show in the numbers, as any reader can see them.

        A group is taken for the union of two others when their students add up to its own in every
        organisation and grade where all three are `known`, and these are not just a few. A union
        that is known by its meaning, or was found in more numbers, is kept unless these contradict
        it: of one definition they may be too few to show it.
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
