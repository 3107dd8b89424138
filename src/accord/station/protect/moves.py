"""The cheapest change of hidden numbers that a reader can't tell from the truth.

A *move* is a table that fits everything the reader can write down, as its difference from the true
one. Asked to move some variables as far as is wanted, the solver finds a move that touches the
cheapest other variables: short loops through a few lines, mostly. Over the hidden variables alone
that is a proof that the reader can't tell; over all of them, at their cost, it also says what else
to hide.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from accord.base.errors import RefusedError
from accord.cells.places import Flags, Whole
from accord.station.protect.quantity import Amounts, Quantity

SECONDS = 60.0
"""One program takes milliseconds; one that takes so long is given up."""

_REWARD = 1e6  # for a unit of what is wanted; dearer than any loop
_STILL = 1e-7
_DUAL, _PRIMAL = 1, 4


@dataclass(frozen=True)
class Move:
    """How far each of some variables moves; all others stay."""

    variables: Whole
    amounts: Amounts


class Moves:
    """Moves of the variables that `movable` marks, each at its `price` a unit.

    One solver is kept and asked many times, each time from the same start, so that an answer
    depends on the question alone.
    """

    def __init__(self, quantity: Quantity, movable: Flags, price: Amounts) -> None:
        self._quantity = quantity
        self._variables = np.flatnonzero(movable)
        self._column = np.full(len(movable), -1, dtype=np.int64)
        self._column[self._variables] = np.arange(len(self._variables))
        below, above = quantity.room
        self._reach = np.stack([above[self._variables], -below[self._variables]])
        self._price = price[self._variables].astype(np.float64)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 0), ("presolve", "off"),
        ):  # fmt: skip
            self._solver.setOptionValue(option, value)
        self._solver.passModel(self._model())

    def reprice(self, variables: Whole, price: Amounts) -> None:
        """Put another price on some variables, one for each."""
        count = len(self._variables)
        columns = self._column[variables]
        self._price[columns] = price
        for column in columns.tolist():
            for each in (column, column + count):
                self._solver.changeColCost(each, float(self._price[column]))

    def fix(self, variable: int) -> None:
        """Let a variable move no more."""
        self._bound(int(self._column[variable]), (0.0, 0.0))

    def free(self, variable: int) -> None:
        """Let a fixed variable move again."""
        column = int(self._column[variable])
        self._bound(column, self._reach[:, column])

    def towards(self, variables: Whole, wanted: Amounts) -> Move:
        """The cheapest move of some variables by what is `wanted`, or as near to it as possible.

        Raises `RefusedError` when the solver doesn't answer.
        """
        columns = self._column[variables]
        count = len(self._variables)
        for column, want in zip(columns.tolist(), wanted.tolist(), strict=True):
            up, down = self._reach[:, column]
            self._bound(column, (min(want, up), 0.0) if want > 0 else (0.0, min(-want, down)))
            self._solver.changeColCost(column + (0 if want > 0 else count), -_REWARD)
        found = self._solve()
        for column in columns.tolist():
            self._bound(column, self._reach[:, column])
            for each in (column, column + count):
                self._solver.changeColCost(each, float(self._price[column]))
        amounts = found[:count] - found[count:]
        moved = np.flatnonzero(np.abs(amounts) > _STILL)
        return Move(self._variables[moved], amounts[moved])

    def _solve(self) -> Amounts:
        """The program's answer; where the dual simplex stumbles over its numbers, the primal's."""
        for strategy in (_DUAL, _PRIMAL):
            self._solver.clearSolver()
            self._solver.setOptionValue("simplex_strategy", strategy)
            self._solver.setOptionValue("time_limit", self._solver.getRunTime() + SECONDS)
            self._solver.run()
            if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                return np.array(self._solver.getSolution().col_value)
        raise RefusedError.because(
            "The solver did not tell in time whether a hidden number is safe: nothing may leave.",
            "Let fewer groups, grades or schools leave in the charter's publication plan.",
            field="publication",
        )

    def _bound(self, column: int, reach: Amounts | tuple[float, float]) -> None:
        self._solver.changeColBounds(column, 0.0, float(reach[0]))
        self._solver.changeColBounds(column + len(self._variables), 0.0, float(reach[1]))

    def _model(self) -> highspy.HighsLp:
        """Each variable as two columns, up and down, over the lines that it is in."""
        lines = self._quantity.lines
        kept = self._column[lines.member] >= 0
        touched, row = np.unique(lines.line[kept], return_inverse=True)
        column, factor = self._column[lines.member[kept]], lines.sign[kept].astype(np.float64)
        count = len(self._variables)
        entries = np.concatenate([column, column + count])
        order = np.argsort(entries, kind="stable")
        below, above = self._quantity.slack
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * count, len(touched)
        model.col_cost_ = np.concatenate([self._price, self._price])
        model.col_lower_, model.col_upper_ = np.zeros(2 * count), self._reach.ravel()
        model.row_lower_, model.row_upper_ = below[touched], above[touched]
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.searchsorted(entries[order], np.arange(2 * count + 1))
        model.a_matrix_.index_ = np.concatenate([row, row])[order]
        model.a_matrix_.value_ = np.concatenate([factor, -factor])[order]
        return model
