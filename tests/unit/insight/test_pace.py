"""Targets: what is left, what pace it asks for, and when “on pace” may be said."""

from __future__ import annotations

from fractions import Fraction

import pytest

from accord.cells.cell import Cell
from accord.insight.pace import Goalpost, Pace, Standing, Status, pace_of, stand
from unit.insight.insight_cells import PLAIN, SURE, band_cell, rate_cell, reading, series

DEADLINE = (Goalpost("2026-27", Fraction(20)),)


def standing(
    *given: Cell | str, path: tuple[Goalpost, ...] = DEADLINE, has_deadline: bool = True
) -> Standing:
    found = series(*given)
    pace = pace_of(found, 3, "lower", SURE)
    return stand(
        found.latest, pace, rule="A rule.", path=path, has_deadline=has_deadline, better="lower"
    )


def falling(to: int, students: int = 60_000) -> list[Cell]:
    """From 32 % in 2021-22 to `to` % three years later."""
    return [
        rate_cell("2021-22", 32 * students // 100, students),
        rate_cell("2024-25", to * students // 100, students),
    ]


def test_pace_is_the_change_a_year_over_three_years_at_most() -> None:
    found = pace_of(series(rate_cell("2020-21", 50, 100), *falling(26)), 3, "lower", SURE)
    assert found is not None
    assert (found.since, found.years, found.estimate.value) == ("2021-22", 3, -2)
    short = pace_of(
        series("2021-22", rate_cell("2022-23", 30, 100), falling(26)[1]), 3, "lower", SURE
    )
    assert short is not None
    assert (short.years, short.estimate.value) == (2, -2)
    assert pace_of(series("2023-24", falling(26)[1]), 3, "lower", SURE) is None
    assert pace_of(series(falling(26)[0], "2024-25"), 3, "lower", SURE) is None


def test_what_is_left_and_the_pace_it_needs() -> None:
    found = standing(*falling(26))
    assert (found.to_go, found.needed) == (-6, -3)  # 26 to 20 in two years


@pytest.mark.parametrize(
    ("to", "students", "status"),
    [
        (26, 60_000, Status.BEHIND),  # needs 3 a year, goes 2
        (23, 60_000, Status.ON_PACE),  # needs 1.5 a year, goes 3
        (24, 60_000, Status.ON_PACE),  # needs 2 a year, goes 2.67 ± .17
        (25, 600, Status.UNSURE),  # needs 2.5 a year, goes 2.33 ± 1.7
        (20, 60_000, Status.MET),
        (19, 60_000, Status.MET),
    ],
)
def test_status_before_the_deadline(to: int, students: int, status: Status) -> None:
    assert standing(*falling(to, students)).status is status


def test_once_reached_nothing_is_left() -> None:
    found = standing(*falling(19))
    assert (found.to_go, found.needed) == (0, None)


@pytest.mark.parametrize(("to", "status"), [(21, Status.SHORT), (20, Status.MET)])
def test_at_and_after_the_deadline_it_is_a_plain_fact(to: int, status: Status) -> None:
    for year in ("2024-25", "2022-23"):
        path = (Goalpost(year, Fraction(20)),)
        assert standing(*falling(to), path=path).status is status


def test_a_yearly_target_is_judged_by_this_years_step() -> None:
    path = (Goalpost("2023-24", Fraction(28)), Goalpost("2024-25", Fraction(26)),
            Goalpost("2025-26", Fraction(24)))  # fmt: skip
    for to, status in ((25, Status.ON_PACE), (27, Status.BEHIND), (26, Status.UNSURE)):
        found = standing(*falling(to), path=path, has_deadline=False)
        assert found.goal == path[1]
        assert found.status is status


def test_higher_is_better_turns_everything_round() -> None:
    found = series(rate_cell("2021-22", 600, 1_000), rate_cell("2024-25", 690, 1_000))
    path = (Goalpost("2026-27", Fraction(90)),)
    pace = pace_of(found, 3, "higher", SURE)
    judged = stand(found.latest, pace, rule="", path=path, has_deadline=True, better="higher")
    assert (judged.to_go, judged.needed) == (21, Fraction(21, 2))
    assert judged.status is Status.BEHIND


def test_without_a_pace_or_its_noise_it_cannot_be_judged() -> None:
    assert standing("2021-22", falling(26)[1]).status is Status.UNKNOWN
    found = series(*falling(26), definition=PLAIN)
    pace = pace_of(found, 3, "lower", SURE)
    judged = stand(found.latest, pace, rule="", path=DEADLINE, has_deadline=True, better="lower")
    assert judged.status is Status.UNKNOWN
    assert judged.needed == -3
    hidden = standing(falling(26)[0], "2024-25")
    assert (hidden.status, hidden.to_go) == (Status.UNKNOWN, None)


def test_a_band_is_judged_by_both_its_ends() -> None:
    def judge(low: str, high: str, pace: int) -> Standing:
        latest = reading(band_cell("2024-25", low, high))
        steady = series(*falling(32 - 3 * pace))
        return stand(
            latest,
            pace_of(steady, 3, "lower", SURE),
            rule="",
            path=DEADLINE,
            has_deadline=True,
            better="lower",
        )

    assert judge("15", "17", 2).status is Status.MET
    assert judge("25", "27", 2).status is Status.BEHIND  # needs 2.5 to 3.5 a year
    assert judge("21", "23", 2).status is Status.ON_PACE  # needs .5 to 1.5 a year
    assert judge("23", "25", 2).status is Status.UNSURE  # needs 1.5 to 2.5 a year
    assert judge("25", "27", 2).to_go is None


def test_pace_is_a_difference_with_its_noise() -> None:
    found = pace_of(series(*falling(26, 600)), 3, "lower", SURE)
    assert isinstance(found, Pace)
    # Newcombe for 156 of 600 against 192 of 600: −11.1 to −.9 points, over three years
    assert found.estimate.low == pytest.approx(-3.70, abs=0.05)
    assert found.estimate.high == pytest.approx(-0.29, abs=0.05)
