"""Drawing: named streams, choices, shares; and the calendar, against a paper one."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.station.synth.calendar import calendar_of
from accord.station.synth.draws import choose, level_for, share_out, stream
from accord.station.synth.profile import by_grade, load_profile, of_year
from accord.station.synth.scale import marks_of
from accord.station.synth.words import BLANK, Words, numbers, stacked


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


def test_levels_of_scores_at_their_bounds() -> None:
    """Grade 3 mathematics since 2020-21: 2190 to 2660, levels from 2381, 2436 and 2501."""
    score = np.array([2190, 2380, 2381, 2435, 2436, 2500, 2501, 2660])
    marks = marks_of("mathematics", SchoolYear(2023), np.full(8, 3))
    assert marks.level(score).tolist() == [1, 1, 2, 2, 3, 3, 4, 4]
    assert (marks.lowest[0], marks.highest[0]) == (2190, 2660)
    assert marks_of("ela", SchoolYear(2023), np.array([11, 8])).standard.tolist() == [2583, 2567]


def test_a_year_without_a_scale_is_refused() -> None:
    with pytest.raises(InputError, match="no scale of sbac for 2009-10"):
        marks_of("ela", SchoolYear(2009), np.array([3]))
