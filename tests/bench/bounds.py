"""What a reader is left with, by two linear programs for each protected number: no short cuts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.cells.places import Flags
from accord.station.protect.moves import Moves
from accord.station.protect.quantity import Quantity

_HAIR = 1e-6


@dataclass(frozen=True)
class Told:
    """How many protected numbers are known exactly, pinned to one whole number, or too narrow."""

    exact: int
    pinned: int
    narrow: int


def told(quantity: Quantity, hidden: Flags) -> Told:
    """The protected numbers that a reader can tell when `hidden` variables are hidden.

    A number that may move by nothing at all is told exactly; one that may move by less than a whole
    unit is pinned.
    """
    moves = Moves(quantity, hidden, np.ones(len(hidden)))
    targets = np.flatnonzero(quantity.targets)
    down, up = np.zeros(len(hidden)), np.zeros(len(hidden))
    for target in targets.tolist():
        for room in (quantity.room[1][target], quantity.room[0][target]):
            here = np.array([target])
            if room and not quantity.holds(here, down, up)[0]:
                move = moves.towards(here, np.array([room]))
                up[move.variables] = np.maximum(up[move.variables], move.amounts)
                down[move.variables] = np.minimum(down[move.variables], move.amounts)
    wide = (up - down)[targets]
    narrow = ~quantity.holds(targets, down, up)
    return Told(
        exact=int((wide < _HAIR).sum()),
        pinned=int(((wide >= _HAIR) & (wide < 1 - _HAIR)).sum()),
        narrow=int(narrow.sum()),
    )
