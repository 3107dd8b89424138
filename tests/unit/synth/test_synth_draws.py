"""Drawing: named streams, choices, shares; and the calendar, against a paper one."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from accord.base.periods import SchoolYear
from accord.station.synth.calendar import calendar_of
from accord.station.synth.draws import choose, level_for, share_out, stream
from accord.station.synth.extracts import BLANK, Words, numbers, stacked
from accord.station.synth.profile import by_grade, load_profile, of_year
from accord.station.synth.tests import scale, standards


def test_a_stream_is_its_seed_and_its_names() -> None:
    again = stream(7, "absence", 2023).random(3)
    assert (stream(7, "absence", 2023).random(3) == again).all()
    assert not (stream(7, "absence", 2024).random(3) == again).any()
    assert not (stream(8, "absence", 2023).random(3) == again).any()


def test_choices_follow_each_rows_weights() -> None:
    weights = np.array([[1.0, 0.0, 3.0], [0.0, 2.0, 0.0]])
    rows = np.array([0] * 40_000 + [1] * 100)
    found = choose(np.random.default_rng(1), weights, rows)
    assert set(found[40_000:]) == {1}
    counts = np.bincount(found[:40_000], minlength=3) / 40_000
    assert counts == pytest.approx([0.25, 0, 0.75], abs=0.01)


def test_shared_out_numbers_add_up_and_stay_within_one() -> None:
    found = share_out(10, np.array([1.0, 1.0, 1.0]))
    assert sorted(found) == [3, 3, 4]
    assert share_out(7, np.array([5.0, 2.0])).tolist() == [5, 2]


def test_a_level_gives_the_mean_asked_for() -> None:
    logit = np.array([-1.0, 0.0, 2.0])
    level = level_for(0.3, logit)
    assert np.mean(1 / (1 + np.exp(-(logit + level)))) == pytest.approx(0.3)


def test_the_calendar_of_2023_24() -> None:
    """Cedar Valley opens on the first Monday from August 9 on."""
    calendar = calendar_of(SchoolYear(2023), load_profile("cedar-valley").calendar)
    days = set(calendar.days.tolist())
    assert len(calendar.days) == 180
    assert calendar.days[0] == np.datetime64("2023-08-14")
    assert calendar.days[calendar.census] == np.datetime64("2023-10-04")
    assert date(2023, 9, 1) in days
    assert date(2023, 9, 4) not in days  # Labor Day
    assert date(2024, 1, 15) not in days  # the third Monday of January
    assert date(2023, 12, 25) not in days
    assert not any(day.weekday() > 4 for day in days)
    assert calendar.last == 179


def test_values_by_year_and_grade() -> None:
    table = {"2021-22": 1.0, "2023-24": 3.0}
    years = (2020, 2021, 2022, 2023, 2030)
    assert [of_year(table, SchoolYear(year)) for year in years] == [1, 1, 1, 3, 3]
    assert by_grade({"K": 1.0, "2": 5.0})[:5] == [1, 1, 1, 5, 5]


def test_text_columns_side_by_side_and_one_after_another() -> None:
    first = Words(np.array([0, 1, BLANK]), ("a", "b"))
    second = Words(np.array([0, 0]), ("b",))
    both = stacked([first, second])
    assert isinstance(both, Words)
    assert [both.words[i] if i >= 0 else None for i in both.position] == ["a", "b", None, "b", "b"]
    assert numbers(np.array([5, 7, 5]), np.array([False, False, True])).words == ("5", "7")


def test_the_scale_of_the_tests_is_the_catalogues() -> None:
    """Standards and ranges stand in the indicator catalogue too, from a source of its own."""
    assert scale().of("ela")[11] == (2300, 2493, 2583, 2682, 2900)
    assert standards("mathematics", np.array([3, 8, 11])).tolist() == [2436, 2586, 2628]
    for subject in ("mathematics", "ela"):
        for row in scale().of(subject).values():
            assert list(row) == sorted(row)
