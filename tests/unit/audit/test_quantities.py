"""Which published columns are one and the same number, and what counts where they differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.audit.assumed import Assumed
from accord.audit.case import Case
from accord.audit.quantities import place_words
from accord.cells.cell import State
from accord.cells.equations import Relations
from adversary.publications import cell, source
from unit.audit.written_out import ALONE, asked, case_of, ranges

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
