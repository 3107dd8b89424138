"""Where cells stand, and signed sums over them: the arrays that equations are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

NO_CELL = -1


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

    def only(self, wanted: Flags) -> Places:
        """Those of the cells that are wanted, in the same three lists."""
        return replace(
            self,
            organisation=self.organisation[wanted],
            grade=self.grade[wanted],
            group=self.group[wanted],
        )

    def grid(self) -> Whole:
        """The cell's number by organisation × grade × group; -1 where there is no cell."""
        shape = (len(self.organisations), len(self.grades), len(self.groups))
        grid = np.full(shape, NO_CELL, dtype=np.int64)
        grid[self.organisation, self.grade, self.group] = np.arange(len(self))
        return grid


@dataclass(frozen=True)
class Lines:
    """Signed sums of cells, one after the other: `member` and `sign` from `start[i]` on.

    In an equation parts have sign 1 and the whole has -1, and the sum is zero.
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

    def joined(self, other: Lines) -> Lines:
        """These lines, then the others."""
        return Lines(
            np.concatenate([self.start, self.start[-1] + other.start[1:]]),
            np.concatenate([self.member, other.member]),
            np.concatenate([self.sign, other.sign]),
        )

    def only(self, wanted: Flags) -> Lines:
        """Those of the lines that are wanted."""
        kept = wanted[self.line]
        lengths = np.diff(self.start)[wanted]
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return Lines(start, self.member[kept], self.sign[kept])

    def among(self, cells: Whole, size: int) -> Lines:
        """The lines over these out of `size` cells alone, each named by its place among them."""
        at = np.full(size, NO_CELL, dtype=np.int64)
        at[cells] = np.arange(len(cells))
        member = at[self.member]
        kept = member != NO_CELL
        lengths = np.bincount(self.line[kept], minlength=len(self))
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return Lines(start, member[kept], self.sign[kept])

    def counts(self, marked: Flags, sign: int | None = None) -> Whole:
        """How many members of each line are marked; with `sign`, only those with this sign."""
        entries = marked[self.member] if sign is None else marked[self.member] & (self.sign == sign)
        return np.bincount(self.line[entries], minlength=len(self))

    def sums(self, values: Whole) -> Whole:
        """Each line's signed sum of `values`, which has one number for each cell."""
        return np.bincount(
            self.line, weights=values[self.member] * self.sign, minlength=len(self)
        ).astype(np.int64)
