"""Ranges and differences against worked examples of the papers they come from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from accord.insight.estimates import (
    Estimate,
    Spread,
    banded_rate,
    difference,
    exact,
    mean,
    rate,
)

SURE = 0.95


def share(numerator: int, denominator: int) -> Estimate:
    return rate(Fraction(numerator, denominator), Fraction(denominator), 1, SURE)


def test_wilson_three_of_fourteen() -> None:
    estimate = share(3, 14)
    assert estimate.value == Fraction(3, 14)
    assert estimate.low == pytest.approx(0.0757, abs=5e-5)
    assert estimate.high == pytest.approx(0.4759, abs=5e-5)


def test_wilson_by_hand_for_none_and_all() -> None:
    # p = 0: from 0 to z²/(n + z²) = 3.8415/(20 + 3.8415)
    assert share(0, 20).low == pytest.approx(0, abs=1e-12)
    assert share(0, 20).high == pytest.approx(0.16113, abs=1e-5)
    assert share(20, 20).low == pytest.approx(1 - 0.16113, abs=1e-5)
    assert share(20, 20).high == pytest.approx(1, abs=1e-12)


def test_a_rate_in_percent_keeps_its_value_exact() -> None:
    estimate = rate(Fraction(300, 14), Fraction(14), 100, SURE)
    assert estimate.value == Fraction(150, 7)
    assert estimate.low == pytest.approx(7.571, abs=5e-4)
    assert estimate.high == pytest.approx(47.589, abs=5e-4)


# Newcombe 1998, Statistics in Medicine 17, table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
]


@pytest.mark.parametrize(("first", "second", "low", "high"), NEWCOMBE)
def test_newcombe_table(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = difference(share(*first), share(*second), SURE)
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


def test_a_mean_has_a_t_range() -> None:
    # 14 students: 13 degrees of freedom, t = 2.160
    estimate = mean(Fraction(2500), Decimal("4.0"), Fraction(14), SURE)
    assert estimate.low == pytest.approx(2500 - 2.160 * 4, abs=2e-3)
    assert estimate.high == pytest.approx(2500 + 2.160 * 4, abs=2e-3)


def test_welch_by_hand() -> None:
    # standard errors 3 and 4 on 10 and 15 degrees: √(9 + 16) = 5 on
    # 25² / (81/10 + 256/15) = 24.8344 degrees; t(.975, 24.8344) = 2.0603
    first = Estimate(Fraction(20), Fraction(20), 0, 0, Spread(3, 10))
    second = Estimate(Fraction(12), Fraction(12), 0, 0, Spread(4, 15))
    found = difference(first, second, SURE)
    assert found.value == 8
    assert found.spread is not None
    assert found.spread.standard_error == pytest.approx(5)
    assert found.spread.freedom == pytest.approx(24.8344, abs=1e-4)
    assert found.high == pytest.approx(8 + 2.0603 * 5, abs=1e-3)


def test_two_means_without_any_spread_differ_exactly() -> None:
    flat = Estimate(Fraction(5), Fraction(5), 5, 5, Spread(0, 10))
    found = difference(flat, flat, SURE)
    assert (found.low, found.high) == (0, 0)


def test_a_difference_of_differences_squares_and_adds() -> None:
    wide = Estimate(Fraction(10), Fraction(10), 7, 13)
    narrow = Estimate(Fraction(4), Fraction(4), 0, 8)
    found = difference(wide, narrow, SURE)
    assert (found.value, found.low, found.high) == (6, 1, 11)  # 3 and 4 make 5


def test_without_a_range_there_is_no_sign() -> None:
    found = difference(exact(Fraction(3)), share(1, 20), SURE)
    assert found.value == Fraction(3) - Fraction(1, 20)
    assert found.sign is None


@pytest.mark.parametrize(
    ("low", "high", "sign"), [(0.1, 2, 1), (-2, -0.1, -1), (-1, 1, 0), (0, 1, 0), (-1, 0, 0)]
)
def test_sign_needs_the_whole_range_on_one_side(low: float, high: float, sign: int) -> None:
    assert Estimate(Fraction(0), Fraction(0), low, high).sign == sign


def test_seen_from_the_other_side_the_ends_change_places() -> None:
    turned = Estimate(Fraction(-5), Fraction(-4), -6, -1, Spread(2, 9)).times(-1)
    assert turned == Estimate(Fraction(4), Fraction(5), 1, 6, Spread(2, 9))
    third = Estimate(Fraction(6), Fraction(6), 3, 9).times(Fraction(1, 3))
    assert third == Estimate(Fraction(2), Fraction(2), 1, 3)


def test_a_band_has_no_value_and_the_noise_of_its_ends() -> None:
    # between 10 % and 20 % of 100 students or more: Wilson's low end for 10 of 100 is .05523, his
    # high end for 20 of 100 is .28883
    band = banded_rate(Fraction(10), Fraction(20), Fraction(100), 100, SURE)
    assert band.value is None
    assert band.low == pytest.approx(5.523, abs=1e-3)
    assert band.high == pytest.approx(28.883, abs=1e-3)


def test_bands_differ_by_all_that_they_allow() -> None:
    later = Estimate(Fraction(30), Fraction(34), 27, 37)
    earlier = Estimate(Fraction(10), Fraction(12), 6, 16)
    found = difference(later, earlier, SURE)
    assert (found.least, found.most) == (18, 24)
    assert (found.low, found.high) == (13, 29)  # 3 and 4 make 5 on either side


def test_a_part_and_its_whole() -> None:
    # 20 % of all students are the group: 30 % of 20,000 and 25 % of 100,000, so 23.75 % of the
    # other 80,000. p − all = .8 · (p − rest), and the rest is independent of the group:
    # .8 · √(.3·.7/20,000 + .2375·.7625/80,000) · 1.96 = .005602
    group, everyone = share(6_000, 20_000), share(25_000, 100_000)
    found = difference(group, everyone, SURE, overlap=0.2)
    assert found.value == Fraction(5, 100)
    assert found.low == pytest.approx(0.05 - 0.005602, abs=2e-4)
    assert found.high == pytest.approx(0.05 + 0.005602, abs=2e-4)


def test_a_part_and_its_whole_in_means() -> None:
    # standard errors 2 and 1, the group a quarter of all: 4 + 1 − 2 · ¼ · 4 = 3
    part = Estimate(Fraction(3), Fraction(3), 0, 0, Spread(2, 50))
    whole = Estimate(Fraction(1), Fraction(1), 0, 0, Spread(1, 203))
    found = difference(part, whole, SURE, overlap=0.25)
    assert found.spread is not None
    assert found.spread.standard_error == pytest.approx(3**0.5)
