"""The curves: where their knots lie, and what the functions add up to."""

from __future__ import annotations

import numpy as np
import pytest

from accord.station.growth.splines import Spline

SCORES = np.arange(101, dtype=np.float64)


def test_knots_and_ends_are_the_rules() -> None:
    spline = Spline.of(SCORES)
    assert spline.knots == (20.0, 40.0, 60.0, 80.0)
    assert spline.ends == (-10.0, 110.0)
    assert (spline.lowest, spline.highest) == (0.0, 100.0)
    assert spline.width == 7


def test_the_functions_and_the_one_left_out_add_up_to_one() -> None:
    spline = Spline.of(SCORES)
    basis = spline.basis(np.array([-10.0, 10.0, 30.0, 110.0]))
    # Up to the first knot, at 20, the one left out is ((20 - x) / 30)³.
    assert 1 - basis.sum(axis=1) == pytest.approx([1.0, (10 / 30) ** 3, 0.0, 0.0])
    assert (basis >= 0).all()


def test_a_spline_of_evenly_spaced_knots_is_the_textbooks() -> None:
    """Knots 0, 1, …, 7 on a line: in the middle of its reach the cubic is 2/3, one off 1/6."""
    spline = Spline((1.0, 2.0, 3.0, 4.0, 5.0, 6.0), (0.0, 7.0), 0.0, 7.0)
    at_four = spline.basis(np.array([4.0]))[0]
    assert sorted(at_four[at_four > 1e-12]) == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_beyond_the_ends_a_score_is_taken_at_them() -> None:
    spline = Spline.of(SCORES)
    assert np.array_equal(spline.basis(np.array([500.0])), spline.basis(np.array([110.0])))
