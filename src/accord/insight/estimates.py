"""Values with the range that chance alone could give them, and the differences between them.

A published value is an exact fraction; a banded one is only known to lie between two. Around
either, the range by chance is floating point, because it says how unsure we are and needs no more
digits than that. Methods: a rate has Wilson's score interval; a mean has a t interval from its
released standard error; the difference of two rates has Newcombe's hybrid score interval; the
difference of two means has Welch's. Newcombe's rule recovers a variance from each side's limits, so
it holds as well for a difference of differences and for two that overlap (Zou & Donner 2008).

Sources: E. B. Wilson 1927; R. G. Newcombe 1998, Statistics in Medicine 17, 873–890, method 10;
B. L. Welch 1947; G. Y. Zou & A. Donner 2008, Statistics in Medicine 27, 1693–1702.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from accord.insight.student_t import t_quantile


@dataclass(frozen=True)
class Spread:
    """How far a mean strays by chance: its standard error and degrees of freedom."""

    standard_error: float
    freedom: float


@dataclass(frozen=True)
class Estimate:
    """A value in its indicator's unit: from `least` to `most`, and by chance from `low` to `high`.

    `least` and `most` are equal where the value is exact. `low` and `high` are both absent where
    the noise is not known. `spread` is there for means and differences of means.
    """

    least: Fraction
    most: Fraction
    low: float | None = None
    high: float | None = None
    spread: Spread | None = None

    @property
    def value(self) -> Fraction | None:
        """The exact value; nothing where only a band is known."""
        return self.least if self.least == self.most else None

    @property
    def sign(self) -> int | None:
        """+1 or −1 where the whole range is on one side of zero, 0 where it isn't.

        Nothing where the noise is not known.
        """
        if self.low is None or self.high is None:
            return None
        return (self.low > 0) - (self.high < 0)

    def times(self, factor: Fraction | int) -> Estimate:
        """The estimate in another unit, or seen from the other side."""
        least, most = self.least * factor, self.most * factor
        low = None if self.low is None else self.low * float(factor)
        high = None if self.high is None else self.high * float(factor)
        if factor < 0:
            least, most, low, high = most, least, high, low
        if self.spread is None:
            return Estimate(least, most, low, high)
        error = self.spread.standard_error * abs(float(factor))
        return Estimate(least, most, low, high, Spread(error, self.spread.freedom))


def exact(value: Fraction) -> Estimate:
    """A value whose noise is not known."""
    return Estimate(value, value)


def rate(value: Fraction, count: Fraction, scale: int, confidence: float) -> Estimate:
    """A rate of `count` students with Wilson's interval; `scale` is 100 for percent.

    >>> estimate = rate(Fraction(3, 14), Fraction(14), 1, 0.95)
    >>> round(estimate.low, 4), round(estimate.high, 4)
    (0.0757, 0.4759)
    """
    return banded_rate(value, value, count, scale, confidence)


def banded_rate(
    least: Fraction, most: Fraction, count: Fraction, scale: int, confidence: float
) -> Estimate:
    """A rate known to lie between two, of `count` students or more."""
    low, _ = _wilson(float(least / scale), float(count), confidence)
    _, high = _wilson(float(most / scale), float(count), confidence)
    return Estimate(least, most, scale * low, scale * high)


def mean(value: Fraction, standard_error: Decimal, count: Fraction, confidence: float) -> Estimate:
    """A mean of `count` students with a t interval from its released standard error."""
    spread = Spread(float(standard_error), float(count) - 1)
    return _around(value, value, spread, confidence)


def difference(
    first: Estimate, second: Estimate, confidence: float, *, overlap: float = 0.0
) -> Estimate:
    """`first` − `second`.

    `overlap` is 0 where the two share nobody. Where everyone in `first` is in `second` as well, it
    is the share of `second` that `first` makes up; what both have in common then cancels out.
    """
    least, most = first.least - second.most, first.most - second.least
    if first.spread and second.spread:
        return _around(least, most, _welch(first.spread, second.spread, overlap), confidence)
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return Estimate(least, most)
    alike = math.sqrt(overlap)  # the correlation of a part's rate with that of the whole
    down = _together(float(first.least) - first.low, second.high - float(second.most), alike)
    up = _together(first.high - float(first.most), float(second.least) - second.low, alike)
    return Estimate(least, most, float(least) - down, float(most) + up)


def _together(one: float, other: float, correlation: float) -> float:
    return math.sqrt(one * one + other * other - 2 * correlation * one * other)


def _wilson(p: float, n: float, confidence: float) -> tuple[float, float]:
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def _around(least: Fraction, most: Fraction, spread: Spread, confidence: float) -> Estimate:
    if spread.freedom <= 0:
        return Estimate(least, most)
    half = t_quantile((1 + confidence) / 2, spread.freedom) * spread.standard_error
    return Estimate(least, most, float(least) - half, float(most) + half, spread)


def _welch(first: Spread, second: Spread, overlap: float) -> Spread:
    """The standard error of a difference, with Satterthwaite's degrees of freedom."""
    a, b = first.standard_error**2, second.standard_error**2
    if a + b == 0:
        return Spread(0.0, min(first.freedom, second.freedom))
    freedom = (a + b) ** 2 / (a * a / first.freedom + b * b / second.freedom)
    return Spread(math.sqrt(max(a + b - 2 * overlap * a, 0.0)), freedom)
