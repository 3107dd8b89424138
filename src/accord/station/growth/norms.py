"""Growth norms: what a base cohort's scores say of how far students go from where they were.

Norms are fitted once, on the results of one base year and up to three years before it, by a holder
whom the charter names; the holder signs them, and every station only applies them. Later growth is
then measured against the base cohort and can be seen to change; norms fitted anew each year make
average growth 50 by construction. A holder fits its own students' results, or a pool that the
partners agree on; nothing in the norms is a student's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from accord.base.canonical import content_hash
from accord.base.documents import Written
from accord.base.errors import InputError
from accord.base.progress import SILENT, Progress
from accord.indicators.sourced import Period
from accord.station.growth.quantile import Regression
from accord.station.growth.splines import Spline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PAYLOAD = "application/vnd.accord.norms+json"
PERCENTILES = 100
QUANTILES = tuple((number - 0.5) / PERCENTILES for number in range(1, PERCENTILES + 1))
MOST_PRIORS = 3
_UNITS = 10**8  # of coefficients: fitted scores are held against scores at five decimals
_THOUSANDTHS = 1000
FEWEST_STUDENTS = 1000  # with fewer the outer percentiles rest on a handful


@dataclass(frozen=True)
class History:
    """Scores of one test and subject, one row a student, the year in question first.

    `grade` and `score` have one column a year, going back; a missing score is NaN.
    """

    grade: Ints
    score: Floats

    def with_priors(self, grade: int, priors: int) -> NDArray[np.bool_]:
        """Who was in `grade` and in the `priors` grades below it in the years before, with scores
        in each of those years."""
        if priors >= self.score.shape[1]:
            return np.zeros(len(self.score), dtype=np.bool_)
        rising = self.grade[:, : priors + 1] == grade - np.arange(priors + 1)
        return np.asarray((rising & ~np.isnan(self.score[:, : priors + 1])).all(axis=1))


class WrittenSpline(Written):
    """The curve of one grade's scores, in thousandths of a point: canonical JSON holds no
    fractions."""

    knots: tuple[int, ...]
    ends: tuple[int, int]
    lowest: int
    highest: int


class WrittenFit(Written):
    """The coefficients of one grade and number of priors, one row a percentile, in units of the
    eighth decimal."""

    students: int
    coefficients: tuple[tuple[int, ...], ...]


class Norms(Written):
    """Norms of one test and subject. `splines` by the grade of the earlier score, `fits` by the
    grade of the result, then by how many earlier scores (``1`` the year before alone)."""

    norms: Literal[1]
    test: str
    subject: str
    base: Period
    holder: str
    splines: Mapping[str, WrittenSpline]
    fits: Mapping[str, Mapping[str, WrittenFit]]

    @cached_property
    def hash(self) -> str:
        """The hash of the whole."""
        return content_hash(self.model_dump(mode="json"))

    def priors(self, grade: int) -> tuple[int, ...]:
        """The numbers of earlier scores that there is a fit for, the most first."""
        return tuple(sorted((int(name) for name in self.fits.get(str(grade), {})), reverse=True))

    def coefficients(self, grade: int, priors: int) -> Floats:
        """One row a percentile. Raises `KeyError`."""
        return np.array(self.fits[str(grade)][str(priors)].coefficients) / _UNITS

    def design(self, grade: int, earlier: Floats) -> Floats:
        """The regression's columns for earlier scores, the year before first."""
        splines = [self.splines[str(grade - back)] for back in range(1, earlier.shape[1] + 1)]
        return design_of([_spline(each) for each in splines], earlier)


@dataclass(frozen=True)
class NormsAbout:
    """What the norms will say of themselves."""

    test: str
    subject: str
    base: str
    holder: str


def fit_norms(
    history: History,
    about: NormsAbout,
    *,
    fewest: int = FEWEST_STUDENTS,
    progress: Progress = SILENT,
) -> Norms:
    """Fit every grade and number of priors that `fewest` students or more have.

    Raises `InputError` when none has, `AccordError` when a regression fails.
    """
    splines = {
        grade: Spline.of(history.score[there, 1])
        for grade in _grades(history.grade[:, 1:2])
        if (there := (history.grade[:, 1] == grade) & ~np.isnan(history.score[:, 1])).any()
    }
    wanted = [part for part in _parts(history, fewest) if _has_splines(part, splines)]
    if not wanted:
        raise InputError.because(
            f"No grade has {fewest:,} students with a score of this year and of the year before.",
            "Fit norms on a larger cohort, or take the partnership's.",
        )
    fits: dict[str, dict[str, WrittenFit]] = {}
    with progress.step("Fitting growth norms", len(wanted)) as step:
        for grade, priors in wanted:
            rows = history.with_priors(grade, priors)
            score = history.score[rows]
            curves = [splines[grade - back] for back in range(1, priors + 1)]
            design = design_of(curves, score[:, 1 : priors + 1])
            found = np.rint(Regression(design, score[:, 0]).at(QUANTILES) * _UNITS)
            fits.setdefault(str(grade), {})[str(priors)] = WrittenFit(
                students=int(rows.sum()),
                coefficients=tuple(tuple(map(int, row)) for row in found),
            )
            step.advance()
    return Norms(
        norms=1,
        test=about.test,
        subject=about.subject,
        base=about.base,
        holder=about.holder,
        splines={str(grade): _written(spline) for grade, spline in splines.items()},
        fits=fits,
    )


def design_of(splines: list[Spline], earlier: Floats) -> Floats:
    """An intercept, then each earlier score's curve, the year before first."""
    columns = [np.ones((len(earlier), 1))]
    columns += [spline.basis(earlier[:, place]) for place, spline in enumerate(splines)]
    return np.concatenate(columns, axis=1)


def _parts(history: History, fewest: int) -> Iterator[tuple[int, int]]:
    for grade in _grades(history.grade[:, :1]):
        for priors in range(1, MOST_PRIORS + 1):
            if history.with_priors(grade, priors).sum() >= fewest:
                yield grade, priors


def _has_splines(part: tuple[int, int], splines: Mapping[int, Spline]) -> bool:
    grade, priors = part
    return all(grade - back in splines for back in range(1, priors + 1))


def _grades(column: Ints) -> list[int]:
    return [int(grade) for grade in np.unique(column) if grade >= 0]


def _written(spline: Spline) -> WrittenSpline:
    low, high = spline.ends
    return WrittenSpline(
        knots=tuple(map(_in_thousandths, spline.knots)),
        ends=(_in_thousandths(low), _in_thousandths(high)),
        lowest=_in_thousandths(spline.lowest),
        highest=_in_thousandths(spline.highest),
    )


def _in_thousandths(score: float) -> int:
    return round(score * _THOUSANDTHS)


def _spline(written: WrittenSpline) -> Spline:
    low, high = written.ends
    return Spline(
        knots=tuple(knot / _THOUSANDTHS for knot in written.knots),
        ends=(low / _THOUSANDTHS, high / _THOUSANDTHS),
        lowest=written.lowest / _THOUSANDTHS,
        highest=written.highest / _THOUSANDTHS,
    )
