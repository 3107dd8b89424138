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
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accord.base.errors import RefusedError
from accord.cells.places import Flags, Lines, Whole
from accord.station.protect.elimination import PRIME, Vectors, eliminate
from accord.station.protect.primary import Quantity, Requirement
from accord.station.protect.superfluous import show_superfluous

_VECTORS = 32
Target: TypeAlias = list[tuple[int, int]]
"""A signed sum of cells, as pairs of a cell and its sign."""


def hide(quantity: Quantity) -> Flags:
    """The cells to hide, `forced` ones included.

    Raises `RefusedError` when something protected follows from cells that can't be hidden.
    """
    hidden = quantity.forced | quantity.protected
    open_cells = ~hidden & ~quantity.settled
    while True:
        _close_lines(quantity, hidden, open_cells)
        vectors = eliminate(quantity.equations, hidden).null_vectors(_VECTORS)
        given_away = _given_away(quantity, vectors)
        if given_away:
            _break_formulas(quantity, hidden, given_away)
            continue
        show_superfluous(quantity, hidden, vectors)
        computable = _computable(quantity, hidden, vectors)
        if not computable.any():
            return hidden
        hidden &= ~computable
        open_cells &= ~computable


def _computable(quantity: Quantity, hidden: Flags, vectors: Vectors) -> Flags:
    """The cells hidden beside that can be computed: hiding them hides nothing.

    They are shown for good, and what is left of their equations is made good anew.
    """
    beside = hidden & ~quantity.protected & ~quantity.forced
    doubtful: Flags = beside & ~vectors.any(axis=0)
    if doubtful.any():
        fresh = eliminate(quantity.equations, hidden).null_vectors(_VECTORS)
        doubtful &= ~fresh.any(axis=0)
    return doubtful


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


def _given_away(quantity: Quantity, vectors: Vectors) -> list[Target]:
    """The protected cells and remainders that are zero on every null vector."""
    computable = np.flatnonzero(quantity.protected & ~vectors.any(axis=0))
    targets: list[Target] = [[(cell, 1)] for cell in computable.tolist()]
    for members, signs in quantity.endangered:
        if not (vectors[:, members] @ signs % PRIME).any():
            targets.append(list(zip(members.tolist(), signs.tolist(), strict=True)))
    return targets


def _break_formulas(quantity: Quantity, hidden: Flags, targets: Sequence[Target]) -> None:
    """Hide the cheapest cell of every formula that gives a protected number away."""
    lines = quantity.equations
    system = eliminate(lines, hidden.copy(), formulas=True)
    price = quantity.cost * (1 + _alone(lines, hidden))
    for target in targets:
        formula = system.formula(target) or {}
        usable = [cell for cell in formula if not quantity.settled[cell]]
        if not usable:
            raise RefusedError.because(
                "A group that must be hidden follows from cells that everybody knows.",
                "Let fewer groups or grades leave in the charter's publication plan.",
            )
        if not hidden[usable].any():
            hidden[min(usable, key=lambda cell: (price[cell], cell))] = True
