"""What to hide so that a reader can't tell anything that is protected, and nothing more.

First every line is closed by itself. Then each protected number is proved safe by *moves*; where
there is none, the cheapest move through cells that are shown says what to hide beside. In the end
whatever was hidden in vain is shown again, dearest first, so that showing any one more cell would
break a promise.
"""

from __future__ import annotations

import numpy as np

from accord.base.errors import RefusedError
from accord.cells.places import Flags, Whole
from accord.station.protect.closing import close_lines, tells_by_itself
from accord.station.protect.moves import Moves
from accord.station.protect.proofs import Proofs
from accord.station.protect.quantity import Amounts, Quantity

_DEAREST = 100.0  # times the price of the cheapest cell
_CHEAP = 0.1  # a hidden cell that need not stay hidden, in the price of the cheapest shown one
_FREE = 0.01


def hide(quantity: Quantity) -> Flags:
    """The variables to hide, forced ones included.

    What earlier releases give away is given up. Raises `RefusedError` when something protected
    follows from what can't be hidden, or when the solver doesn't answer.
    """
    hidden = quantity.primary
    close_lines(quantity, hidden)
    proofs = Proofs(quantity)
    price = _price(quantity)
    while True:
        moves = Moves(quantity, hidden, np.where(quantity.primary, _FREE, _CHEAP * price))
        narrow = proofs.prove(moves, np.flatnonzero(quantity.targets))
        if not len(narrow):
            break
        _widen(quantity, hidden, proofs, price, narrow)
        close_lines(quantity, hidden)
    _show_superfluous(quantity, hidden, proofs, moves)
    return hidden


def _price(quantity: Quantity) -> Amounts:
    """What moving each variable by a unit costs while it is shown, by the rank of its cost."""
    rank = np.argsort(np.argsort(quantity.cost, kind="stable"), kind="stable")
    price: Amounts = _DEAREST ** (rank / len(rank))
    return price


def _widen(
    quantity: Quantity, hidden: Flags, proofs: Proofs, price: Amounts, narrow: Whole
) -> None:
    """Hide the cheapest cells that variables need to move as far as they must."""
    cheap = _CHEAP * np.where(quantity.primary, _FREE, _CHEAP * price)
    moves = Moves(quantity, hidden | quantity.open, np.where(hidden, cheap, price))
    for variable in narrow.tolist():
        if not proofs.alone(moves, variable):
            if quantity.has_history:
                proofs.give_up(variable)
                continue
            raise RefusedError.because(
                "A number that must stay hidden follows from numbers that everybody knows.",
                "Let fewer groups, grades or schools leave in the charter's publication plan.",
                field="publication",
            )
        moved = {each for loop in proofs.through(variable) for each in loop}
        opened = np.array([each for each in sorted(moved) if not hidden[each]], dtype=np.int64)
        hidden[opened] = True
        moves.reprice(opened, cheap[opened])


def _show_superfluous(quantity: Quantity, hidden: Flags, proofs: Proofs, moves: Moves) -> None:
    """Show again, dearest first, every cell without which all promises hold."""
    beside = np.flatnonzero(hidden & ~quantity.primary)
    for cell in sorted(beside.tolist(), key=lambda cell: (-quantity.cost[cell], cell)):
        hidden[cell] = False
        if tells_by_itself(quantity, hidden, quantity.lines_of[cell]):
            hidden[cell] = True
            continue
        dropped = proofs.drop(cell)
        touched = np.array(sorted({each for loop in dropped for each in loop}), dtype=np.int64)
        moves.fix(cell)
        if not proofs.can_prove(moves, touched):
            hidden[cell] = True
            moves.free(cell)
            proofs.add(dropped)
