"""The one word for a change, and when it may be said."""

from __future__ import annotations

from fractions import Fraction

import pytest

from accord.insight.change import Movement, Verdict, change, change_in_a_year, change_since
from unit.insight.insight_cells import PLAIN, SURE, band_cell, rate_cell, reading, series


def between(first: tuple[int, int], second: tuple[int, int], better: str = "lower"):  # type: ignore[no-untyped-def]
    found = change(
        reading(rate_cell("2022-23", *first)), reading(rate_cell("2023-24", *second)), better, SURE
    )
    assert found is not None
    return found


def test_the_change_is_taken_before_rounding() -> None:
    # White students in California's suspension table of 2023: 2.713 % to 2.879 %, shown as 2.7 and
    # 2.9. The true change is 0.166 points.
    found = between((33_517, 1_235_396), (35_558, 1_235_033))
    assert found.estimate.value == Fraction(3_555_800, 1_235_033) - Fraction(3_351_700, 1_235_396)


def test_rose_and_fell_need_the_noise_left_behind() -> None:
    # 20 % to 23 %: of 200 students that is noise, of 20,000 it isn't (Newcombe: ±8.1, ±.81).
    assert between((40, 200), (46, 200)).movement is Movement.UNSURE
    assert between((4_000, 20_000), (4_600, 20_000)).movement is Movement.ROSE
    assert between((4_600, 20_000), (4_000, 20_000)).movement is Movement.FELL


def test_the_edge_of_the_noise() -> None:
    # The smallest rise from 2,000 of 20,000 that Newcombe's range keeps above zero lies between
    # 2,118 and 2,120: √(.1·.9/20,000 + p·q/20,000)·1.96 = .0059 to .0060.
    assert between((2_000, 20_000), (2_117, 20_000)).movement is Movement.UNSURE
    assert between((2_000, 20_000), (2_121, 20_000)).movement is Movement.ROSE


@pytest.mark.parametrize(
    ("better", "verdict"), [("higher", Verdict.IMPROVED), ("lower", Verdict.WORSENED)]
)
def test_good_or_bad_follows_the_definitions_direction(better: str, verdict: Verdict) -> None:
    assert between((4_000, 20_000), (4_600, 20_000), better).verdict is verdict
    assert between((40, 200), (46, 200), better).verdict is Verdict.UNSURE


def test_without_known_noise_nothing_is_judged() -> None:
    first, second = (
        reading(rate_cell(period, part, 1_000), definition=PLAIN)
        for period, part in (("2022-23", 900), ("2023-24", 950))
    )
    found = change(first, second, "higher", SURE)
    assert found is not None
    assert found.estimate.value == 5
    assert found.movement is Movement.NOT_JUDGED
    assert found.verdict is Verdict.UNSURE


def test_bands_can_tell_when_they_are_far_enough_apart() -> None:
    def moved(first: tuple[str, str], second: tuple[str, str]) -> Movement:
        found = change(
            reading(band_cell("2022-23", *first)),
            reading(band_cell("2023-24", *second)),
            "lower",
            SURE,
        )
        assert found is not None
        assert found.estimate.value is None
        return found.movement

    assert moved(("21", "23"), ("23", "25")) is Movement.UNSURE
    assert moved(("21", "23"), ("45", "47")) is Movement.ROSE
    assert moved(("45", "47"), ("21", "23")) is Movement.FELL


def test_since_the_start_is_the_first_comparable_year_from_then_on() -> None:
    found = series(
        rate_cell("2020-21", 3_000, 10_000),
        "2021-22",
        rate_cell("2022-23", 2_500, 10_000),
        rate_cell("2023-24", 2_000, 10_000),
    )
    since = change_since(found, "2021-22", "lower", SURE)
    assert since is not None
    assert (since.since, since.until, since.estimate.value) == ("2022-23", "2023-24", -5)
    from_then = change_since(found, "2020-21", "lower", SURE)
    assert from_then is not None
    assert (from_then.since, from_then.estimate.value) == ("2020-21", -10)
    assert change_since(found, "2023-24", "lower", SURE) is None


def test_a_year_ago_means_the_year_before() -> None:
    found = series(rate_cell("2021-22", 30, 100), "2022-23", rate_cell("2023-24", 20, 100))
    assert change_in_a_year(found, "lower", SURE) is None
    alone = series(rate_cell("2023-24", 20, 100))
    assert change_in_a_year(alone, "lower", SURE) is None
    both = series(rate_cell("2022-23", 30, 100), rate_cell("2023-24", 20, 100))
    year = change_in_a_year(both, "lower", SURE)
    assert year is not None
    assert year.estimate.value == -10
