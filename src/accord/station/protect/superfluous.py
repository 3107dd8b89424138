"""Showing again what was hidden in vain.

Complementary suppression goes forward greedily, so some cells that it hid early turn out not to be
needed. Going back over them needs a proof that everything protected still is; random null vectors
(see `elimination`) are such proofs and are cheap to keep up to date.
"""

from __future__ import annotations

import numpy as np

from accord.cells.places import Flags, Lines, Whole
from accord.station.protect.elimination import PRIME, Vectors
from accord.station.protect.primary import Quantity


def show_superfluous(quantity: Quantity, hidden: Flags, vectors: Vectors) -> None:
    """Show the cells again that were hidden in vain, dearest first, while every promise holds.

    `vectors` are null vectors of the hidden cells, and are changed into ones of what stays hidden.
    """
    beside = np.flatnonzero(hidden & ~quantity.protected & ~quantity.forced)
    balance = _Balance(quantity, hidden)
    proofs = _Proofs(quantity, hidden, vectors)
    for cell in sorted(beside.tolist(), key=lambda cell: (-quantity.cost[cell], cell)):
        if balance.can_show(cell) and proofs.do_without(cell):
            balance.show(cell)
            hidden[cell] = False


class _Proofs:
    """Null vectors that together prove every protected number safe.

    Showing a cell makes all vectors zero there, at the price of one of them: its part in the cell's
    *component* (the hidden cells that equations tie to it) is used up. When too few are left to
    prove everything, the cell stays hidden. That may hide a cell too many, never one too few.
    """

    def __init__(self, quantity: Quantity, hidden: Flags, vectors: Vectors) -> None:
        self._vectors = vectors
        component = _components(quantity.equations, hidden)
        self._order = np.argsort(component, kind="stable")
        self._sorted = component[self._order]
        self._component = component
        self._protected = quantity.protected
        self._touching: dict[int, list[tuple[Whole, Whole]]] = {}
        for members, signs in quantity.endangered:
            for number in np.unique(component[members]).tolist():
                self._touching.setdefault(number, []).append((members, signs))

    def do_without(self, cell: int) -> bool:
        """Make every vector zero on `cell`, if they still prove everything then."""
        number = int(self._component[cell])
        first, last = np.searchsorted(self._sorted, [number, number + 1])
        cells = self._order[first:last]
        before = self._vectors[:, cells]
        self._vectors[:, cells] = _zero_on(before, int(np.flatnonzero(cells == cell)[0]))
        if self._prove(number, cells):
            return True
        self._vectors[:, cells] = before
        return False

    def _prove(self, number: int, cells: Whole) -> bool:
        """Whether everything protected in or across the edge of a component is still proved."""
        protected = cells[self._protected[cells]]
        return bool(self._vectors[:, protected].any(axis=0).all()) and all(
            (self._vectors[:, members] @ signs % PRIME).any()
            for members, signs in self._touching.get(number, [])
        )


class _Balance:
    """How many members of each equation are hidden, and how much they are together."""

    def __init__(self, quantity: Quantity, hidden: Flags) -> None:
        lines = quantity.equations
        self._parts = lines.counts(hidden, sign=1)
        self._wholes = lines.counts(hidden, sign=-1)
        self._values = np.array([item.values for item in quantity.requirements])
        self._least = np.array([[item.least] for item in quantity.requirements])
        self._together = np.array(
            [lines.sums(np.where(hidden, item.values, 0)) for item in quantity.requirements]
        )
        self._order = np.argsort(lines.member, kind="stable")
        self._start = np.searchsorted(lines.member[self._order], np.arange(len(hidden) + 1))
        self._lines = lines

    def can_show(self, cell: int) -> bool:
        """Whether no equation of `cell` has one hidden member, or too small a rest, without it."""
        line, is_part = self._around(cell)
        parts = self._parts[line] - is_part
        wholes = self._wholes[line] - ~is_part
        if (parts + wholes == 1).any():
            return False
        summed = (wholes == 0) & (parts > 0)
        together = self._together[:, line] - is_part * self._values[:, [cell]]
        return bool((together[:, summed] >= self._least).all())

    def show(self, cell: int) -> None:
        """Count `cell` as shown."""
        line, is_part = self._around(cell)
        self._parts[line] -= is_part
        self._wholes[line] -= ~is_part
        self._together[:, line] -= np.where(is_part, 1, -1) * self._values[:, [cell]]

    def _around(self, cell: int) -> tuple[Whole, Flags]:
        """The equations of a cell, and whether it is a part or the whole in each."""
        entries = self._order[self._start[cell] : self._start[cell + 1]]
        return self._lines.line[entries], self._lines.sign[entries] == 1


def _components(lines: Lines, hidden: Flags) -> Whole:
    """A number for each hidden cell, the same for those that a chain of equations ties together."""
    entries = np.flatnonzero(hidden[lines.member])
    line, member = lines.line[entries], lines.member[entries]
    component = np.arange(len(hidden))
    while True:
        least = np.full(len(lines), len(hidden))
        np.minimum.at(least, line, component[member])
        lower = component.copy()
        np.minimum.at(lower, member, least[line])
        if (lower == component).all():
            return component
        component = lower


def _zero_on(vectors: Vectors, place: int) -> Vectors:
    """Combinations of some vectors that are zero at `place`; one of them becomes all zero."""
    column = vectors[:, place]
    (used,) = np.nonzero(column)
    if not len(used):
        return vectors
    first = used[0]
    factors = column * pow(int(column[first]), -1, PRIME) % PRIME
    combined: Vectors = (vectors - factors[:, None] * vectors[first] % PRIME) % PRIME
    return combined
