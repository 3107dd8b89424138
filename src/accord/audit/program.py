"""One linear program over a connected part of a system, solved again and again by HiGHS.

Objectives change, ranges and lines never do, so that every solution starts from the one before. A
solver that gives up is a reason to refuse, never an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from accord.base.errors import RefusedError
from accord.cells.places import Lines, Whole
from accord.cells.system import UNBOUNDED, as_floats

Floats = NDArray[np.float64]

SECONDS = 600.0
_NOTHING = 1e-9
_DUAL_SIMPLEX, _PRIMAL_SIMPLEX = 1, 4
_NOTHING_FITS = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
_ANSWERS = (highspy.HighsModelStatus.kOptimal, *_NOTHING_FITS)


class Unsolvable(Exception):  # noqa: N818 (a finding, told in words elsewhere)
    """No table at all fits; `lines` of the part can't hold together, where the solver can tell."""

    def __init__(self, lines: Whole) -> None:
        super().__init__("no table fits")
        self.lines = lines


@dataclass(frozen=True)
class Part:
    """A connected part of a system: its `variables` there, and its own ranges and lines.

    `lines` name variables by their place in `variables`, `origin` the lines of the system; what the
    known members of a line add up to has been taken off its ends.
    """

    variables: Whole
    low: Whole
    high: Whole
    lines: Lines
    least: Whole
    most: Whole
    origin: Whole

    def sums(self, numbers: Whole) -> Whole:
        """Each line's sum, exactly, however large the numbers are."""
        found = np.zeros(len(self.lines), dtype=np.int64)
        np.add.at(found, self.lines.line, numbers[self.lines.member] * self.lines.sign)
        return found

    def fits(self, numbers: Whole) -> bool:
        """Whether whole numbers keep every range and line."""
        if ((numbers < self.low) | (numbers > self.high)).any():
            return False
        sums = self.sums(numbers)
        return bool(((sums >= self.least) & (sums <= self.most)).all())


@dataclass(frozen=True)
class Solution:
    """The best value of an objective, the table that has it, and each line's multiplier."""

    value: float
    numbers: Floats
    multipliers: Floats


class Program:
    """The linear program of a part. Raises `RefusedError` whenever HiGHS doesn't answer."""

    def __init__(self, part: Part, seconds: float = SECONDS) -> None:
        self.part = part
        self._solver = solver_for(part, seconds)
        self._costs = np.zeros(len(part.variables))

    def best(self, costs: Floats) -> Solution:
        """The largest value of the sum of `costs` × variables over all tables with fractions.

        Raises `Unsolvable` when no table fits.
        """
        changed = np.flatnonzero(costs != self._costs).astype(np.int32)
        if len(changed):
            self._solver.changeColsCost(len(changed), changed, costs[changed])
            self._costs = costs.copy()
        self._run()
        found = self._solver.getSolution()
        numbers = np.array(found.col_value)
        return Solution(float(costs @ numbers), numbers, np.array(found.row_dual))

    def _run(self) -> None:
        """Solve from the last solution on; where that fails, once more from the beginning."""
        self._solver.run()
        if self._solver.getModelStatus() not in _ANSWERS:
            self._solver.clearSolver()
            self._solver.setOptionValue("simplex_strategy", _DUAL_SIMPLEX)
            self._solver.run()
        status = self._solver.getModelStatus()
        if status in _NOTHING_FITS:
            raise Unsolvable(self._blamed())
        if status != highspy.HighsModelStatus.kOptimal:
            raise no_answer(self._solver.modelStatusToString(status))
        self._solver.setOptionValue("simplex_strategy", _PRIMAL_SIMPLEX)

    def _blamed(self) -> Whole:
        """The lines that rule each other out, by the solver's own proof of it."""
        self._solver.setOptionValue("presolve", "off")
        self._solver.run()
        _, has_ray, ray = self._solver.getDualRay()  # type: ignore[attr-defined]
        return np.flatnonzero(np.abs(np.array(ray)) > _NOTHING) if has_ray else np.arange(0)


def shifted(ends: Whole, by: Whole) -> Whole:
    """Ends moved by so much, where they are ends at all."""
    return np.where(np.abs(ends) < UNBOUNDED, ends + by, ends)


def no_answer(why: str) -> RefusedError:
    """What to say when the solver gives up."""
    return RefusedError.because(
        f"The audit could not be finished: the solver stopped with “{why}”.",
        "Nothing is safe until it is shown to be. Audit fewer periods at a time, or on a faster "
        "machine.",
    )


def solver_for(part: Part, seconds: float) -> highspy.Highs:
    """A solver that holds a part, without an objective yet."""
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(part.variables), len(part.lines)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = np.zeros(len(part.variables))
    program.col_lower_, program.col_upper_ = as_floats(part.low), as_floats(part.high)
    program.row_lower_, program.row_upper_ = as_floats(part.least), as_floats(part.most)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = part.lines.start.astype(np.int32)
    program.a_matrix_.index_ = part.lines.member.astype(np.int32)
    program.a_matrix_.value_ = part.lines.sign.astype(np.float64)
    return solver_of(program, seconds)


def solver_of(program: highspy.HighsLp, seconds: float) -> highspy.Highs:
    """A quiet solver that gives the same answer every time, or gives up after some seconds."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False), ("threads", 1), ("time_limit", seconds), ("random_seed", 1),
    ):  # fmt: skip
        solver.setOptionValue(option, value)
    solver.passModel(program)
    return solver
