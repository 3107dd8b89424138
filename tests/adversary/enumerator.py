"""The plain reference: every table of whole students that fits a tiny publication, one by one.

A district of some schools whose students are in one of some groups each and in one school each.
An atom is a school's students of one group: how many, and how many of them are counted. Everything
else that is published is a sum over atoms. Nothing here knows of lines, ranges or solvers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

Place = tuple[str, str]
"""A school (empty: the district) and a group (``all``: every group)."""
Atoms = tuple[tuple[int, int], ...]


class Enumerator:
    """All tables of `schools` × `groups` that fit `shown`: (counted, students) by place."""

    def __init__(
        self, schools: Sequence[str], groups: Sequence[str], shown: Mapping[Place, tuple[int, int]]
    ) -> None:
        self._atoms = list(product(schools, groups))
        self._shown = dict(shown)

    def inside(self, place: Place) -> list[int]:
        """The atoms of a place."""
        school, group = place
        return [
            number
            for number, atom in enumerate(self._atoms)
            if school in ("", atom[0]) and group in ("all", atom[1])
        ]

    def tables(self) -> Iterator[Atoms]:
        """Every table that fits."""
        choices = []
        for number in range(len(self._atoms)):
            around = [total for place, total in self._shown.items() if number in self.inside(place)]
            most_counted = min(counted for counted, _ in around)
            most = min(students for _, students in around)
            choices.append(
                [(x, n) for n in range(most + 1) for x in range(min(n, most_counted) + 1)]
            )
        sums = [(self.inside(place), total) for place, total in self._shown.items()]
        yield from self._extended((), choices, sums)

    def _extended(
        self, begun: Atoms, choices: list[list[tuple[int, int]]],
        sums: list[tuple[list[int], tuple[int, int]]],
    ) -> Iterator[Atoms]:  # fmt: skip
        """Atom by atom; a sum is looked at as soon as its last atom is there."""
        if len(begun) == len(choices):
            yield begun
            return
        for choice in choices[len(begun)]:
            table = (*begun, choice)
            done = [each for each in sums if max(each[0]) == len(begun)]
            if all(self.total(table, atoms) == total for atoms, total in done):
                yield from self._extended(table, choices, sums)

    @staticmethod
    def total(table: Atoms, atoms: list[int]) -> tuple[int, int]:
        """Counted and students of some atoms together."""
        return sum(table[atom][0] for atom in atoms), sum(table[atom][1] for atom in atoms)


def is_hidden(values: list[tuple[int, int]], colluders: int, threshold: int) -> bool:
    """Whether a count stays hidden, given its number and its whole in every table that fits.

    Two tables must differ by more than the colluders can close, or by everybody there is; and in
    the higher one not nearly nobody may be counted, unless that is everybody.
    """
    least = min(value for value, _ in values)
    width = min(max(whole for _, whole in values), colluders + 1)
    return width == 0 or any(
        value - least >= width and value >= min(threshold, max(whole, 1)) for value, whole in values
    )
