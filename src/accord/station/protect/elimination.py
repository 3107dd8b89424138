"""What exact elimination tells about hidden cells: modulo a large prime, on sparse rows.

The equations that hold, with every published cell known, leave a linear system in the hidden
cells. A signed sum of cells can be computed from what is published exactly when it is zero on
every *null vector* of that system: a change of the hidden cells that keeps every equation. So a
handful of random null vectors answers the question for all cells at once, and a null vector on
which a cell is not zero is a proof that the cell is safe.

Elimination runs modulo a prime near 2³¹: products fit 64 bits, and a wrong zero has odds of about
one in two thousand million per vector.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accord.cells.places import Flags, Lines

PRIME = 2_147_483_647
Row: TypeAlias = dict[int, int]
Vectors: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Echelon:
    """The system after elimination.

    Pivot `i` is the pair of a hidden cell and the row that was used up for it, coefficients modulo
    `PRIME`. The row holds published cells too; it has no hidden cell that is an earlier pivot.
    """

    pivots: tuple[tuple[int, Row], ...]
    hidden: Flags

    def null_vectors(self, how_many: int, seed: int = 0) -> Vectors:
        """Random null vectors, one in each row, by cell; zero on published cells."""
        chance = np.random.default_rng(seed)
        vectors = np.zeros((len(self.hidden), how_many), dtype=np.int64)
        free = self.hidden.copy()
        free[[cell for cell, _ in self.pivots]] = False
        vectors[free] = chance.integers(1, PRIME, size=(int(free.sum()), how_many))
        for cell, row in reversed(self.pivots):
            others = [other for other in row if other != cell and self.hidden[other]]
            factors = np.array([row[other] for other in others], dtype=np.int64)[:, None]
            total = (vectors[others] * factors % PRIME).sum(axis=0) % PRIME
            vectors[cell] = total * (PRIME - pow(row[cell], -1, PRIME)) % PRIME
        return vectors.T

    def formula(self, wanted: Iterable[tuple[int, int]]) -> Row | None:
        """The published cells that a signed sum of cells follows from; nothing if it does not.

        `wanted` is cells with their signs. The coefficients are modulo `PRIME`; a cell that is in
        the formula is one without which this way of computing the sum is closed.
        """
        rest: Row = {}
        for cell, sign in wanted:
            rest[cell] = sign % PRIME
        for cell, row in self.pivots:
            factor = rest.get(cell)
            if factor:
                _subtract(rest, row, factor * pow(row[cell], -1, PRIME) % PRIME)
        return None if any(self.hidden[cell] for cell in rest) else rest


def eliminate(lines: Lines, hidden: Flags, *, formulas: bool = False) -> Echelon:
    """Bring the equations among hidden cells into echelon form.

    `formulas` keeps the published cells of each row, which `Echelon.formula` needs.

    A hidden cell that is in one row only is taken first: its row can serve nothing else, and
    nothing fills in. What is left is eliminated from the shortest row on.
    """
    work = _Work(lines, hidden, formulas=formulas)
    while work.rows:
        if work.lonely:
            work.set_aside(work.lonely.pop())
        else:
            work.use(work.shortest())
    return Echelon(tuple(work.pivots), hidden)


class _Work:
    """Elimination under way: the rows that are left, and where each hidden cell still occurs."""

    def __init__(self, lines: Lines, hidden: Flags, *, formulas: bool) -> None:
        self.is_hidden: list[bool] = hidden.tolist()
        self.rows: dict[int, Row] = {}
        self.width: dict[int, int] = {}
        self.rows_of: dict[int, set[int]] = {}
        self.pivots: list[tuple[int, Row]] = []
        kept = np.ones(len(lines.member), dtype=bool) if formulas else hidden[lines.member]
        touched = np.bincount(lines.line[hidden[lines.member]], minlength=len(lines)) > 0
        kept &= touched[lines.line]
        entries = zip(
            lines.line[kept].tolist(),
            lines.member[kept].tolist(),
            (lines.sign[kept] % PRIME).tolist(),
            strict=True,
        )
        for number, cell, sign in entries:
            self.rows.setdefault(number, {})[cell] = sign
            if self.is_hidden[cell]:
                self.rows_of.setdefault(cell, set()).add(number)
                self.width[number] = self.width.get(number, 0) + 1
        self.lonely = [cell for cell, found in self.rows_of.items() if len(found) == 1]
        self._by_width = [(width, number) for number, width in self.width.items()]
        heapify(self._by_width)

    def shortest(self) -> int:
        """The row with the fewest hidden cells."""
        while True:
            width, number = heappop(self._by_width)
            if number in self.rows and self.width[number] == width:
                return number

    def set_aside(self, cell: int) -> None:
        """Make `cell` the pivot of the one row that it occurs in, if it still is so."""
        if len(self.rows_of[cell]) == 1:
            (number,) = self.rows_of[cell]
            self._pivot(number, cell)

    def use(self, number: int) -> None:
        """Eliminate one hidden cell of a row from every other row."""
        row = self.rows[number]
        hidden = [cell for cell in row if self.is_hidden[cell]]
        if not hidden:
            del self.rows[number]
            return
        pivot = min(hidden, key=lambda cell: (len(self.rows_of[cell]), cell))
        scale = pow(row[pivot], -1, PRIME)
        for other in sorted(self.rows_of[pivot] - {number}):
            target = self.rows[other]
            factor = target[pivot] * scale % PRIME
            for cell, coefficient in row.items():
                self._subtract(other, target, cell, factor * coefficient)
        self._pivot(number, pivot)

    def _pivot(self, number: int, pivot: int) -> None:
        row = self.rows.pop(number)
        self.pivots.append((pivot, row))
        for cell in row:
            if self.is_hidden[cell]:
                self._forget(number, cell)

    def _subtract(self, number: int, row: Row, cell: int, amount: int) -> None:
        before = row.get(cell, 0)
        after = (before - amount) % PRIME
        if after:
            row[cell] = after
        else:
            row.pop(cell, None)
        if self.is_hidden[cell] and bool(before) != bool(after):
            self.width[number] += 1 if after else -1
            heappush(self._by_width, (self.width[number], number))
            if after:
                self.rows_of[cell].add(number)
            else:
                self._forget(number, cell)

    def _forget(self, number: int, cell: int) -> None:
        found = self.rows_of[cell]
        found.discard(number)
        if len(found) == 1:
            self.lonely.append(cell)


def _subtract(rest: Row, row: Row, factor: int) -> None:
    for cell, coefficient in row.items():
        after = (rest.get(cell, 0) - factor * coefficient) % PRIME
        if after:
            rest[cell] = after
        else:
            rest.pop(cell, None)
