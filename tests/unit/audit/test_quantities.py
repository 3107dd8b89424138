"""Which published columns are one and the same number, and what counts where they differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.audit.assumed import Assumed
from accord.audit.case import Case
from accord.audit.quantities import place_words
from accord.base.errors import RefusedError
from accord.cells.cell import State
from accord.cells.relations import Relations
from adversary.publications import cell, source
from unit.audit.written_out import ALONE, asked, case_of, cases_of, ranges

MET, MEAN = "met-standard-mathematics", "mean-scale-score-mathematics"
RATE, DAYS = "suspension-rate", "attendance-rate"


def took_tests(groups: int, *, off: int) -> Case:
    """A rate and a mean of so many groups, each about as many students in both, save `off`."""
    cells = []
    for number in range(groups):
        students = 40 + number
        cells.append(cell(MET, f"g{number:02}", (10 + number, students)))
        cells.append(cell(MEAN, f"g{number:02}", (2500 * students, students + off * (number == 3))))
    return case_of(source(*cells), relations=ALONE)


@pytest.mark.parametrize(
    ("groups", "off", "numbers"),
    [(10, 0, 3), (9, 0, 4), (11, 1, 4)],
    ids=["ten agree", "nine may be chance", "one differs"],
)
def test_columns_that_agree_in_no_few_places_are_one_number(
    groups: int, off: int, numbers: int
) -> None:
    """Who took the test, as the rate and the mean show it."""
    case = took_tests(groups, off=off)
    assert len(case.quantities) == numbers
    shown = [{role for _, role in each.columns} for each in case.quantities]
    assert sum(len(each.columns) for each in case.quantities) == 4
    assert all(len(roles) == 1 for roles in shown)


def test_numbers_that_agree_by_chance_are_held_apart_where_they_contradict() -> None:
    """Of 100 students 60 are girls, says the rate; 45 boys have a score, says the mean."""
    agree = [
        each
        for number in range(10)
        for each in (
            cell(MET, f"g{number}", (10 + number, 40 + number)),
            cell(MEAN, f"g{number}", (2500 * (40 + number), 40 + number)),
        )
    ]
    apart = [
        cell(MET, "all", (50, 100)), cell(MET, "female", (30, 60)), cell(MET, "male", None),
        cell(MEAN, "all", None), cell(MEAN, "female", None), cell(MEAN, "male", (112_500, 45)),
    ]  # fmt: skip
    case = case_of(source(*agree, *apart), relations=Relations((("female", "male"),), ()))
    assert case.assumed == Assumed(alike=False)
    assert case.notes == (
        "Numbers that were the same by chance contradict others, and were held apart.",
    )
    assert len(case.quantities) == 4
    of_male = ranges(case, case.system)
    assert of_male["met.d male"] == (40, 40)
    assert of_male["mean.d male"] == (45, 45)


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_revised_figures_the_newest_counts_or_each_is_held_apart(newest_first: bool) -> None:
    """61 of 301 in May, 60 of 300 in June; the 9 of 30 were never revised."""
    may = {"as_of": "2024-05-01", "data_status": "preliminary"}
    tables = [
        source(cell(RATE, "all", (60, 300)), name="June"),
        source(cell(RATE, "all", (61, 301), **may), cell(RATE, "foster", (9, 30), **may)),
    ]
    both = case_of(*(tables if newest_first else tables[::-1]), relations=ALONE, assumed=Assumed())
    assert [ranges(both, both.published)[f"suspension.{role} all"] for role in "nd"] == [
        (60, 60), (300, 300)
    ]  # fmt: skip
    apart = case_of(*tables, relations=ALONE, assumed=Assumed(unchanged=False))
    assert sorted(int(each.values[0]) for each in apart.quantities) == [60, 61, 300, 301]
    assert both.notes == apart.notes == ()


def test_a_correction_of_one_number_makes_a_case_of_what_was_told_before() -> None:
    """The second measure has one suspended student less, of as many; a third one agrees."""
    first = source(cell(RATE, "all", (61, 300)), cell(RATE, "foster", None))
    second = source(cell(RATE, "all", (60, 300)), name="second")
    second, third = (replace(second, measure=each, number=2) for each in ("m2", "m3"))
    assert [case.assumed.newest for case in cases_of(first, relations=ALONE)] == [True]
    assert len(cases_of(first, first, relations=ALONE)) == 1
    for tables in ((first, second), (first, second, third)):
        told, before = cases_of(*tables, relations=ALONE)
        assert (told.assumed.newest, before.assumed.newest) == (True, False)
        assert ranges(told, told.published)["suspension.n all"] == (60, 60)
    out = replace(first, is_background=True)
    told, before = cases_of(out, second, relations=ALONE)
    assert ranges(told, told.published)["suspension.n all"] == (60, 60)
    assert ranges(before, before.published)["suspension.n all"] == (61, 61)
    assert ranges(before, before.published)["suspension.d all"] == (300, 300)


def test_rows_of_one_measure_that_are_given_twice_are_named_where_they_differ() -> None:
    """All students are given alike; those in foster care and their number are not."""
    one = source(cell(RATE, "all", (61, 300)), cell(RATE, "foster", (9, 30)))
    other = source(cell(RATE, "all", (61, 300)), cell(RATE, "foster", (8, 30)), name="other")
    with pytest.raises(RefusedError) as refused:
        case_of(one, other, relations=ALONE)
    (problem,) = refused.value.problems
    assert problem.what == (
        "The numerator of suspension-rate@1.0, 2023-24, is given twice and not alike for "
        "foster (district, all grades)."
    )
    assert problem.file == "other"
    groups = [f"g{number:02}" for number in range(12)]
    many = source(*(cell(RATE, group, (9, 30)) for group in groups))
    wrong = source(*(cell(RATE, group, (8, 30)) for group in groups))
    with pytest.raises(RefusedError) as refused:
        case_of(many, wrong, relations=ALONE)
    assert len(refused.value.problems) == 10


def test_that_ten_groups_have_nobody_in_both_columns_says_nothing() -> None:
    """Nobody was suspended, and nobody was homeless: two numbers all the same."""
    groups = [f"g{number:02}" for number in range(10)]
    cells = [cell(name, group, (0, 40 + at)) for at, group in enumerate(groups)
             for name in ("own-rate", "other-rate")]  # fmt: skip
    sizes = {len(case.quantities) for case in cases_of(source(*cells), relations=ALONE)}
    assert sizes == {2}
    rate = [cell(RATE, group, (0, 40 + at)) for at, group in enumerate(groups)]
    chronic = [cell("chronic-absenteeism", group, (0, 40 + at)) for at, group in enumerate(groups)]
    (case,) = cases_of(source(*rate, *chronic), relations=ALONE)
    shown = sorted(sorted(role for _, role in each.columns) for each in case.quantities)
    assert shown == [["denominator", "denominator"], ["numerator"], ["numerator"]]


def test_where_an_indicator_does_not_apply_nobody_is_counted() -> None:
    silent = replace(cell(RATE, "foster", None), state=State.NOT_APPLICABLE)
    case = case_of(source(cell(RATE, "all", (60, 300)), silent), relations=ALONE)
    told = ranges(case, case.system)
    assert (told["suspension.n foster"], told["suspension.d foster"]) == ((0, 0), (0, 0))
    assert told["suspension.n all but foster"] == (60, 60)


@pytest.mark.parametrize(("days", "width"), [(1811, 1), (1810, 3)])
def test_days_tell_how_many_students_there_are_at_least(days: int, width: int) -> None:
    """All 40 students were expected on 7,200 days, so nobody on more than 181. Hence 1,811 days are
    those of eleven students, whose days must only not be computable; 1,810 may be those of ten."""
    races = Relations((("x", "y", "z"),), ())
    case = case_of(
        source(
            cell(RATE, "all", (9, 40)), cell(RATE, "x", (5, 20)),
            cell(RATE, "y", None), cell(RATE, "z", None),
            cell(DAYS, "all", (7000, 7200)), cell(DAYS, "x", (3400, 3500)),
            cell(DAYS, "y", None), cell(DAYS, "z", (1800, 3700 - days)),
        ),
        relations=races,
    )  # fmt: skip
    reach = 0 if width == 1 else 3
    assert [each for each in asked(case) if "attendance" in each] == [
        f"{kind} attendance.n y: {width} wide, up to {reach}" for kind in ("count", "rest")
    ]


def test_a_place_in_words() -> None:
    assert place_words(("", "", "all")) == "all (district, all grades)"
    assert place_words(("S", "3", "foster")) == "foster (school S, grade 3)"
