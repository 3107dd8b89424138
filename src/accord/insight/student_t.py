"""Quantiles of Student's t distribution, for the range around a mean.

For many degrees of freedom the quantile is a short series around the normal one (Abramowitz and
Stegun, 26.7.5). For few, the distribution function is the regularised incomplete beta function
(NIST Digital Library of Mathematical Functions, 8.17.22: a continued fraction that converges fast
on the side used here), and the quantile is found by halving a bracket around it. Agrees with
published tables to every digit that they print.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_ENOUGH = 1e-12
_TINY = 1e-300
_MOST_TERMS = 10_000
_SERIES_FROM = 100.0  # from here on the series is right to eight decimals up to .9995


@lru_cache(maxsize=4096)
def t_quantile(probability: float, freedom: float) -> float:
    """The value that a t variable with `freedom` degrees stays below with `probability`.

    `probability` is between 0 and 1, both excluded; `freedom` is above 0 and need not be whole.
    Raises `ValueError` otherwise.
    """
    if not 0 < probability < 1 or freedom <= 0:
        raise ValueError("a probability inside (0, 1) and degrees of freedom above 0 are needed")
    if probability < 0.5:
        return -t_quantile(1 - probability, freedom)
    if freedom >= _SERIES_FROM:
        return _series(NormalDist().inv_cdf(probability), freedom)
    low, high = 0.0, 1.0
    while _cumulative(high, freedom) < probability:
        low, high = high, 2 * high
    while high - low > _ENOUGH * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _cumulative(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _series(z: float, freedom: float) -> float:
    """The quantile by powers of 1/freedom, from the normal quantile `z`."""
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))


def _cumulative(t: float, freedom: float) -> float:
    """P(T ≤ t) for t ≥ 0."""
    share = freedom / (freedom + t * t)
    return 1 - _incomplete_beta(share, freedom / 2, 0.5) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction."""
    if x in (0.0, 1.0):
        return x
    if x > (a + 1) / (a + b + 2):  # the fraction converges slowly here; the mirror image doesn't
        return 1 - _incomplete_beta(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    return front * _continued_fraction(x, a, b) / a


def _continued_fraction(x: float, a: float, b: float) -> float:
    """1/(1 + d₁/(1 + d₂/(1 + …))), evaluated forwards by Lentz's method."""
    numerator, denominator = 1.0, _away_from_zero(1 - (a + b) * x / (a + 1))
    denominator = 1 / denominator
    result = denominator
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            denominator = 1 / _away_from_zero(1 + term * denominator)
            numerator = _away_from_zero(1 + term / numerator)
            step = numerator * denominator
            result *= step
        if abs(step - 1) < _ENOUGH:
            break
    return result


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
