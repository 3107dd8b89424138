"""Which hidden numbers must not be worked out, and by whose rules: on a few published tables."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from accord.audit.sources import Source
from accord.cells.cell import Cell
from accord.cells.relations import Relations
from accord.charter.model import Disclosure
from adversary.publications import Shown, cell, source
from unit.audit.written_out import ALONE, asked, case_of

RATE, DAYS, MEAN = "suspension-rate", "attendance-rate", "mean-scale-score-mathematics"
PART, MET = "test-participation-mathematics", "met-standard-mathematics"


def genders(female: Shown, nonbinary: Shown = None) -> list[Cell]:
    return [
        cell(RATE, "all", (60, 300)), cell(RATE, "female", female),
        cell(RATE, "male", (34, 156)), cell(RATE, "nonbinary", nonbinary),
    ]  # fmt: skip


def groups(*sources: Source) -> set[str]:
    """The groups of which something must stay hidden."""
    return {each.split()[2].rstrip(":") for each in asked(case_of(*sources))}


def test_the_last_word_of_an_audience_says_what_is_hidden() -> None:
    """The first release hid both groups; the second shows female students, or the other way."""
    both, one = source(*genders(None)), source(*genders((25, 140)), name="second")
    assert groups(both, replace(one, number=2)) == {"nonbinary"}
    assert groups(replace(one, number=2), both) == {"nonbinary"}
    assert groups(replace(both, number=2), one) == {"female", "nonbinary"}


def test_each_audience_has_a_last_word_of_its_own() -> None:
    public = source(*genders(None))
    partners = replace(source(*genders((25, 140))), audience="partners", number=2)
    assert groups(public, partners) == {"female", "nonbinary"}


def test_of_several_rules_the_strictest_hold() -> None:
    """20 students, 5 with and without, 3 colluders, each from another release."""
    rules = (Disclosure(minimum=20), Disclosure(threshold=5), Disclosure(colluders=3))
    tables = [replace(source(*genders(None), rules=each), number=number)
              for number, each in enumerate(rules)]  # fmt: skip
    found = asked(case_of(*tables))
    assert found == [
        f"{kind} suspension.n {group}: 4 wide, up to 5"
        for kind in ("count", "rest") for group in ("female", "nonbinary")
    ]  # fmt: skip


@pytest.mark.parametrize(("minimum", "width"), [(19, 1), (20, 1), (21, 3)])
def test_the_minimum_says_who_are_many(minimum: int, width: int) -> None:
    """School B has 12 of 20 by subtraction: plain enough for 19 and 20, and too few for 21."""
    table = source(
        cell("own-rate", "all", (90, 460)), cell("own-rate", "all", (78, 440), school="A"),
        cell("own-rate", "all", None, school="B"), rules=Disclosure(minimum=minimum),
    )  # fmt: skip
    reach = 0 if width == 1 else 3
    assert asked(case_of(table, relations=ALONE)) == [
        f"{kind} own.n all@B: {width} wide, up to {reach}" for kind in ("count", "rest")
    ]


@pytest.mark.parametrize(("took_part", "is_secret"), [(11, False), (10, True)])
def test_how_many_took_a_test_is_no_secret_where_there_are_enough(
    took_part: int, is_secret: bool
) -> None:
    """Ten groups show that those who took part are those whom the scores are about. Of foster youth
    the scores show how many took part; who did not must stay hidden."""
    shown = [
        each
        for number in range(10)
        for each in (
            cell(PART, f"g{number}", (40 + number, 60 + number)),
            cell(MET, f"g{number}", (10 + number, 40 + number)),
        )
    ]
    case = case_of(
        source(*shown, cell(PART, "foster", None), cell(MET, "foster", (5, took_part))),
        relations=ALONE,
    )
    about = {each.partition(" foster: ")[0] for each in asked(case) if " foster: " in each}
    met = {"count met.d", "count test.n"} & about
    assert bool(met) is is_secret
    assert any(each.startswith("rest") for each in about)


@pytest.mark.parametrize(("days", "width"), [(3661, 1), (3660, 3)])
def test_where_nothing_tells_how_long_a_year_is_it_has_366_days(days: int, width: int) -> None:
    """3,661 days are those of eleven students at least, 3,660 may be those of ten."""
    case = case_of(
        source(
            cell(DAYS, "all", (17_000, 20_000)), cell(DAYS, "x", (7_000, 8_000)),
            cell(DAYS, "y", None), cell(DAYS, "z", (8_000, 12_000 - days)),
        ),
        relations=Relations((("x", "y", "z"),), ()),
    )  # fmt: skip
    reach = 0 if width == 1 else 3
    assert asked(case) == [
        f"{kind} attendance.n y: {width} wide, up to {reach}" for kind in ("count", "rest")
    ]


@pytest.mark.parametrize(("days", "width"), [(1761, 1), (1760, 3)])
def test_a_group_whose_days_are_not_shown_tells_nothing_of_a_year(days: int, width: int) -> None:
    """W has 39 students and no days. The 20 of x were expected on 3,500, nobody on more than 176:
    1,761 days are those of eleven students."""
    case = case_of(
        source(
            cell(RATE, "x", (5, 20)), cell(RATE, "w", (10, 39)),
            cell(DAYS, "all", (6900, 7200)), cell(DAYS, "x", (3400, 3500)),
            cell(DAYS, "y", None), cell(DAYS, "z", (1800, 3700 - days)),
        ),
        relations=Relations((("x", "y", "z"), ("w", "v")), ()),
    )  # fmt: skip
    reach = 0 if width == 1 else 3
    assert [each for each in asked(case) if "attendance.n y" in each] == [
        f"{kind} attendance.n y: {width} wide, up to {reach}" for kind in ("count", "rest")
    ]


def half_day(group: str, attended: str, expected: int) -> Cell:
    return replace(cell(DAYS, group, (0, expected)), numerator=Fraction(attended))


@pytest.mark.parametrize(("days", "width"), [(1811, 1), (1810, 3)])
def test_a_year_is_as_long_in_half_days(days: int, width: int) -> None:
    """All 40 students were expected on 7,200 days, so nobody on more than 181, though one of them
    came for half a day. Of the groups whose size is shown the largest tells."""
    case = case_of(
        source(
            cell(RATE, "all", (9, 40)), cell(RATE, "x", (5, 20)),
            cell(RATE, "y", None), cell(RATE, "z", None),
            half_day("all", "7000.5", 7200), half_day("x", "3400.5", 3500),
            cell(DAYS, "y", None), cell(DAYS, "z", (1800, 3700 - days)),
        ),
        relations=Relations((("x", "y", "z"),), ()),
    )  # fmt: skip
    reach = 0 if width == 1 else 3
    needs = [each for each in asked(case) if "attendance" in each]
    assert [each.partition(": ")[0] for each in needs] == [
        "count attendance.n y", "rest attendance.n y"
    ]  # fmt: skip
    if width == 1:
        assert all(each.endswith(f": {width} wide, up to {reach}") for each in needs)
    else:
        assert all(each.endswith(": 300 wide, up to 300") for each in needs)


@pytest.mark.parametrize(("students", "width"), [(11, 1), (10, 3)])
def test_a_group_of_known_size_is_as_large_as_it_is_whatever_its_days(
    students: int, width: int
) -> None:
    """Another indicator shows how many students y has; they were expected on 100 days in all."""
    case = case_of(
        source(
            cell(RATE, "all", (20, 90)), cell(RATE, "x", (5, 40)),
            cell(RATE, "y", (4, students)), cell(RATE, "z", (11, 50 - students)),
            cell(DAYS, "all", (9000, 10_000)), cell(DAYS, "x", (5000, 5500)),
            cell(DAYS, "y", None), cell(DAYS, "z", (3920, 4400)),
        ),
        relations=Relations((("x", "y", "z"),), ()),
    )  # fmt: skip
    reach = 0 if width == 1 else 3
    assert asked(case) == [
        f"{kind} attendance.n y: {width} wide, up to {reach}" for kind in ("count", "rest")
    ]


def mean_of(students: int, *, hidden: bool) -> list[str]:
    """What is asked of the mean of so many of 300 students, hidden or published by nobody."""
    others = 300 - students
    shown = [cell(MEAN, "all", (750_000, 300)), cell(MEAN, "x", (2500 * others, others))]
    if hidden:
        table = source(*shown, cell(MEAN, "y", None))
        return asked(case_of(table, relations=Relations((("x", "y"),), ())))
    return asked(case_of(source(*shown), relations=ALONE))


def test_a_hidden_mean_must_not_be_exact_and_that_of_few_not_even_close() -> None:
    """11 students were hidden beside others, 10 are few; of nobody there is no mean."""
    assert mean_of(11, hidden=True) == ["mean mean.n y: 0 wide, up to 0"]
    assert mean_of(10, hidden=True) == ["mean mean.n y: 40000 wide, up to 0"]
    assert mean_of(0, hidden=True) == []


def test_the_mean_of_a_complement_must_stay_open_only_if_it_is_of_few() -> None:
    assert mean_of(11, hidden=False) == []
    assert mean_of(10, hidden=False) == ["mean mean.n all but x: 40000 wide, up to 0"]
