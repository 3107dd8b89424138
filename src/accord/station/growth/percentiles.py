"""Students' growth, read off frozen norms: a result's percentile, and the one that is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.station.growth.norms import PERCENTILES, Floats, History, Ints, Norms

_DECIMALS = 5  # of fitted scores, before they are held against the score
_LOWEST, _HIGHEST = 1, 99
_ROWS_AT_ONCE = 50_000
YEARS_TO_TARGET = 3
UNKNOWN = -1


@dataclass(frozen=True)
class Target:
    """What a grade's test asks for: the standard, and the ends of its scale."""

    standard: int
    lowest: int
    highest: int


@dataclass(frozen=True)
class Growth:
    """One entry a row of the history; `UNKNOWN` where there is nothing to say."""

    percentile: Ints
    priors: Ints
    needed: Ints


def growth_of(history: History, norms: Norms, targets: Mapping[int, Target]) -> Growth:
    """Each student's percentile by the most earlier scores that the norms hold, and what is needed.

    `targets` are by grade; without the ones that a student comes to, nothing is needed.
    """
    rows = len(history.score)
    growth = Growth(*(np.full(rows, UNKNOWN, dtype=np.int64) for _ in range(3)))
    growth.priors[:] = 0
    for grade, priors, chosen in _by_priors(history, norms):
        for start in range(0, len(chosen), _ROWS_AT_ONCE):
            some = chosen[start : start + _ROWS_AT_ONCE]
            score = history.score[some]
            fitted = _fitted(norms, grade, score[:, 1 : priors + 1])
            lower = (np.round(fitted, _DECIMALS) < score[:, :1]).sum(axis=1)
            growth.percentile[some] = np.clip(lower, _LOWEST, _HIGHEST)
            growth.priors[some] = priors
            growth.needed[some] = _needed(norms, grade, score[:, 1 : priors + 1], fitted, targets)
    return growth


def _by_priors(history: History, norms: Norms) -> Iterator[tuple[int, int, NDArray[np.intp]]]:
    """Who is judged by which fit: grade, number of priors, rows."""
    judged = np.zeros(len(history.score), dtype=np.bool_)
    for grade in sorted(map(int, norms.fits)):
        for priors in norms.priors(grade):
            chosen = history.with_priors(grade, priors) & ~judged
            judged |= chosen
            yield grade, priors, np.flatnonzero(chosen)


def _fitted(norms: Norms, grade: int, earlier: Floats) -> Floats:
    """The fitted score at each percentile, rising, one row a student."""
    coefficients = norms.coefficients(grade, earlier.shape[1])
    return np.sort(norms.design(grade, earlier) @ coefficients.T, axis=1)


def _needed(
    norms: Norms, grade: int, earlier: Floats, fitted: Floats, targets: Mapping[int, Target]
) -> Ints:
    """The least percentile, kept up from this year on, that brings a student who was under the
    standard to it within three years, or keeps one who was at it there."""
    needed = np.full(len(earlier), UNKNOWN, dtype=np.int64)
    start = targets.get(grade - 1)
    if start is None or grade not in targets:
        return needed
    each_year = np.array(list(_yearly(norms, grade, earlier, fitted, targets)))
    behind = earlier[:, 0] < start.standard
    return np.asarray(np.where(behind, each_year.min(axis=0), each_year.max(axis=0)))


def _yearly(
    norms: Norms, grade: int, earlier: Floats, fitted: Floats, targets: Mapping[int, Target]
) -> Iterator[Ints]:
    """For each year on the way, the least percentile with which the standard is met in it."""
    path = [fitted]
    for ahead in range(YEARS_TO_TARGET):
        target = targets.get(grade + ahead)
        if target is None or (ahead and not norms.priors(grade + ahead)):
            return
        if ahead:
            path.append(_projected(norms, grade + ahead, earlier, path))
        path[-1] = np.sort(np.clip(path[-1], target.lowest, target.highest), axis=1)
        short = (path[-1] < target.standard).sum(axis=1)
        yield np.clip(short + 1, _LOWEST, _HIGHEST)


def _projected(norms: Norms, grade: int, earlier: Floats, path: list[Floats]) -> Floats:
    """The scores a year on for who keeps up each percentile: what was projected is fed back."""
    known = len(path) + earlier.shape[1]
    priors = next((each for each in norms.priors(grade) if each <= known), 0)
    if not priors:
        return path[-1]
    coefficients = norms.coefficients(grade, priors)
    ahead = np.empty_like(path[-1])
    for place in range(PERCENTILES):
        scores = [step[:, place] for step in reversed(path)] + list(earlier.T)
        design = norms.design(grade, np.stack(scores[:priors], axis=1))
        ahead[:, place] = design @ coefficients[place]
    return ahead
