"""A number in every place of a table, and what a reader may never know of it.

A *quantity* is what the gate protects: how many students of each group were suspended, say. Its
`system` holds what the reader can write down, with the range of every variable *as if it were
hidden*; `values` is the truth, which the reader knows wherever a place is shown. Every group's size
counts as known, so a variable's range is that of a hidden number in a group of that size.

What must hold is said for each variable, as the interval that the reader must be left with, and for
the hidden parts of a line taken together, which are a group as well, as `Least` numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from accord.cells.places import Flags, Lines, Whole
from accord.cells.system import System, as_floats

Amounts = NDArray[np.float64]

_HAIR = 1e-6
"""What a solver's answer may be off by."""


@dataclass(frozen=True)
class Interval:
    """What the reader must be left with of each variable, one number each variable.

    An interval at least `width` whole units wide that reaches up to `top` or above and down to
    `bottom` or below. A variable with nothing to protect has width 0.
    """

    width: Whole
    top: Whole
    bottom: Whole

    @classmethod
    def joined(cls, parts: Sequence[Interval]) -> Interval:
        """The intervals of some variables, then of others, and so on."""
        return cls(
            np.concatenate([part.width for part in parts]),
            np.concatenate([part.top for part in parts]),
            np.concatenate([part.bottom for part in parts]),
        )


@dataclass(frozen=True)
class Least:
    """Every group of which a sum is told must have at least `least` of `values`."""

    values: Whole
    least: int


@dataclass(frozen=True)
class Quantity:
    """See the module.

    `forced` variables are hidden whatever is decided (complements, cells hidden for another
    reason); `open` ones may be hidden beside, at their `cost`; any other is shown. A line that may
    be off by `blur` units or more says nothing of its hidden parts taken together.

    With `has_history` some variables are known from earlier releases; what those give away by
    themselves can't be mended any more.
    """

    system: System
    values: Whole
    forced: Flags
    open: Flags
    cost: Amounts
    interval: Interval
    groups: Sequence[Least] = ()
    blur: int = 1
    has_history: bool = False

    @property
    def lines(self) -> Lines:
        return self.system.lines

    @property
    def targets(self) -> Flags:
        """The variables with something to protect."""
        return self.interval.width > 0

    @property
    def primary(self) -> Flags:
        """What is hidden before anything else is considered."""
        return self.forced | (self.targets & self.open)

    @cached_property
    def room(self) -> tuple[Amounts, Amounts]:
        """How far each variable may lie below (never above 0) and above the truth when hidden."""
        low, high = as_floats(self.system.low), as_floats(self.system.high)
        return np.minimum(low - self.values, 0), np.maximum(high - self.values, 0)

    @cached_property
    def slack(self) -> tuple[Amounts, Amounts]:
        """How far each line's sum may lie below and above its true one."""
        sums = self.system.line_sums(self.values)
        return as_floats(self.system.least) - sums, as_floats(self.system.most) - sums

    @cached_property
    def lines_of(self) -> list[list[int]]:
        """The lines that each variable is in."""
        order = np.argsort(self.lines.member, kind="stable")
        ends = np.searchsorted(self.lines.member[order], np.arange(len(self.values) + 1))
        found = self.lines.line[order].tolist()
        return [found[first:last] for first, last in pairwise(ends)]

    def holds(self, variables: Whole, down: Amounts, up: Amounts) -> Flags:
        """Whether intervals from the truth ``+ down`` to the truth ``+ up`` are as they must be.

        `down` and `up` have one number for each variable; the answer is for some `variables`.
        """
        above, below = self.far(variables, down, up)
        reaching = (above <= up[variables] + _HAIR) & (below <= -down[variables] + _HAIR)
        answer: Flags = reaching | (self.interval.width[variables] == 0)
        return answer

    def far(self, variables: Whole, down: Amounts, up: Amounts) -> tuple[Amounts, Amounts]:
        """How far above the truth some variables' intervals must reach, as far down as they do;
        and how far below, as far up as they do. Parts of a unit don't count.
        """
        interval, values = self.interval, self.values[variables]
        width = interval.width[variables]
        reached = np.floor(up[variables] + _HAIR), np.floor(-down[variables] + _HAIR)
        above = np.maximum(width - reached[1], interval.top[variables] - values)
        below = np.maximum(width - reached[0], values - interval.bottom[variables])
        return above.astype(np.float64), below.astype(np.float64)
