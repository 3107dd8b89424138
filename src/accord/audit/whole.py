"""Tables of whole numbers: the best of all, and some near a table with fractions.

A solver that searches whole numbers within wide ranges may search for hours. So most tables are
looked for in a small neighbourhood: of a linear program's own answer, of the way to it from a table
that is known, of the middle of all tables.
"""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from accord.audit.program import SECONDS, Floats, Part, no_answer, shifted, solver_for
from accord.base.errors import RefusedError
from accord.cells.places import Whole

_CLOSE = 1e-6
_REACHES = (0.001, 0.002, 0.004, 0.01)
"""How far from a number is near: one, and so large a share of it. Points go with students, and a
thousand of them with one."""
_WIDE = 10**7
"""In ranges as wide as this a solver may search whole numbers for hours: some are so large that its
own tolerance is too fine for them."""
_SHARES = (1.0, 0.875, 0.5, 0.125)
"""Of the way to a table with fractions."""


def whole_table(part: Part, costs: Floats, seconds: float = SECONDS) -> Whole | None:
    """The whole-number table with the largest value of an objective; `None` when none fits.

    Raises `RefusedError` when HiGHS doesn't find out in time.
    """
    solver = solver_for(_from_low(part), seconds)
    size = len(part.variables)
    every = np.arange(size, dtype=np.int32)
    solver.changeColsIntegrality(size, every, np.full(size, highspy.HighsVarType.kInteger))
    solver.changeColsCost(size, every, costs)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise no_answer(solver.modelStatusToString(status))
    return rounded(part, part.low + np.array(solver.getSolution().col_value))


def _from_low(part: Part) -> Part:
    """The part with every number counted from its low end.

    A sum of points is in the thousands of millions, where a solver's tolerance is finer than its
    arithmetic; the search may then turn in circles, and never look at its watch.
    """
    sums = part.sums(part.low)
    return replace(
        part,
        low=np.zeros_like(part.low),
        high=part.high - part.low,
        least=shifted(part.least, -sums),
        most=shifted(part.most, -sums),
    )


def repaired(part: Part, numbers: Floats, seconds: float = SECONDS) -> Whole | None:
    """A whole-number table near one with fractions: what is whole stays, the rest is solved anew.

    `None` when there is none so near.
    """
    table = np.rint(numbers).astype(np.int64)
    loose = np.abs(numbers - table) > _CLOSE
    if not loose.any():
        return None
    return _filled(part, table, (part.low, part.high), np.where(loose, 0.0, np.nan), seconds)


def beside(part: Part, numbers: Floats, costs: Floats, seconds: float = SECONDS) -> Whole | None:
    """A whole table in which no number is far from one with fractions, the nearer the better.

    The best of those next to it by `costs`, or any further off: however wide the ranges are, few
    whole numbers lie so near. `None` when none does.
    """
    found = _within(part, numbers, np.ones(len(numbers)), costs, seconds)
    for reach in _REACHES:
        if found is None:
            far = 1 + reach * np.abs(numbers)
            found = _within(part, numbers, far, np.zeros(len(costs)), seconds)
    return found


def between(
    part: Part, table: Whole, numbers: Floats, costs: Floats, seconds: float = SECONDS
) -> Whole | None:
    """A whole table on the way from one that fits to one with fractions.

    It is the best between the two, variable by variable, which always has an answer. Where ranges
    are wide that could be searched for hours: then it is the furthest on the way beside which there
    is one, and the best between only where there is none.
    """
    low = np.minimum(table, np.floor(numbers + _CLOSE)).astype(np.int64)
    high = np.maximum(table, np.ceil(numbers - _CLOSE)).astype(np.int64)
    low, high = np.maximum(low, part.low), np.minimum(high, part.high)
    loose = low < high
    if not loose.any():
        return None
    if (high - low).max() > _WIDE:
        for share in _SHARES:
            found = beside(part, table + share * (numbers - table), costs, seconds)
            if found is not None:
                return found
    return _filled(part, table, (low, high), np.where(loose, costs, np.nan), seconds)


def _within(
    part: Part, numbers: Floats, far: Floats, costs: Floats, seconds: float
) -> Whole | None:
    """The best whole table no further than `far` from each number; `None` when there is none."""
    low = np.maximum(part.low, np.floor(numbers - far).astype(np.int64))
    high = np.minimum(part.high, np.ceil(numbers + far).astype(np.int64))
    if (low > high).any():
        return None
    return whole_table(replace(part, low=low, high=high), costs, seconds)


def _filled(
    part: Part, table: Whole, ends: tuple[Whole, Whole], costs: Floats, seconds: float
) -> Whole | None:
    """A table with the best whole numbers between `ends` wherever there is a cost at all.

    `None` when there is none.
    """
    loose = ~np.isnan(costs)
    table = np.where(loose, 0, table)
    touched = part.lines.counts(loose) > 0
    near = part.lines.only(touched)
    taken = np.add.reduceat(table[near.member] * near.sign, near.start[:-1])
    small = Part(
        variables=np.flatnonzero(loose),
        low=ends[0][loose],
        high=ends[1][loose],
        lines=near.among(np.flatnonzero(loose), len(table)),
        least=shifted(part.least[touched], -taken),
        most=shifted(part.most[touched], -taken),
        origin=part.origin[touched],
    )
    found = whole_table(small, costs[loose], seconds)
    if found is None:
        return None
    table[loose] = found
    return table if part.fits(table) else None


def rounded(part: Part, numbers: Floats) -> Whole | None:
    """The table of whole numbers that the solver meant; `None` if it is not one that fits."""
    whole = np.rint(numbers).astype(np.int64)
    return whole if part.fits(whole) else None


def no_whole_table() -> RefusedError:
    """What to say when the published figures fit no table of students."""
    return RefusedError.because(
        "The published figures contradict each other: they fit no table of whole students.",
        "Find out which table is wrong.",
    )
