"""A contender: complementary suppression by LP flow, as textbooks have it.

Small groups are protected one after the other, the smallest interval first. For each, a linear
program finds the cheapest way to move it up and down by what it needs, over all cells: those hidden
already are free, a shown one costs what the charter says. The cells that it moves are hidden. One
program is built and kept; only prices and the two ends of the cell in question change, and each run
starts from the last one's basis. What a cell was moved by on the way counts for it as well. In the
end lines whose hidden parts are together too small are closed, as the gate's own rule asks.
"""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from accord.cells.places import Flags, Whole
from accord.station.protect.closing import close_lines
from accord.station.protect.quantity import Quantity

_FREE, _STILL = 1e-4, 1e-7


def lp_flow(quantity: Quantity) -> Flags:
    """The variables to hide, so that every target can move as far as it must."""
    hidden = quantity.primary
    program = _Program(quantity, hidden)
    targets = np.flatnonzero(quantity.targets)
    down, up = np.zeros(len(hidden)), np.zeros(len(hidden))
    for target in sorted(targets.tolist(), key=lambda each: (-quantity.interval.width[each], each)):
        for side in (1, -1):
            here = np.array([target])
            if quantity.holds(here, down, up)[0]:
                break
            far = quantity.far(here, down, up)[0 if side > 0 else 1][0]
            room = quantity.room[1][target] if side > 0 else -quantity.room[0][target]
            wanted = min(far, room)
            if wanted <= 0:
                continue
            moved, amounts = program.move(target, side * wanted)
            program.set_free(moved[~hidden[moved]])
            hidden[moved] = True
            up[moved] = np.maximum(up[moved], amounts)
            down[moved] = np.minimum(down[moved], amounts)
    close_lines(quantity, hidden)
    return hidden


class _Program:
    """All cells that may move, as two columns each, over the lines between them."""

    def __init__(self, quantity: Quantity, hidden: Flags) -> None:
        lines, below, above = quantity.lines, *quantity.room
        self._cells = np.flatnonzero(hidden | quantity.open)
        column = np.full(len(hidden), -1)
        column[self._cells] = np.arange(len(self._cells))
        self._column, self._count = column, len(self._cells)
        self._reach = np.concatenate([above[self._cells], -below[self._cells]])
        cost = quantity.cost[self._cells] / quantity.cost[self._cells].max()
        self._cost = np.tile(np.where(hidden[self._cells], _FREE, 0.01 + cost), 2)
        kept = column[lines.member] >= 0
        entry = np.concatenate([column[lines.member[kept]]] * 2)
        entry[kept.sum() :] += self._count
        order = np.argsort(entry, kind="stable")
        factor = lines.sign[kept].astype(float)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * self._count, len(lines)
        model.col_cost_, model.col_lower_ = self._cost, np.zeros(2 * self._count)
        model.col_upper_ = self._reach
        model.row_lower_, model.row_upper_ = quantity.slack
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.searchsorted(entry[order], np.arange(2 * self._count + 1))
        model.a_matrix_.index_ = np.tile(lines.line[kept], 2)[order]
        model.a_matrix_.value_ = np.concatenate([factor, -factor])[order]
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("presolve", "off")
        self._solver.passModel(model)

    def set_free(self, cells: Whole) -> None:
        """Cells that are hidden now cost nothing more."""
        for column in self._column[cells].tolist():
            for each in (column, column + self._count):
                self._cost[each] = _FREE
                self._solver.changeColCost(each, _FREE)

    def move(self, cell: int, wanted: float) -> tuple[Whole, NDArray[np.float64]]:
        """The cells of the cheapest move of one cell by `wanted`, and how far each goes."""
        up, down = int(self._column[cell]), int(self._column[cell]) + self._count
        used, other = (up, down) if wanted > 0 else (down, up)
        self._solver.changeColBounds(used, abs(wanted), abs(wanted))
        self._solver.changeColBounds(other, 0.0, 0.0)
        self._solver.run()
        solved = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found = (
            np.array(self._solver.getSolution().col_value) if solved else np.zeros(2 * self._count)
        )
        for each in (up, down):
            self._solver.changeColBounds(each, 0.0, float(self._reach[each]))
        amounts = found[: self._count] - found[self._count :]
        moved = np.flatnonzero(np.abs(amounts) > _STILL)
        return self._cells[moved], amounts[moved]
