"""All that a reader can write down of a published table, every range and line, by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from accord.audit.assumed import Assumed
from accord.cells.cell import Cell
from accord.cells.relations import Relations
from accord.cells.system import UNBOUNDED
from adversary.publications import banded, cell, source
from unit.audit.written_out import ALONE, asked, case_of, lines, ranges

MET, ADVANCED = "met-standard-mathematics", "advanced-mathematics"
MEAN, DISTANCE = "mean-scale-score-mathematics", "distance-from-standard-mathematics"
DAYS, SUSPENDED = "attendance-rate", "suspension-rate"
TWO = Relations((("female", "male"),), ())


def numbers(indicator: str, group: str, numerator: str, denominator: str) -> Cell:
    """A cell with numbers that are not whole."""
    shown = cell(indicator, group, (0, 1))
    return replace(shown, numerator=Fraction(numerator), denominator=Fraction(denominator))


def test_the_tests_of_a_district_with_two_hidden_groups() -> None:
    """Of 300 students 156 are male; 60 and 34 of them met the standard, 20 and 11 with the highest
    level, and the scores add up to 750,000 and 390,100. Nothing is said of female and nonbinary
    students. What is not shown is at most twice the largest number shown and a thousand; and scores
    go from 150 to 2900."""
    case = case_of(
        source(
            *(
                each
                for indicator, everyone, male in (
                    (MET, 60, 34), (ADVANCED, 20, 11), (MEAN, 750_000, 390_100)
                )
                for each in (
                    cell(indicator, "all", (everyone, 300)),
                    cell(indicator, "female", None),
                    cell(indicator, "male", (male, 156)),
                    cell(indicator, "nonbinary", None),
                )
            )
        )
    )  # fmt: skip
    of = {
        "advanced.n": (20, 11, 2 * 20 + 1000),
        "advanced.d": (300, 156, 2 * 300 + 1000),  # who took the test, for both rates
        "mean.n": (750_000, 390_100, 2900 * 1600),
        "mean.d": (300, 156, 2 * 300 + 1000),
        "met.n": (60, 34, 2 * 60 + 1000),
    }
    assert ranges(case, case.published) == {
        f"{number} {group}": told
        for number, (everyone, male, most) in of.items()
        for group, told in (
            ("all", (everyone, everyone)), ("female", (0, most)),
            ("male", (male, male)), ("nonbinary", (0, most)),
        )
    }  # fmt: skip
    assert lines(case, case.published) == [
        *(f"-{each} all +{each} female +{each} male +{each} nonbinary = 0" for each in of),
        "+advanced.n female -met.n female ≤ 0",
        "+advanced.n nonbinary -met.n nonbinary ≤ 0",
        "+met.n female -advanced.d female ≤ 0",
        "+met.n nonbinary -advanced.d nonbinary ≤ 0",
        "0 ≤ +mean.n female -150 mean.d female",
        "0 ≤ +mean.n nonbinary -150 mean.d nonbinary",
        "+mean.n female -2900 mean.d female ≤ 0",
        "+mean.n nonbinary -2900 mean.d nonbinary ≤ 0",
    ]
    # what single lines tell: 300 − 156 students, of whom 60 − 34 met the standard
    narrow = ranges(case, case.system)
    assert [narrow[f"{number} female"] for number in of] == [
        (0, 9), (0, 144), (0, 359_900), (0, 144), (0, 26)
    ]  # fmt: skip
    assert asked(case) == [
        *(f"count {number} {group}: 3 wide, up to 3"
          for number in ("advanced.n", "met.n") for group in ("female", "nonbinary")),
        *(f"rest {number} {group}: 3 wide, up to 3"
          for number in ("advanced.n", "met.n") for group in ("female", "nonbinary")),
        *(f"mean mean.n {group}: 40000 wide, up to 0" for group in ("female", "nonbinary")),
    ]  # fmt: skip


def test_days_are_in_hundredths_and_nobody_attends_more_than_is_expected() -> None:
    """1,720.5 of 1,800 days: whole days are held against half days in one unit. Three students'
    days must stay open, and among two students who are homeless two are all."""
    case = case_of(
        source(
            numbers(DAYS, "all", "1720.5", "1800"),
            numbers(DAYS, "foster", "170", "180"),
            cell(DAYS, "homeless", None),
            cell(SUSPENDED, "all", (3, 11)),
            cell(SUSPENDED, "foster", (0, 1)),
            cell(SUSPENDED, "homeless", (0, 2)),
        ),
        relations=ALONE,
    )
    told = ranges(case, case.published)
    assert (told["attendance.n all"], told["attendance.d all"]) == (
        (172_050, 172_050), (180_000, 180_000)
    )  # fmt: skip
    assert told["attendance.n homeless"] == (0, 2 * 172_050 + 1000 * 100)
    assert told["attendance.d homeless"] == (0, 2 * 180_000 + 1000 * 100)
    hidden = ("homeless", "all but foster", "all but homeless")
    assert [each for each in lines(case, case.published) if each.endswith("≤ 0")] == [
        *(f"+attendance.n {group} -attendance.d {group} ≤ 0" for group in hidden),
        *(f"+suspension.n {group} -suspension.d {group} ≤ 0" for group in hidden[1:]),
    ]
    needs = [each for each in asked(case) if "attendance" in each]
    assert needs == [
        f"{kind} attendance.n {group}: 300 wide, up to 300"
        for kind in ("count", "rest")
        for group in hidden
    ]


def test_numbers_that_are_not_whole_in_any_unit_are_known_to_the_one_below() -> None:
    """A third of 100 is 33 to 34, beside half students in hundredths."""
    case = case_of(
        source(
            numbers("own-rate", "all", "100/3", "50"),
            numbers("own-rate", "foster", "3", "9.5"),
        ),
        relations=ALONE,
    )
    assert ranges(case, case.system) == {
        "own.n all": (3300, 3400),
        "own.n foster": (300, 300),
        "own.n all but foster": (3000, 3100),
        "own.d all": (5000, 5000),
        "own.d foster": (950, 950),
        "own.d all but foster": (4050, 4050),
    }


def test_points_may_be_below_zero() -> None:
    """Distances go from 348 points below to 317 above the standard; of another's mean nobody
    knows the scale."""
    case = case_of(
        source(cell(DISTANCE, "all", (-400, 20)), cell(DISTANCE, "foster", None)), relations=ALONE
    )
    students = 2 * 20 + 1000
    assert ranges(case, case.published)["distance.n foster"] == (-348 * students, 317 * students)
    hidden = ("foster", "all but foster")
    assert lines(case, case.published) == [
        *(f"0 ≤ +distance.n {group} +348 distance.d {group}" for group in hidden),
        *(f"+distance.n {group} -317 distance.d {group} ≤ 0" for group in hidden),
    ]
    own = case_of(
        source(cell("own-mean", "all", (400, 20)), cell("own-mean", "foster", None)),
        relations=ALONE,
    )
    assert ranges(own, own.published)["own.n foster"] == (-UNBOUNDED, UNBOUNDED)
    assert ranges(own, own.published)["own.d foster"] == (0, students)
    assert asked(own) == [f"mean own.n {group}: 40000 wide, up to 0" for group in hidden]


def distances(schools: int, *, off: int = 0) -> list[Cell]:
    """So many schools that show everything, of which one may be `off`, and a district that shows
    its total."""
    return [
        cell(DISTANCE, "all", (-50 * schools, 20 * schools)),
        cell(DISTANCE, "female", None),
        cell(DISTANCE, "male", None),
        *(
            each
            for number in range(schools)
            for each in (
                cell(DISTANCE, "all", (-50 - number + (off if number == 3 else 0), 20),
                     school=f"{number:02}"),
                cell(DISTANCE, "female", (-20 - number, 11), school=f"{number:02}"),
                cell(DISTANCE, "male", (-30, 9), school=f"{number:02}"),
            )
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("schools", "off", "sums", "adds_up"),
    [
        (10, 0, True, {"n", "d"}),
        (9, 0, True, set()),
        (10, 1, True, {"d"}),
        (10, 0, False, set()),
    ],
    ids=["ten sums that hold", "nine are too few", "one that doesn't", "not taken for granted"],
)
def test_a_number_that_is_no_plain_sum_adds_up_if_all_that_is_shown_does(
    schools: int, off: int, sums: bool, adds_up: set[str]
) -> None:
    """A distance counts some who did not take the test, so groups need not add up."""
    case = case_of(source(*distances(schools, off=off)), relations=TWO, assumed=Assumed(sums=sums))
    written = lines(case, case.published)
    for role in ("n", "d"):
        parts = f"-distance.{role} all +distance.{role} female +distance.{role} male = 0"
        over_schools = [each for each in written if f"-distance.{role} all +distance.{role} all@00"
                        in each]  # fmt: skip
        assert (parts in written) is (role in adds_up)
        assert len(over_schools) == (role in adds_up)
    # the schools' numerators are 45 below the district's: 0 + 1 + … + 9
    if adds_up == {"n", "d"}:
        assert any(each.startswith("-45 ≤ -distance.n female") for each in written)


def test_schools_add_up_as_long_as_that_is_taken_for_granted() -> None:
    cells = [
        cell("own-rate", "all", (90, 460)),
        cell("own-rate", "all", (50, 210), school="A"),
        cell("own-rate", "all", None, school="B"),
    ]
    case = case_of(source(*cells), relations=ALONE)
    within = "+own.n all@B -own.d all@B ≤ 0"
    assert lines(case, case.published) == [
        "-own.n all +own.n all@A +own.n all@B = 0",
        "-own.d all +own.d all@A +own.d all@B = 0",
        within,
    ]
    assert asked(case) == [
        "count own.n all@B: 1 wide, up to 0",
        "rest own.n all@B: 1 wide, up to 0",
    ]
    alone = case_of(source(*cells), relations=ALONE, assumed=Assumed(schools=False))
    assert lines(alone, alone.published) == [within]
    assert asked(alone) == [
        "count own.n all@B: 3 wide, up to 3",
        "rest own.n all@B: 3 wide, up to 3",
    ]


def test_what_a_band_says() -> None:
    """Of at least three in 20 to 40 % three and more are left out: 1/5 to 2/5 of them. A mean of
    2490 to 2500 is about 100 to 299 students, for bands of means are 10 points wide there."""
    case = case_of(
        source(
            cell(MET, "all", (60, 300)),
            banded(MET, "female", 20, 40),
            cell(MET, "male", (34, 156)),
            cell(MET, "nonbinary", None),
            cell(MEAN, "all", (750_000, 300)),
            banded(MEAN, "female", 2490, 2500),
            cell(MEAN, "male", (390_100, 156)),
            cell(MEAN, "nonbinary", None),
        )
    )
    told = ranges(case, case.published)
    assert told["met.n female"] == (3, 2 * 60 + 1_000_000)
    assert told["met.d female"] == (11, 2 * 300 + 1_000_000)
    assert told["mean.d female"] == (100, 299)
    assert lines(case, case.published)[-5:] == [
        "0 ≤ +mean.n female -2490 mean.d female",
        "0 ≤ -mean.n female +2500 mean.d female",
        "3 ≤ +met.d female -met.n female",
        "0 ≤ +5 met.n female -met.d female",
        "0 ≤ -5 met.n female +2 met.d female",
    ]


@pytest.mark.parametrize(
    ("low", "high", "size"),
    [(0, 20, (11, 19)), (20, 80, (11, 19)), (0, 10, (20, 39)), (95, 100, (40, 99)),
     (1, 3, (300, 999)), (0, 1, (300, 1_001_800)), (20, 40, (11, 1_001_800))],
)  # fmt: skip
def test_bands_are_cut_by_size_and_so_tell_it(low: int, high: int, size: tuple[int, int]) -> None:
    """The ends 0 and 20 are those of 11 to 19 students, 0 and 1 of all sizes from 300 on; 20 and 40
    are of no size, and say only that there are eleven. Bands have no upper end: that no district
    has a million students more than twice 900 is all that is known."""
    table = source(cell(MET, "all", (400, 900)), banded(MET, "female", low, high))
    case = case_of(table, relations=ALONE)
    assert ranges(case, case.published)["met.d female"] == size
