"""The t quantile against the values that statistics textbooks print."""

from __future__ import annotations

import pytest

from accord.insight.student_t import t_quantile

# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: upper critical values, three decimals.
PUBLISHED = [
    (0.95, 1, 6.314),
    (0.975, 1, 12.706),
    (0.99, 1, 31.821),
    (0.995, 1, 63.657),
    (0.975, 2, 4.303),
    (0.90, 3, 1.638),
    (0.975, 4, 2.776),
    (0.975, 5, 2.571),
    (0.99, 7, 2.998),
    (0.975, 10, 2.228),
    (0.995, 12, 3.055),
    (0.975, 13, 2.160),
    (0.975, 20, 2.086),
    (0.975, 30, 2.042),
    (0.95, 60, 1.671),
    (0.975, 100, 1.984),
]


@pytest.mark.parametrize(("probability", "freedom", "published"), PUBLISHED)
def test_published_table(probability: float, freedom: float, published: float) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(published, abs=6e-4)


def test_one_degree_is_the_cauchy_distribution() -> None:
    assert t_quantile(0.75, 1) == pytest.approx(1.0, abs=1e-9)
    assert t_quantile(0.975, 1) == pytest.approx(12.7062047362, abs=1e-8)


def test_two_degrees_have_a_closed_form() -> None:
    # t = (2p − 1) · √(2 / (4p(1 − p))) for two degrees of freedom
    for p in (0.6, 0.9, 0.975, 0.9995):
        assert t_quantile(p, 2) == pytest.approx((2 * p - 1) * (2 / (4 * p * (1 - p))) ** 0.5)


def test_many_degrees_approach_the_normal_distribution() -> None:
    assert t_quantile(0.975, 1e6) == pytest.approx(1.959966, abs=1e-6)
    assert t_quantile(0.975, 1e9) == pytest.approx(1.959964, abs=1e-6)


def test_below_the_middle_mirrors_above_it() -> None:
    assert t_quantile(0.025, 7.5) == -t_quantile(0.975, 7.5)
    assert t_quantile(0.5, 7.5) == pytest.approx(0, abs=1e-9)


def test_fractional_degrees_lie_between_whole_ones() -> None:
    assert t_quantile(0.975, 3) < t_quantile(0.975, 2.5) < t_quantile(0.975, 2)


@pytest.mark.parametrize(("probability", "freedom"), [(0, 5), (1, 5), (0.5, 0), (0.5, -1)])
def test_nonsense_is_refused(probability: float, freedom: float) -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        t_quantile(probability, freedom)


@pytest.mark.parametrize("probability", [0.6, 0.975, 0.9995])
def test_series_and_bracket_meet_without_a_step(probability: float) -> None:
    below, at = t_quantile(probability, 99.999999), t_quantile(probability, 100)
    assert below == pytest.approx(at, abs=1e-8)
    assert below > at
