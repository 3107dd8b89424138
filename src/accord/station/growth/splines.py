"""Cubic B-splines of earlier scores: the curves on which growth is fitted.

Knots are the 20th, 40th, 60th and 80th percentile of a grade's earlier scores, the ends their range
and a tenth of it more on either side, all rounded to three decimals (Betebenner 2009). The first
function of the basis is left out, because the regression has an intercept of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_DEGREE = 3
_KNOTS_AT = (0.2, 0.4, 0.6, 0.8)
_BEYOND = 0.1  # of the range, on either side
_DECIMALS = 3


@dataclass(frozen=True)
class Spline:
    """A basis by its knots and its two ends, and the ends of the scores that it was made of."""

    knots: tuple[float, ...]
    ends: tuple[float, float]
    lowest: float
    highest: float

    @classmethod
    def of(cls, scores: Floats) -> Spline:
        """The basis for scores of one grade."""
        low, high = float(scores.min()), float(scores.max())
        beyond = _BEYOND * (high - low)
        knots = np.round(np.quantile(scores, _KNOTS_AT), _DECIMALS)
        ends = np.round([low - beyond, high + beyond], _DECIMALS)
        return cls(
            tuple(float(knot) for knot in knots), (float(ends[0]), float(ends[1])), low, high
        )

    @property
    def width(self) -> int:
        """How many functions: one for each knot, and the degree."""
        return len(self.knots) + _DEGREE

    def basis(self, scores: Floats) -> Floats:
        """One row a score, one column a function; scores beyond the ends are taken at them."""
        inside = np.clip(scores, *self.ends)
        distinct, place = np.unique(inside, return_inverse=True)
        return np.asarray(self._of_distinct(distinct)[place])

    def _of_distinct(self, scores: Floats) -> Floats:
        """De Boor's recursion, from steps up to cubics."""
        low, high = self.ends
        line = np.array([low] * (_DEGREE + 1) + list(self.knots) + [high] * (_DEGREE + 1))
        span = np.clip(
            np.searchsorted(line, scores, side="right") - 1,
            _DEGREE,
            len(line) - _DEGREE - 2,
        )
        values = (span[:, None] == np.arange(len(line) - 1)).astype(np.float64)
        for degree in range(1, _DEGREE + 1):
            left, right = line[: -degree - 1], line[degree + 1 :]
            rise, fall = line[degree:-1] - left, right - line[1:-degree]
            up = np.divide(scores[:, None] - left, rise, where=rise > 0, out=_zeros(scores, left))
            down = np.divide(
                right - scores[:, None], fall, where=fall > 0, out=_zeros(scores, left)
            )
            values = up * values[:, :-1] + down * values[:, 1:]
        return np.asarray(values[:, 1:])


def _zeros(rows: Floats, columns: Floats) -> Floats:
    return np.zeros((len(rows), len(columns)))
