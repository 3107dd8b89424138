"""A table in the middle of all tables that fit, as far from every end as can be.

The optimum of a linear program lies in a corner, where whole numbers may be hard to come by. Around
a table that has room on every side they are everywhere.
"""

from __future__ import annotations

import numpy as np

from accord.audit.program import Floats, Part, Program
from accord.cells.places import Lines, Whole
from accord.cells.system import UNBOUNDED

_MOST = 100
"""More room than this is no use."""


def innermost(part: Part) -> tuple[Floats, float]:
    """A table with fractions, and its room: so much may every number change at once, in whichever
    direction, and stay within all ranges and all lines but those that are equations.

    Raises `Unsolvable` when no table fits, and `RefusedError` when HiGHS gives up.
    """
    size = len(part.variables)
    solution = Program(_with_room(part)).best(np.append(np.zeros(size), 1.0))
    return solution.numbers[:size], solution.value


def _with_room(part: Part) -> Part:
    """The part with one variable more, the room, and each end moved inwards by what it takes."""
    size, lines = len(part.variables), part.lines
    apart = part.least < part.most
    free = np.flatnonzero(part.low < part.high)
    weight = np.bincount(lines.line, np.abs(lines.sign), len(lines)).astype(np.int64)
    alone = Lines(np.arange(len(free) + 1), free, np.ones(len(free), dtype=np.int64))
    sums, taken = lines.only(apart).joined(alone), np.append(weight[apart], alone.sign)
    none = np.full(len(sums), UNBOUNDED)
    every = lines.only(~apart).joined(_and(sums, size, taken)).joined(_and(sums, size, -taken))
    return Part(
        variables=np.arange(size + 1),
        low=np.append(part.low, 0),
        high=np.append(part.high, _MOST),
        lines=every,
        least=np.concatenate([part.least[~apart], -none, part.least[apart], part.low[free]]),
        most=np.concatenate([part.most[~apart], part.most[apart], part.high[free], none]),
        origin=np.arange(len(every)),
    )


def _and(lines: Lines, variable: int, signs: Whole) -> Lines:
    """The lines with one variable more in each."""
    ends = lines.start[1:]
    return Lines(
        lines.start + np.arange(len(lines) + 1),
        np.insert(lines.member, ends, variable),
        np.insert(lines.sign, ends, signs),
    )
