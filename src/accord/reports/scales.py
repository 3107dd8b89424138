"""From values to positions, with ticks at round numbers: shared by every chart drawn here."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Scale:
    """A straight scale from `low` to `high`, with `ticks` inside it."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, value: float, start: float, end: float) -> float:
        """Where `value` lies between the positions `start` (low) and `end` (high)."""
        return start + (value - self.low) / (self.high - self.low) * (end - start)


def nice_scale(
    values: Iterable[float],
    *,
    steps: int = 4,
    least: float | None = None,
    most: float | None = None,
) -> Scale:
    """A scale with about `steps` round steps that holds all values, and stays in [least, most]."""
    found = list(values)
    low, high = min(found), max(found)
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    step = _round_step((high - low) / steps)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [index * step for index in range(first, last + 1)]
    if least is not None and ticks[0] < least:
        ticks[0] = least
    if most is not None and ticks[-1] > most:
        ticks[-1] = most
    return Scale(ticks[0], ticks[-1], tuple(ticks))


def _round_step(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in _ROUND if raw <= factor * power * (1 + 1e-9))
