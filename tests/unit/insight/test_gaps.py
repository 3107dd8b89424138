"""Gaps between student groups, over the years and between districts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from accord.insight.estimates import Estimate
from accord.insight.gaps import Gap, GapMovement, gap, gap_of_gaps
from accord.insight.series import Series
from unit.insight.insight_cells import CATALOGUE, SURE, rate_cell, series

HISPANIC, WHITE, FOSTER = (CATALOGUE.groups[name] for name in ("hispanic", "white", "foster"))
ALL = CATALOGUE.groups["all"]
YEARS = ("2021-22", "2022-23", "2023-24")


def course(*percents: int, students: int = 20_000) -> Series:
    return series(
        *(
            rate_cell(year, percent * students // 100, students)
            for year, percent in zip(YEARS, percents, strict=True)
        )
    )


def found(own: Series, other: Series, since: str = "2021-22") -> Gap:
    return gap(
        HISPANIC, WHITE, own, other, since=since, better="lower", pace_years=3, confidence=SURE
    )


def test_a_gap_is_the_group_minus_its_reference() -> None:
    here = found(course(30, 28, 26), course(20, 20, 20))
    assert [item.estimate and item.estimate.value for item in here.readings] == [10, 8, 6]
    assert here.latest is not None
    assert here.latest.low == pytest.approx(6 - 0.82, abs=0.02)


@pytest.mark.parametrize(
    ("own", "other", "movement"),
    [
        ((30, 28, 26), (20, 20, 20), GapMovement.NARROWED),
        ((30, 30, 33), (20, 20, 20), GapMovement.WIDENED),
        ((30, 30, 30), (20, 20, 17), GapMovement.WIDENED),
        ((15, 15, 17), (20, 20, 20), GapMovement.NARROWED),  # ahead, and less so
        ((15, 15, 13), (20, 20, 20), GapMovement.WIDENED),  # ahead, and more so
        ((30, 30, 30), (20, 20, 20), GapMovement.UNSURE),
    ],
)
def test_narrowed_is_nearer_to_zero_by_more_than_noise(
    own: tuple[int, ...], other: tuple[int, ...], movement: GapMovement
) -> None:
    here = found(course(*own), course(*other))
    assert here.change is not None
    assert here.change.movement is movement


def test_a_small_group_moves_within_its_noise() -> None:
    here = found(course(30, 28, 26, students=200), course(20, 20, 20))
    assert here.change is not None
    assert here.change.estimate.value == -4
    assert here.change.movement is GapMovement.UNSURE


def test_the_change_counts_from_the_year_asked_for_and_tells_both_sides() -> None:
    here = found(course(40, 30, 26), course(20, 20, 18), since="2022-23")
    assert here.change is not None
    assert (here.change.since, here.change.estimate.value) == ("2022-23", -2)
    assert here.change.group.estimate.value == -4
    assert here.change.reference.estimate.value == -2


def test_a_year_without_one_side_has_no_gap() -> None:
    own = series("2021-22", rate_cell("2022-23", 30, 100), rate_cell("2023-24", 30, 100))
    here = found(own, course(20, 20, 20))
    assert [item.estimate is None for item in here.readings] == [True, False, False]
    assert here.change is not None
    assert here.change.since == "2022-23"


def test_gaps_across_a_changed_definition_are_not_compared() -> None:
    def broken(percent: int) -> Series:
        old = {"definition_version": "0.9", "definition_hash": "sha256:0"}
        return series(
            rate_cell(YEARS[0], percent, 100, **old),
            "2022-23",
            rate_cell(YEARS[2], percent, 100),
        )

    assert found(broken(30), broken(20)).change is None


def test_the_pace_of_a_gap() -> None:
    here = found(course(30, 28, 26), course(20, 20, 20))
    assert here.pace is not None
    assert (here.pace.years, here.pace.estimate.value) == (2, -2)


def test_a_group_that_is_part_of_all_has_less_noise_than_two_strangers() -> None:
    part, whole = course(40, 40, 40, students=10_000), course(30, 30, 30, students=20_000)
    apart = found(part, whole).latest
    inside = gap(
        FOSTER, ALL, part, whole, since="2021-22", better="lower", pace_years=3, confidence=SURE
    ).latest
    assert apart is not None
    assert inside is not None
    assert inside.value == apart.value == 10
    # half of all: √(.4·.6/10,000 + .3·.7/20,000 − 2·√½·√(.4·.6/10,000)·√(.3·.7/20,000))·1.96
    assert inside.high is not None
    assert inside.high - 10 == pytest.approx(0.677, abs=0.01)
    assert apart.high is not None
    assert apart.high - 10 == pytest.approx(1.151, abs=0.01)


def test_the_gap_of_gaps_asks_whose_gap_is_wider() -> None:
    wide, narrow = (
        found(course(30, 30, 30), course(20, 20, 20)),
        found(course(25, 25, 25), course(20, 20, 20)),
    )
    between = gap_of_gaps(wide, narrow, "1", "2", SURE)
    assert between is not None
    assert between.estimate.value == 5
    assert between.estimate.sign == 1
    turned = gap_of_gaps(narrow, wide, "2", "1", SURE)
    assert turned is not None
    assert turned.estimate.sign == -1


def test_for_a_group_that_is_ahead_wider_still_means_farther_from_zero() -> None:
    ahead, less = (
        found(course(10, 10, 10), course(20, 20, 20)),
        found(course(15, 15, 15), course(20, 20, 20)),
    )
    between = gap_of_gaps(ahead, less, "1", "2", SURE)
    assert between is not None
    assert between.estimate.value == 5


def test_no_gap_of_gaps_between_ahead_and_behind_or_nothing() -> None:
    behind, ahead = (
        found(course(30, 30, 30), course(20, 20, 20)),
        found(course(10, 10, 10), course(20, 20, 20)),
    )
    assert gap_of_gaps(behind, ahead, "1", "2", SURE) is None
    blank = found(series(*YEARS), course(20, 20, 20))
    assert gap_of_gaps(behind, blank, "1", "2", SURE) is None


def test_times_keeps_exact_values_exact() -> None:
    assert Estimate(Fraction(1, 3), Fraction(1, 3)).times(3).value == 1
