"""Which columns hold the same number: by their sum, or because a reader sees no difference."""

from __future__ import annotations

from pathlib import Path

from accord.station.protect.columns import Columns, sum_key
from unit.protect.made_sums import Place, Sums
from unit.protect.test_protected_numbers import RULES, TESTS, raw_of, took_tests

DISTANCE = "distance-from-standard-mathematics"
SUSPENDED, CHRONIC = "suspension-rate", "chronic-absenteeism"
GROUPS = ("all", "foster", "homeless")


def test_who_took_the_test_is_a_numerator_and_twice_a_denominator(tmp_path: Path) -> None:
    cells: dict[Place, dict[str, Sums]] = {
        ("", "", group): took_tests(400, 380, 200) for group in ("all", "foster")
    }
    raw = raw_of(tmp_path, cells, *TESTS, groups=("all", "foster"))
    columns = Columns(raw.measures, RULES)
    participation, met, mean = range(3)
    assert columns.showing(participation) == (participation, met, mean)
    assert columns.showing(met, "denominator") == (met, participation, mean)
    assert columns.showing(participation, "denominator") == (participation,)
    assert columns.showing(met) == (met,)
    assert [columns.is_size(each) for each in range(3)] == [True, False, False]


def rates(
    folder: Path, *, suspended: dict[str, tuple[int, int]], chronic: dict[str, tuple[int, int]]
) -> Columns:
    """Two rates of one fact in a kindergarten, by group how many are counted and of how many."""
    cells: dict[Place, dict[str, Sums]] = {
        ("", grade, group): {
            SUSPENDED: {"suspended_students": suspended[group][0], "members": suspended[group][1]},
            CHRONIC: {"chronic": chronic[group][0], "members": chronic[group][1]},
        }
        for group in suspended
        for grade in ("", "K")
    }
    raw = raw_of(folder, cells, SUSPENDED, CHRONIC, groups=tuple(suspended))
    assert sum_key(raw.measures[0], "denominator") != sum_key(raw.measures[1], "denominator")
    return Columns(raw.measures, RULES)


def test_columns_that_agree_wherever_both_can_be_seen_are_one_number(tmp_path: Path) -> None:
    """Those in foster care differ, but are too few to be seen."""
    some = {"all": (60, 300), "foster": (4, 9)}
    same = rates(tmp_path / "1", suspended=some, chronic={"all": (50, 300), "foster": (4, 8)})
    assert same.showing(0, "denominator") == (0, 1)
    assert same.showing(0) == (0,)
    other = rates(tmp_path / "2", suspended=some, chronic={"all": (50, 301), "foster": (4, 9)})
    assert other.showing(0, "denominator") == (0,)


def test_one_place_that_differs_is_enough(tmp_path: Path) -> None:
    some = {"all": (60, 300), "foster": (14, 40), "homeless": (15, 50)}
    columns = rates(tmp_path, suspended=some, chronic=some | {"foster": (14, 41)})
    assert columns.showing(0, "denominator") == (0,)
    assert columns.showing(0) == (0, 1)


def test_columns_that_nobody_sees_together_are_two_numbers(tmp_path: Path) -> None:
    """All but one were chronically absent, so nothing is seen of that."""
    some = {"all": (60, 300), "foster": (14, 40)}
    nearly_all = {"all": (299, 300), "foster": (39, 40)}
    columns = rates(tmp_path, suspended=some, chronic=nearly_all)
    assert columns.showing(0, "denominator") == (0,)
    assert not columns.is_size(0)


def test_a_column_that_is_no_plain_sum_has_no_key(tmp_path: Path) -> None:
    scored = {"took_part": 20, "scored": 20, "distances": 400, "squared_distances": 9000}
    sums: Sums = {"members": 20, "lowest_distances": 0, **scored}
    raw = raw_of(tmp_path, {("", "", "all"): {DISTANCE: sums}}, DISTANCE, groups=("all",))
    assert sum_key(raw.measures[0], "numerator") is None
