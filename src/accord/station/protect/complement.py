"""Complementary suppression: which further cells to hide so that no protected one can be computed.

The result keeps four promises for one quantity (say, the numerators of one definition in one
period and district):

1. every cell that misses a requirement is hidden;
2. no equation has exactly one hidden member;
3. where an equation's total is shown, its hidden parts taken together meet every requirement;
4. no protected cell, and no protected remainder, can be computed by exact elimination over all
   equations jointly.

Which cells are hidden beside the protected ones is greedy and deterministic: the cheapest first,
counting a cell dearer when hiding it would leave it alone in another equation. What turns out to
be superfluous in the end is shown again, dearest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accord.cells.places import Flags, Lines, Whole
from accord.station.protect.elimination import PRIME, Vectors, eliminate
from accord.station.protect.primary import Requirement, protected_cells, protected_sums

_VECTORS = 32


@dataclass(frozen=True)
class Quantity:
    """What is to be protected: one number for each cell, in the equations that it keeps.

    `forced` cells are hidden already for another reason; `settled` ones are known to everybody and
    can't be hidden (no student is in a grade that the definition is not about). `cost` orders the
    cells that may be hidden beside: the least is taken first.
    """

    equations: Lines
    remainders: Lines
    requirements: Sequence[Requirement]
    forced: Flags
    settled: Flags
    cost: NDArray[np.float64]

    @cached_property
    def protected(self) -> Flags:
        """The cells that miss a requirement."""
        return protected_cells(self.requirements, len(self.cost)) & ~self.settled

    @cached_property
    def endangered(self) -> Lines:
        """The remainders that miss a requirement."""
        return self.remainders.only(protected_sums(self.requirements, self.remainders))


def hide(quantity: Quantity) -> Flags:
    """The cells to hide, `forced` ones included."""
    hidden = quantity.forced | quantity.protected
    open_cells = ~hidden & ~quantity.settled
    while True:
        _close_lines(quantity, hidden, open_cells)
        if _break_formulas(quantity, hidden, open_cells):
            continue
        _show_superfluous(quantity, hidden)
        computable = _computable(quantity, hidden)
        if not computable.any():
            return hidden
        hidden &= ~computable
        open_cells &= ~computable


def _computable(quantity: Quantity, hidden: Flags) -> Flags:
    """The hidden cells beside that can be computed: hiding them hides nothing.

    They are shown for good. What hiding them seemed to make of an equation is made anew.
    """
    vectors = eliminate(quantity.equations, hidden).null_vectors(_VECTORS)
    beside = hidden & ~quantity.protected & ~quantity.forced
    computable: Flags = beside & ~vectors.any(axis=0)
    return computable


def _close_lines(quantity: Quantity, hidden: Flags, open_cells: Flags) -> None:
    """Hide more cells until promises 2 and 3 hold, and no protected remainder is in plain sight."""
    lines = quantity.equations
    while True:
        exposed = _exposed(lines, hidden, quantity.requirements)
        plain = quantity.endangered.counts(hidden) == 0
        price = quantity.cost * (1 + _alone(lines, hidden))
        free = open_cells & ~hidden
        chosen = np.union1d(
            _cheapest(lines, exposed, free, price),
            _cheapest(quantity.endangered, plain, free, price),
        )
        if not len(chosen):
            return
        hidden[chosen] = True


def _exposed(lines: Lines, hidden: Flags, requirements: Sequence[Requirement]) -> Flags:
    """The equations that break promise 2 or 3."""
    parts = lines.counts(hidden, sign=1)
    wholes = lines.counts(hidden, sign=-1)
    exposed: Flags = parts + wholes == 1
    summed = (wholes == 0) & (parts > 0)
    for requirement in requirements:
        together = lines.sums(np.where(hidden, requirement.values, 0))
        exposed |= summed & (together < requirement.least)
    return exposed


def _alone(lines: Lines, hidden: Flags) -> Whole:
    """For each cell, the number of its equations in which nothing is hidden yet."""
    untouched = lines.counts(hidden) == 0
    return np.bincount(lines.member[untouched[lines.line]], minlength=len(hidden))


def _cheapest(lines: Lines, wanted: Flags, open_cells: Flags, price: NDArray[np.float64]) -> Whole:
    """For each of the `wanted` lines, the cheapest member that can be hidden, if there is one."""
    entry = np.flatnonzero(wanted[lines.line] & open_cells[lines.member])
    line, member = lines.line[entry], lines.member[entry]
    order = np.lexsort((member, price[member], line))
    _, first = np.unique(line[order], return_index=True)
    return np.unique(member[order][first])


def _break_formulas(quantity: Quantity, hidden: Flags, open_cells: Flags) -> bool:
    """Hide a cell of every formula that gives a protected number away; whether there was one."""
    lines = quantity.equations
    vectors = eliminate(lines, hidden).null_vectors(_VECTORS)
    computable = np.flatnonzero(quantity.protected & ~vectors.any(axis=0))
    targets = [[(int(cell), 1)] for cell in computable]
    for members, signs in quantity.endangered:
        if not (vectors[:, members] @ signs % PRIME).any():
            targets.append(list(zip(members.tolist(), signs.tolist(), strict=True)))
    if not targets:
        return False
    system = eliminate(lines, hidden.copy(), formulas=True)
    price = quantity.cost * (1 + _alone(lines, hidden))
    broken = False
    for target in targets:
        formula = system.formula(target) or {}
        usable = [cell for cell in formula if open_cells[cell]]
        if usable and not hidden[usable].any():
            hidden[min(usable, key=lambda cell: (price[cell], cell))] = True
            broken = True
    return broken


def _show_superfluous(quantity: Quantity, hidden: Flags) -> None:
    """Show the cells again that were hidden in vain, dearest first, while every promise holds.

    Each null vector in hand is a proof for the cells on which it is not zero. Showing a cell again
    uses one of them up to make the others zero there; when too few are left to prove everything,
    the cell stays hidden. That may keep a cell too many, never one too few.
    """
    beside = np.flatnonzero(hidden & ~quantity.protected & ~quantity.forced)
    balance = _Balance(quantity, hidden)
    vectors = eliminate(quantity.equations, hidden).null_vectors(_VECTORS)
    for cell in sorted(beside.tolist(), key=lambda cell: (-quantity.cost[cell], cell)):
        if balance.can_show(cell):
            fewer = _without(vectors, cell)
            if _proves(fewer, quantity):
                vectors = fewer
                hidden[cell] = False
                balance.show(cell)


class _Balance:
    """How many members of each equation are hidden, and how much they are together."""

    def __init__(self, quantity: Quantity, hidden: Flags) -> None:
        lines = quantity.equations
        self.parts = lines.counts(hidden, sign=1)
        self.wholes = lines.counts(hidden, sign=-1)
        self.values = np.array([item.values for item in quantity.requirements])
        self.least = np.array([[item.least] for item in quantity.requirements])
        self.together = np.array(
            [lines.sums(np.where(hidden, item.values, 0)) for item in quantity.requirements]
        )
        self._order = np.argsort(lines.member, kind="stable")
        self._start = np.searchsorted(lines.member[self._order], np.arange(len(hidden) + 1))
        self._lines = lines

    def can_show(self, cell: int) -> bool:
        """Whether promises 2 and 3 still hold with `cell` shown."""
        line, is_part = self._around(cell)
        parts = self.parts[line] - is_part
        wholes = self.wholes[line] - ~is_part
        if (parts + wholes == 1).any():
            return False
        summed = (wholes == 0) & (parts > 0)
        together = self.together[:, line] - is_part * self.values[:, [cell]]
        return bool((together[:, summed] >= self.least).all())

    def show(self, cell: int) -> None:
        """Count `cell` as shown."""
        line, is_part = self._around(cell)
        self.parts[line] -= is_part
        self.wholes[line] -= ~is_part
        self.together[:, line] -= np.where(is_part, 1, -1) * self.values[:, [cell]]

    def _around(self, cell: int) -> tuple[Whole, Flags]:
        entries = self._order[self._start[cell] : self._start[cell + 1]]
        return self._lines.line[entries], self._lines.sign[entries] == 1


def _without(vectors: Vectors, cell: int) -> Vectors:
    """The null vectors that are zero on `cell`: one fewer, unless all were already."""
    column = vectors[:, cell]
    (used,) = np.nonzero(column)
    if not len(used):
        return vectors
    first = used[0]
    factors = column * pow(int(column[first]), -1, PRIME) % PRIME
    rest = np.delete(np.arange(len(vectors)), first)
    fewer: Vectors = (vectors[rest] - factors[rest, None] * vectors[first] % PRIME) % PRIME
    return fewer


def _proves(vectors: Vectors, quantity: Quantity) -> bool:
    """Whether these null vectors prove promise 4."""
    if not vectors[:, quantity.protected].any(axis=0).all():
        return False
    remainders = quantity.endangered
    moved = vectors[:, remainders.member] * remainders.sign
    sums = np.zeros((len(vectors), len(remainders)), dtype=np.int64)
    np.add.at(sums.T, remainders.line, moved.T)
    return bool((sums % PRIME).any(axis=0).all())
