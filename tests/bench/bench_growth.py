"""Growth percentiles: the reference's figures, the exact library beside, and a whole state's grade.

python tests/bench/bench_growth.py [FOLDER OF sgpData_WIDE.csv.gz]

Writes build/bench/growth.json. The library is HiGHS (highspy), which solves each quantile's linear
program exactly; it is run on every regression of the reference, at a few of the hundred quantiles
of each, and compared by processor time a fit. Run with OPENBLAS_NUM_THREADS=1 (`make growth` does):
the matrices are too narrow for several threads.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import highspy
import numpy as np
from figures import Figure, exit_code, write_figures
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from accord.station.growth.norms import QUANTILES, History, NormsAbout, design_of, fit_norms
from accord.station.growth.percentiles import UNKNOWN, growth_of
from accord.station.growth.quantile import Regression
from accord.station.growth.splines import Spline
from real_data import BESIDE
from support.growth import wide_history

Floats = NDArray[np.float64]

ABOUT = NormsAbout("three-districts", "reading", "2024-25", "reference")
REFERENCE_SUM, REFERENCE_COUNT = 1_707_319, 34_225
STUDENTS = 400_000
_ASKED = (2, 27, 52, 77, 97)  # of the hundred quantiles, for the library
_MINUTES, _MEMORY = 10, 4.0


def main(arguments: list[str]) -> int:
    """Measure, write the figures; 1 where a goal is missed."""
    folder = Path(arguments[0] if arguments else os.environ.get("ACCORD_REAL_DATA", BESIDE))
    path = folder / "sgp" / "sgpData_WIDE.csv.gz" if folder.is_dir() else folder
    if not path.is_file():
        sys.stderr.write("sgpData_WIDE.csv.gz is not there; set ACCORD_REAL_DATA.\n")
        return 3
    figures = [*_reference(wide_history(path)), *_state()]
    write_figures("growth", figures)
    return exit_code(figures)


def _reference(history: History) -> Iterator[Figure]:
    started = time.process_time()
    norms = fit_norms(history, ABOUT)
    growth = growth_of(history, norms, {})
    seconds = time.process_time() - started
    known = growth.percentile != UNKNOWN
    total, count = int(growth.percentile[known].sum()), int(known.sum())
    yield Figure(
        "sum of percentiles, reading, latest year", total, "points", "R SGP",
        total / REFERENCE_SUM, f"{REFERENCE_SUM:,}", total == REFERENCE_SUM,
    )  # fmt: skip
    yield Figure(
        "students with a percentile", count, "students", "R SGP",
        count / REFERENCE_COUNT, f"{REFERENCE_COUNT:,}", count == REFERENCE_COUNT,
    )  # fmt: skip
    ours = theirs = worst = 0.0
    for regression in _regressions(history):
        begun = time.process_time()
        planes = regression.at(QUANTILES)
        ours += (time.process_time() - begun) / len(QUANTILES)
        begun = time.process_time()
        best = [_smallest_loss(regression, QUANTILES[place]) for place in _ASKED]
        theirs += (time.process_time() - begun) / len(_ASKED)
        for place, least in zip(_ASKED, best, strict=True):
            found = _loss(regression.over(planes[place]), QUANTILES[place])
            worst = max(worst, found / least - 1)
    yield Figure("norms fitted and applied", seconds, "CPU seconds")
    yield Figure(
        "CPU of a fit, over all regressions of the reference", ours, "seconds", "HiGHS, exact",
        ours / theirs, "a tenth", ours <= theirs / 10,
    )  # fmt: skip
    yield Figure(
        "largest excess of our loss over the least", worst, "share", "HiGHS", None, "1e-9",
        worst <= 1e-9,
    )  # fmt: skip


def _regressions(history: History) -> Iterator[Regression]:
    """Every grade and number of priors that the reference fits."""
    norms_of = history.grade[:, 1]
    for grade in range(4, 9):
        for priors in range(1, min(3, grade - 3) + 1):
            rows = history.with_priors(grade, priors)
            curves = [
                Spline.of(history.score[(norms_of == low) & ~np.isnan(history.score[:, 1]), 1])
                for low in range(grade - 1, grade - priors - 1, -1)
            ]
            design = design_of(curves, history.score[rows][:, 1 : priors + 1])
            yield Regression(design, history.score[rows, 0])


def _loss(residual: Floats, quantile: float) -> float:
    return float(np.where(residual > 0, quantile, quantile - 1) @ residual)


def _smallest_loss(regression: Regression, quantile: float) -> float:
    """The least loss, by HiGHS over the dual: max y'a, X'a = (1 - τ)X'1, 0 ≤ a ≤ 1."""
    rows, columns = regression.design.shape
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = rows, columns
    program.col_cost_ = -regression.response
    program.col_lower_, program.col_upper_ = np.zeros(rows), np.ones(rows)
    want = (1 - quantile) * regression.design.sum(axis=0)
    program.row_lower_ = program.row_upper_ = want
    held = regression.design != 0
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(held.sum(axis=1))])
    program.a_matrix_.index_ = np.nonzero(held)[1]
    program.a_matrix_.value_ = regression.design[held]
    solver.passModel(program)
    solver.run()
    value = -solver.getInfo().objective_function_value
    return float(value - (1 - quantile) * regression.response.sum())


def _state() -> Iterator[Figure]:
    """One grade and subject of a whole state, with two earlier scores."""
    draw = np.random.default_rng(400)
    skill = draw.normal(size=STUDENTS)
    years = [500 + 30 * year + 80 * skill for year in range(3)]
    score = np.column_stack(
        [np.rint(year + 35 * draw.normal(size=STUDENTS)) for year in reversed(years)]
    )
    grade = np.tile(np.array([6, 5, 4]), (STUDENTS, 1))
    history = History(grade, score)
    splines = {5: score[:, 1], 4: score[:, 2]}
    curves = [Spline.of(splines[5]), Spline.of(splines[4])]
    started = time.monotonic()
    regression = Regression(design_of(curves, score[:, 1:3]), score[:, 0])
    planes = regression.at(QUANTILES)
    under = 0
    for first in range(0, STUDENTS, 50_000):
        some = slice(first, first + 50_000)
        fitted = np.round(np.sort(regression.design[some] @ planes.T, axis=1), 5)
        under += int((fitted < history.score[some, :1]).sum())
    minutes = (time.monotonic() - started) / 60
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    yield Figure(
        f"{STUDENTS:,} students, one grade and subject, two priors", minutes, "minutes", "", None,
        f"{_MINUTES} minutes", minutes <= _MINUTES,
    )  # fmt: skip
    yield Figure("memory at the most", memory, "GB", "", None, f"{_MEMORY:g} GB", memory <= _MEMORY)
    yield Figure("mean percentile of that grade", under / STUDENTS, "points")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
