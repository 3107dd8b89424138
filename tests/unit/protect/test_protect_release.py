"""The gate's public face, on tables worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from accord.base.errors import StateError
from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.charter.model import Charter
from accord.station.protect.protect import Protected, protect_release
from accord.station.protect.raw import Measured
from accord.station.protect.reasons import Reason
from adversary.districts import PERIOD
from adversary.gate import catalogue
from unit.protect.made_sums import SCHOOL, Place, Sums, agreement, written

ALL: Place = ("", "", "all")
SUSPENSION = "suspension-rate"
CHRONIC = "chronic-absenteeism"


def released(measured: Measured, charter: Charter, audience: str = "partners") -> Protected:
    return protect_release(
        measured,
        charter=charter,
        catalogue=catalogue(),
        audience=audience,  # type: ignore[arg-type]
    )


def suspended(count: int, of: int) -> dict[str, Sums]:
    return {SUSPENSION: {"members": of, "suspended_students": count}}


def states(table: CellTable) -> dict[str, State]:
    return {cell.group: cell.state for cell in table}


def test_a_published_cell_is_exact_and_its_value_rounded_half_up(tmp_path: Path) -> None:
    """13 of 16 are 81.25 %."""
    measured = written(tmp_path, {ALL: suspended(13, 16)})
    (cell,) = released(measured, agreement(SUSPENSION, groups=("all",))).table
    assert (cell.numerator, cell.denominator, cell.value) == (13, 16, Decimal("81.3"))
    assert cell.definition_hash == catalogue().definition(f"{SUSPENSION}@1.0").hash
    assert (cell.partnership, cell.as_of) == ("cedar-harbor", "2024-06-30")


@pytest.mark.parametrize(
    ("count", "of", "state"),
    [
        (5, 11, State.PUBLISHED),
        (5, 10, State.SUPPRESSED),
        (3, 100, State.PUBLISHED),
        (2, 100, State.SUPPRESSED),
        (0, 100, State.SUPPRESSED),
        (97, 100, State.PUBLISHED),
        (98, 100, State.SUPPRESSED),
        (100, 100, State.SUPPRESSED),
    ],
)
def test_few_students_and_extremes_are_hidden(
    tmp_path: Path, count: int, of: int, state: State
) -> None:
    measured = written(tmp_path, {ALL: suspended(count, of)})
    (cell,) = released(measured, agreement(SUSPENSION, groups=("all",))).table
    assert cell.state is state


def test_the_charters_numbers_are_what_counts(tmp_path: Path) -> None:
    measured = written(tmp_path, {ALL: suspended(5, 19)})
    charter = agreement(SUSPENSION, groups=("all",))
    stricter = charter.disclosure.model_copy(update={"minimum": 20})
    (cell,) = released(measured, charter.model_copy(update={"disclosure": stricter})).table
    assert cell.state is State.SUPPRESSED
    stricter = charter.disclosure.model_copy(update={"threshold": 6})
    (cell,) = released(measured, charter.model_copy(update={"disclosure": stricter})).table
    assert cell.state is State.SUPPRESSED


def test_a_group_is_hidden_beside_another_and_both_look_alike(tmp_path: Path) -> None:
    genders = {"female": (20, 140), "male": (35, 150), "nonbinary": (1, 5)}
    numbers = {"all": (59, 305), **genders, "gender-not-reported": (3, 10)}
    measured = written(tmp_path, {("", "", group): suspended(*n) for group, n in numbers.items()})
    protected = released(measured, agreement(SUSPENSION, groups=tuple(numbers)))
    assert states(protected.table) == {
        "all": State.PUBLISHED,
        "male": State.PUBLISHED,
        "female": State.PUBLISHED,
        "nonbinary": State.SUPPRESSED,
        "gender-not-reported": State.SUPPRESSED,
    }
    numbers["gender-not-reported"] = (6, 20)
    numbers["all"] = (62, 315)
    measured = written(tmp_path, {("", "", group): suspended(*n) for group, n in numbers.items()})
    protected = released(measured, agreement(SUSPENSION, groups=tuple(numbers)))
    hidden = protected.table.where(state=State.SUPPRESSED)
    assert {(h.group, h.reason) for h in protected.hidden} == {
        ("nonbinary", Reason.FEW),
        ("gender-not-reported", Reason.BESIDE),
    }
    assert len({replace(cell, group="") for cell in hidden}) == 1


def test_an_extreme_is_a_reason_of_its_own(tmp_path: Path) -> None:
    measured = written(tmp_path, {ALL: suspended(1, 100)})
    (hidden,) = released(measured, agreement(SUSPENSION, groups=("all",))).hidden
    assert (hidden.indicator, hidden.period, hidden.group) == (SUSPENSION, PERIOD, "all")
    assert hidden.reason is Reason.EXTREME


def test_what_the_plan_does_not_name_never_appears(tmp_path: Path) -> None:
    cells = {
        ALL: suspended(40, 400),
        ("", "9", "all"): suspended(40, 400),
        ("", "", "foster"): suspended(10, 40),
        (SCHOOL, "", "all"): suspended(40, 400),
    }
    measured = written(tmp_path, cells)
    table = released(measured, agreement(SUSPENSION, groups=("all",))).table
    assert [(cell.school, cell.grade, cell.group) for cell in table] == [("", "", "all")]
    wide = agreement(SUSPENSION, groups=("all",), levels=("district", "school"), grades="each")
    table = released(measured, wide).table
    assert [(cell.school, cell.grade) for cell in table] == [("", ""), ("", "9"), (SCHOOL, "")]


def test_a_grade_that_the_indicator_is_not_about_is_not_applicable(tmp_path: Path) -> None:
    """Chronic absenteeism starts with kindergarten, and the school has only the year before."""
    counted = {CHRONIC: {"members": 100, "chronic": 20}}
    nobody = {CHRONIC: {"members": 0, "chronic": 0}}
    cells = {
        ALL: counted,
        ("", "TK", "all"): nobody,
        ("", "K", "all"): counted,
        (SCHOOL, "", "all"): nobody,
        (SCHOOL, "TK", "all"): nobody,
    }
    wide = agreement(CHRONIC, groups=("all",), levels=("district", "school"), grades="each")
    table = released(written(tmp_path, cells), wide).table
    assert {(cell.school, cell.grade): cell.state for cell in table} == {
        ("", ""): State.PUBLISHED,
        ("", "TK"): State.NOT_APPLICABLE,
        ("", "K"): State.PUBLISHED,
        (SCHOOL, ""): State.NOT_APPLICABLE,
        (SCHOOL, "TK"): State.NOT_APPLICABLE,
    }


def test_an_indicator_without_records_is_missing_and_says_so_once_a_group(tmp_path: Path) -> None:
    cells = {
        ALL: suspended(40, 400) | {CHRONIC: {"members": 0, "chronic": 0}},
        ("", "9", "all"): suspended(40, 400) | {CHRONIC: {"members": 0, "chronic": 0}},
    }
    both = agreement(SUSPENSION, CHRONIC, groups=("all",), grades="each")
    table = released(written(tmp_path, cells), both).table
    assert [(cell.grade, cell.state) for cell in table.where(indicator=CHRONIC)] == [
        ("", State.MISSING)
    ]
    assert len(table.where(indicator=SUSPENSION)) == 2


def test_a_period_without_a_file_is_missing(tmp_path: Path) -> None:
    measured = written(tmp_path, {ALL: suspended(40, 400)})
    earlier = replace(measured, periods=("2022-23", PERIOD))
    table = released(earlier, agreement(SUSPENSION, groups=("all",))).table
    assert {cell.period: cell.state for cell in table} == {
        "2022-23": State.MISSING,
        PERIOD: State.PUBLISHED,
    }


def test_a_mean_has_a_standard_error_of_one_decimal(tmp_path: Path) -> None:
    """Six scores of 2400 and six of 2600: s² = 12 · 100² / 11, s / √12 = 30.151."""
    sums = {"members": 12, "scores": 30_000, "squared_scores": 6 * 2400**2 + 6 * 2600**2}
    measured = written(tmp_path, {ALL: {"mean-scale-score-mathematics": sums}})
    (cell,) = released(measured, agreement("mean-scale-score-mathematics", groups=("all",))).table
    assert (cell.value, cell.standard_error) == (Decimal(2500), Decimal("30.2"))


def mathematics(expected: int, tested: int, met: int) -> dict[str, Sums]:
    return {
        "test-participation-mathematics": {"members": expected, "took_part": tested},
        "met-standard-mathematics": {"members": tested, "met": met},
        "mean-scale-score-mathematics": {
            "members": tested,
            "scores": 2500 * tested,
            "squared_scores": (2500**2 + 900) * tested,
        },
    }


MATHEMATICS = tuple(mathematics(1, 1, 1))


def hidden_in(table: CellTable) -> dict[str, set[str]]:
    return {
        each: {cell.group for cell in table.where(indicator=each, state=State.SUPPRESSED)}
        for each in MATHEMATICS
    }


def test_a_group_too_small_for_one_indicator_is_hidden_in_all_that_show_its_size(
    tmp_path: Path,
) -> None:
    """Ten were tested: the size of the mean's cell is the participation's numerator."""
    cells = {
        ALL: mathematics(400, 380, 200),
        ("", "", "foster"): mathematics(14, 10, 5),
        ("", "", "homeless"): mathematics(40, 30, 15),
    }
    charter = agreement(*MATHEMATICS, groups=("all", "foster", "homeless"))
    table = released(written(tmp_path, cells), charter).table
    assert hidden_in(table) == {each: {"foster"} for each in MATHEMATICS}


def test_full_participation_is_hidden_without_hiding_the_scores_beside_it(tmp_path: Path) -> None:
    """Everybody but one took part. Who doesn't know how many were expected can't tell."""
    cells = {ALL: mathematics(400, 380, 200), ("", "", "foster"): mathematics(40, 39, 20)}
    charter = agreement(*MATHEMATICS, groups=("all", "foster"))
    table = released(written(tmp_path, cells), charter).table
    assert hidden_in(table) == {
        "test-participation-mathematics": {"foster"},
        "met-standard-mathematics": set(),
        "mean-scale-score-mathematics": set(),
    }


def test_the_public_sees_the_same_pattern_in_bands(tmp_path: Path) -> None:
    numbers = {"all": (62, 315), "female": (20, 140), "male": (35, 150)}
    numbers |= {"nonbinary": (1, 5), "gender-not-reported": (6, 20)}
    cells = {("", "", group): suspended(*n) for group, n in numbers.items()}
    charter = agreement(SUSPENSION, groups=tuple(numbers))
    measured = written(tmp_path, cells)
    exact = released(measured, charter).table
    banded = released(measured, charter, "public").table
    for one, other in zip(exact, banded, strict=True):
        assert other.numerator is other.denominator is other.value is None
        if one.state is State.SUPPRESSED:
            assert other.state is State.SUPPRESSED
        else:
            assert one.value is not None
            assert other.low is not None
            assert other.high is not None
            assert other.low <= one.value <= other.high
            assert other.high - other.low >= 2
    # 62 of 315 are 19.68 %; from 300 students on, bands are 2 points wide and start at 1
    everyone = banded.one(group="all")
    assert everyone is not None
    assert (everyone.low, everyone.high) == (19, 21)


def test_a_mean_is_banded_in_points(tmp_path: Path) -> None:
    cells = {ALL: mathematics(130, 120, 60)}
    charter = agreement(*MATHEMATICS, groups=("all",))
    table = released(written(tmp_path, cells), charter, "public").table
    cell = table.one(indicator="mean-scale-score-mathematics")
    assert cell is not None
    assert (cell.low, cell.high) == (2500, 2510)


def test_the_share_of_students_in_sight_is_told_inside(tmp_path: Path) -> None:
    numbers = {"all": (40, 400), "foster": (1, 30), "homeless": (8, 70)}
    cells = {("", "", group): suspended(*n) for group, n in numbers.items()}
    charter = agreement(SUSPENSION, groups=tuple(numbers))
    (visible,) = released(written(tmp_path, cells), charter).visible
    assert (visible.level, visible.cells, visible.shown_cells) == ("district", 3, 2)
    assert visible.share == 0.94


def test_the_same_measure_gives_the_same_bytes(tmp_path: Path) -> None:
    cells = {ALL: mathematics(400, 380, 200), ("", "", "foster"): mathematics(40, 39, 20)}
    charter = agreement(*MATHEMATICS, groups=("all", "foster"))
    measured = written(tmp_path, cells)
    first, second = (released(measured, charter).table.parquet_bytes() for _ in range(2))
    assert first == second


def test_a_status_that_the_definition_does_not_allow_does_not_leave(tmp_path: Path) -> None:
    measured = replace(written(tmp_path, {ALL: suspended(40, 400)}), data_status="provisional")
    assert len(released(measured, agreement(SUSPENSION, groups=("all",))).table) == 0


def test_another_districts_sums_are_refused(tmp_path: Path) -> None:
    measured = replace(written(tmp_path, {ALL: suspended(40, 400)}), district="99100020000000")
    with pytest.raises(StateError, match="another district"):
        released(measured, agreement(SUSPENSION, groups=("all",)))


def test_a_measure_made_before_the_charter_grew_is_refused(tmp_path: Path) -> None:
    measured = written(tmp_path, {ALL: suspended(40, 400)})
    with pytest.raises(StateError, match="no sums of the group foster"):
        released(measured, agreement(SUSPENSION, groups=("all", "foster")))
    with pytest.raises(StateError, match="no sums of chronic-absenteeism"):
        released(measured, agreement(SUSPENSION, CHRONIC, groups=("all",)))
