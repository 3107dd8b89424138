"""Quantities over a few numbers and lines, written down one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from accord.cells.frame import lines_of
from accord.cells.system import UNBOUNDED, System
from accord.station.protect.quantity import Interval, Least, Quantity


def quantity(
    values: list[int],
    *lines: list[tuple[int, int]],
    most: list[int] | None = None,
    width: list[int] | None = None,
    ends: tuple[int, int] = (0, 0),
    cost: list[float] | None = None,
    groups: Sequence[Least] = (),
    top: int = -UNBOUNDED,
    bottom: int = UNBOUNDED,
    blur: int = 1,
) -> Quantity:
    """Numbers from 0 to `most` (20) that can all be hidden, in lines that are off within `ends`.

    Those with a `width` are protected; `cost` is 1 for each.
    """
    size = len(values)
    system = System(
        size,
        np.zeros(size, dtype=np.int64),
        np.array(most or [20] * size),
        lines_of(list(lines)),
        np.full(len(lines), ends[0]),
        np.full(len(lines), ends[1]),
    )
    return Quantity(
        system=system,
        values=np.array(values),
        forced=np.zeros(size, dtype=bool),
        open=np.ones(size, dtype=bool),
        cost=np.array(cost or [1.0] * size),
        interval=Interval(np.array(width or [0] * size), np.full(size, top), np.full(size, bottom)),
        groups=groups,
        blur=blur,
    )
