"""Tables near a known one: the least change of whole numbers that moves hidden ones far enough.

A linear program over *changes*, each variable's up and down apart, asks for hidden numbers to move
and charges for everything else that moves with them. Starting at a table of whole numbers such
changes are short and nearly always whole themselves, so that a witness table comes without a search
over whole numbers.
"""

from __future__ import annotations

import highspy
import numpy as np

from accord.audit.program import Floats, Part, solver_of
from accord.cells.places import Whole
from accord.cells.system import as_floats

_REWARD = 1e6  # for a unit of what is wanted; dearer than any change that it takes
_DUAL, _PRIMAL = 1, 4


class Nearby:
    """Changes of one whole-number table of a part."""

    def __init__(self, part: Part, table: Whole, seconds: float) -> None:
        self.part, self.table = part, table
        size = len(part.variables)
        self._up = as_floats(part.high) - table
        self._down = table - as_floats(part.low)
        sums = part.sums(table)
        order = np.argsort(part.lines.member, kind="stable")
        starts = np.searchsorted(part.lines.member[order], np.arange(size + 1))
        factor = part.lines.sign[order].astype(np.float64)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * size, len(part.lines)
        model.col_cost_ = np.ones(2 * size)
        model.col_lower_ = np.zeros(2 * size)
        model.col_upper_ = np.concatenate([self._up, self._down])
        model.row_lower_ = as_floats(part.least) - sums
        model.row_upper_ = as_floats(part.most) - sums
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([starts, starts[1:] + starts[-1]])
        model.a_matrix_.index_ = np.tile(part.lines.line[order], 2)
        model.a_matrix_.value_ = np.concatenate([factor, -factor])
        self._solver = solver_of(model, seconds)
        self._solver.setOptionValue("presolve", "off")

    def moved(self, wanted: Floats, caps: Floats) -> Floats | None:
        """The table, with fractions perhaps, in which the sum of `wanted` × variables is higher.

        No variable that is wanted higher or lower moves by more than its cap. `None` when the
        solver has no answer: then others must find one.
        """
        size = len(self.table)
        asked = np.flatnonzero(wanted)
        rises = wanted[asked] > 0
        columns = np.where(rises, asked, asked + size).astype(np.int32)
        back = np.where(rises, asked + size, asked).astype(np.int32)
        room = np.where(rises, self._up[asked], self._down[asked])
        zero = np.zeros(len(asked))
        reward = -_REWARD * np.abs(wanted[asked])
        self._solver.changeColsCost(len(asked), columns, reward)
        self._solver.changeColsBounds(len(asked), columns, zero, np.minimum(room, caps[asked]))
        self._solver.changeColsCost(len(asked), back, -reward)
        found = self._solved()
        self._solver.changeColsCost(len(asked), columns, zero + 1)
        self._solver.changeColsBounds(len(asked), columns, zero, room)
        self._solver.changeColsCost(len(asked), back, zero + 1)
        return None if found is None else self.table + found[:size] - found[size:]

    def _solved(self) -> Floats | None:
        """Always from the beginning, so that an answer depends on the question alone."""
        for strategy in (_DUAL, _PRIMAL):
            self._solver.clearSolver()
            self._solver.setOptionValue("simplex_strategy", strategy)
            self._solver.run()
            if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                return np.array(self._solver.getSolution().col_value)
        return None
