"""Quantile regression: as good as an exact solver of linear programs."""

from __future__ import annotations

import highspy
import numpy as np
import pytest
from numpy.typing import NDArray

from accord.station.growth.quantile import Regression
from accord.station.growth.splines import Spline

Floats = NDArray[np.float64]
QUANTILES = tuple((number - 0.5) / 20 for number in range(1, 21))


def loss(residual: Floats, quantile: float) -> float:
    """What a fit at a quantile makes as small as can be."""
    return float(np.where(residual > 0, quantile, quantile - 1) @ residual)


def exact_loss(design: Floats, response: Floats, quantile: float) -> float:
    """The smallest loss there is, by HiGHS over the dual: max y'a, X'a = (1 - τ)X'1, 0 ≤ a ≤ 1."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    rows, columns = design.shape
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = rows, columns
    program.col_cost_ = -response
    program.col_lower_, program.col_upper_ = np.zeros(rows), np.ones(rows)
    want = (1 - quantile) * design.sum(axis=0)
    program.row_lower_ = program.row_upper_ = want
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(0, rows * columns + 1, columns)
    program.a_matrix_.index_ = np.tile(np.arange(columns), rows)
    program.a_matrix_.value_ = design.ravel()
    solver.passModel(program)
    solver.run()
    value = -solver.getInfo().objective_function_value
    return float(value - (1 - quantile) * response.sum())


def cohort(students: int, seed: int) -> tuple[Floats, Floats]:
    """Whole-number scores of two years, with many ties, as tests give them."""
    draw = np.random.default_rng(seed)
    before = np.rint(500 + 80 * draw.normal(size=students))
    after = np.rint(520 + 0.8 * (before - 500) + 45 * draw.normal(size=students))
    design = np.column_stack([np.ones(students), Spline.of(before).basis(before)])
    return design, after


def test_quantiles_of_one_column_are_quantiles() -> None:
    response = np.arange(1.0, 102.0)
    fitted = Regression(np.ones((101, 1)), response).at((0.1, 0.5, 0.9))
    assert fitted[:, 0] == pytest.approx([11.0, 51.0, 91.0])


@pytest.mark.parametrize("seed", range(4))
def test_no_fit_is_better(seed: int) -> None:
    design, response = cohort(1500, seed)
    fitted = Regression(design, response).at(QUANTILES)
    for quantile, plane in zip(QUANTILES, fitted, strict=True):
        ours = loss(response - design @ plane, quantile)
        assert ours == pytest.approx(exact_loss(design, response, quantile), rel=1e-11)


def test_as_many_rows_lie_under_the_plane_as_should() -> None:
    design, response = cohort(4000, 7)
    for quantile, plane in zip(QUANTILES, Regression(design, response).at(QUANTILES), strict=True):
        residual = response - design @ plane
        under, on = (residual < -1e-7).sum(), (np.abs(residual) <= 1e-7).sum()
        assert on >= design.shape[1]
        assert under <= quantile * len(response) <= under + on


def test_fewer_rows_than_would_be_left_free() -> None:
    design, response = cohort(60, 3)
    fitted = Regression(design, response).at((0.25, 0.75))
    for quantile, plane in zip((0.25, 0.75), fitted, strict=True):
        ours = loss(response - design @ plane, quantile)
        assert ours == pytest.approx(exact_loss(design, response, quantile), rel=1e-10)
