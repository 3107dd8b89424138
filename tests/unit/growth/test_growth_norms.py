"""Norms: who they are fitted on, that they stay as they are, and what they say of a student."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from accord.base.errors import InputError, RefusedError
from accord.base.signing import new_private_key, public_text
from accord.station.growth.keeping import adopt, adopted, read_norms, write_norms
from accord.station.growth.norms import History, Norms, NormsAbout, fit_norms
from accord.station.growth.percentiles import UNKNOWN, Target, growth_of
from accord.station.station import Station

ABOUT = NormsAbout("sbac", "mathematics", "2023-24", "D")


def cohort(students: int = 900) -> History:
    """Grades 4 and 5, two years of scores; in grade 5 three."""
    draw = np.random.default_rng(11)
    grade = np.repeat([4, 5], students // 2)
    first = 2400 + 70 * draw.normal(size=students)
    second = 2430 + 0.8 * (first - 2400) + 40 * draw.normal(size=students)
    third = 2460 + 0.8 * (second - 2430) + 40 * draw.normal(size=students)
    scores = np.rint(np.column_stack([third, second, first]))
    grades = np.column_stack([grade, grade - 1, grade - 2])
    scores[grade == 4, 2] = np.nan
    grades[grade == 4, 2] = -1
    return History(grades, scores)


@pytest.fixture(scope="module")
def norms() -> Norms:
    return fit_norms(cohort(), ABOUT, fewest=300)


def test_a_history_goes_up_by_one_grade_a_year() -> None:
    grade = np.array([[5, 4, 3], [5, 4, 4], [5, 5, 4], [5, 4, 3]])
    score = np.array([[1.0, 1, 1], [1, 1, 1], [1, 1, 1], [1, np.nan, 1]])
    history = History(grade, score)
    assert history.with_priors(5, 1).tolist() == [True, True, False, False]
    assert history.with_priors(5, 2).tolist() == [True, False, False, False]
    assert not history.with_priors(5, 3).any()


def test_what_is_fitted(norms: Norms) -> None:
    assert {grade: list(fits) for grade, fits in norms.fits.items()} == {
        "4": ["1"],
        "5": ["1", "2"],
    }
    assert norms.fits["4"]["1"].students == 450
    assert norms.coefficients(4, 1).shape == (100, 8)
    assert norms.priors(5) == (2, 1)
    assert norms.priors(6) == ()


def test_too_few_students_make_no_norms() -> None:
    with pytest.raises(InputError, match="No grade has 1,000 students"):
        fit_norms(cohort(), ABOUT)


def test_under_norms_of_their_own_students_grow_fifty_on_average(norms: Norms) -> None:
    percentile = growth_of(cohort(), norms, {}).percentile
    assert percentile.mean() == pytest.approx(50, abs=2)
    assert (percentile.min(), percentile.max()) == (1, 99)


def test_the_percentile_is_how_many_fitted_scores_lie_under_the_score(norms: Norms) -> None:
    fitted = np.sort(norms.design(4, np.array([[2400.0]])) @ norms.coefficients(4, 1).T)[0]
    scores = [fitted[29] + 0.001, fitted[29], fitted[0] - 50, fitted[99] + 50]
    grade = np.array([[4, 3]] * 4)
    history = History(grade, np.array([[score, 2400.0] for score in scores]))
    growth = growth_of(history, norms, {})
    assert growth.percentile[0] == 30
    assert growth.percentile[1] in (29, 30)
    assert growth.percentile[2:].tolist() == [1, 99]
    assert growth.priors.tolist() == [1] * 4


def test_frozen_norms_let_growth_move(norms: Norms) -> None:
    """Everyone scores twenty points higher than the base cohort did from the same start."""
    better = cohort()
    better.score[:, 0] += 20
    assert growth_of(better, norms, {}).percentile.mean() > 60


def test_nothing_is_said_without_an_earlier_score_or_of_a_grade_without_norms(norms: Norms) -> None:
    history = History(np.array([[4, -1], [8, 7]]), np.array([[2400.0, np.nan], [2500.0, 2480.0]]))
    growth = growth_of(history, norms, {})
    assert growth.percentile.tolist() == [UNKNOWN, UNKNOWN]
    assert growth.priors.tolist() == [0, 0]


def test_what_is_needed_rises_with_the_distance_and_falls_with_time(norms: Norms) -> None:
    one_year = {grade: Target(2440, 2100, 2800) for grade in (3, 4)}
    two_years = one_year | {5: Target(2450, 2100, 2800)}
    earlier = np.array([2300.0, 2380.0, 2420.0])
    history = History(np.array([[4, 3]] * 3), np.column_stack([np.full(3, 2430.0), earlier]))
    soon = growth_of(history, norms, one_year).needed
    later = growth_of(history, norms, two_years).needed
    assert soon[0] >= soon[1] >= soon[2] > 1
    assert (later <= soon).all()
    assert later[1] < soon[1]


def test_who_is_at_the_standard_needs_to_stay_there_every_year(norms: Norms) -> None:
    target = {3: Target(2400, 2100, 2800), 4: Target(2430, 2100, 2800)}
    harder = target | {5: Target(2520, 2100, 2800)}
    history = History(np.array([[4, 3]]), np.array([[2450.0, 2450.0]]))
    assert growth_of(history, norms, harder).needed > growth_of(history, norms, target).needed


def test_norms_are_signed_and_a_changed_byte_is_refused(norms: Norms, tmp_path: Path) -> None:
    key, other = new_private_key(), new_private_key()
    path = tmp_path / "mathematics.norms"
    write_norms(norms, key, path)
    assert read_norms(path, public_text(key)).hash == norms.hash
    with pytest.raises(RefusedError, match="not signed with this key"):
        read_norms(path, public_text(other))
    envelope = json.loads(path.read_text())
    envelope["payload"] = envelope["payload"][:-8] + "AAAA" + envelope["payload"][-4:]
    path.write_text(json.dumps(envelope))
    with pytest.raises((RefusedError, InputError)):
        read_norms(path, public_text(key))


def test_a_station_applies_what_it_has_adopted(norms: Norms, tmp_path: Path) -> None:
    station = Station.create(tmp_path / "station", "D", "A district")
    assert adopted(station) == ()
    key = new_private_key()
    write_norms(norms, key, tmp_path / "norms")
    adopt(station, tmp_path / "norms", public_text(key))
    adopt(station, tmp_path / "norms", public_text(key))
    assert [each.hash for each in adopted(station)] == [norms.hash]
