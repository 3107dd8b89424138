"""Complementary suppression of any table of counts, given as its cells and the sums among them.

The gate works on tables of student groups; this is the same method for a table that knows nothing
of groups, so that it can be held against published instances and other tools. A reader knows that
counts are whole and not negative, and nothing of their size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.cells.places import Flags, Lines, Whole
from accord.cells.system import UNBOUNDED, System
from accord.station.protect.hiding import hide
from accord.station.protect.quantity import Interval, Quantity

_EACH = 20  # what hiding one more cell weighs, in counts: few cells first, then small ones


@dataclass(frozen=True)
class PlainTable:
    """Cells with their counts, and lines that sum to zero: parts with 1, the whole with -1."""

    counts: Whole
    lines: Lines


def suppress(table: PlainTable, primary: Flags, width: int = 1) -> Flags:
    """The cells to hide, `primary` ones included, so that each of those stays `width` open.

    Cells that count nobody are shown: that they are empty is taken to be known. Raises
    `RefusedError` as `hiding.hide` does.
    """
    size = len(table.counts)
    nothing = np.zeros(len(table.lines), dtype=np.int64)
    return hide(
        Quantity(
            system=System(
                places=size,
                low=np.zeros(size, dtype=np.int64),
                high=np.where(table.counts > 0, UNBOUNDED, 0),
                lines=table.lines,
                least=nothing,
                most=nothing,
            ),
            values=table.counts,
            forced=np.zeros(size, dtype=bool),
            open=table.counts > 0,
            cost=(table.counts + _EACH).astype(np.float64),
            interval=Interval(
                np.where(primary, width, 0), np.full(size, -UNBOUNDED), np.full(size, UNBOUNDED)
            ),
        )
    )
