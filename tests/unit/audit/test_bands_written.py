"""What bands say of definitions of every kind: of rates of students and of days, and of means."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from accord.audit.attacks import audit
from accord.cells.cell import State
from accord.cells.relations import Relations
from accord.charter.model import Disclosure
from adversary.publications import banded, cell, figures, source
from unit.audit.written_out import ALONE, case_of, lines, ranges

MET, MEAN, DAYS = (
    "met-standard-mathematics", "mean-scale-score-mathematics", "attendance-rate"
)  # fmt: skip
MOST = 2 * 900 + 1_000_000


def test_what_is_shown_has_as_many_as_the_rules_of_its_own_release_ask_for() -> None:
    """Twenty students, five with and five without what is counted."""
    rules = Disclosure(minimum=20, threshold=5)
    table = source(cell(MET, "all", (400, 900)), banded(MET, "female", 20, 40), rules=rules)
    case = case_of(table, relations=ALONE)
    told = ranges(case, case.published)
    assert told["met.d female"] == (20, MOST)
    assert told["met.n female"][0] == 5
    assert "5 ≤ +met.d female -met.n female" in lines(case, case.published)


def test_days_are_banded_in_hundredths_and_say_nothing_of_how_many_students() -> None:
    """90 to 95 % of a group's days were attended; three days at least, and three were missed."""
    everyone = replace(cell(DAYS, "all", (0, 1800)), numerator=Fraction("1720.5"))
    case = case_of(source(everyone, banded(DAYS, "foster", 90, 95)), relations=ALONE)
    told = ranges(case, case.published)
    assert told["attendance.n foster"][0] == 300
    assert told["attendance.d foster"][0] == 0
    assert lines(case, case.published)[-3:] == [
        "300 ≤ +attendance.d foster -attendance.n foster",
        "0 ≤ +10 attendance.n foster -9 attendance.d foster",
        "0 ≤ -20 attendance.n foster +19 attendance.d foster",
    ]


def test_of_an_unknown_rate_nobody_knows_whether_it_counts_students() -> None:
    case = case_of(
        source(cell("own-rate", "all", (400, 900)), banded("own-rate", "female", 0, 20)),
        relations=ALONE,
    )
    told = ranges(case, case.published)
    assert (told["own.n female"][0], told["own.d female"][0]) == (3, 0)


@pytest.mark.parametrize(
    ("low", "high", "size"),
    [(2490, 2500, (100, 299)), (2490, 2495, (300, 999)), (2490, 2493, (11, MOST))],
)  # fmt: skip
def test_bands_of_means_are_as_wide_as_their_size_asks_for(
    low: int, high: int, size: tuple[int, int]
) -> None:
    """No size has bands of three points, so those say only that there are enough."""
    table = source(cell(MEAN, "all", (2_250_000, 900)), banded(MEAN, "female", low, high))
    case = case_of(table, relations=ALONE)
    assert ranges(case, case.published)["mean.d female"] == size
    assert lines(case, case.published)[-2:] == [
        f"0 ≤ +mean.n female -{low} mean.d female",
        f"0 ≤ -mean.n female +{high} mean.d female",
    ]


def test_that_an_indicator_does_not_apply_is_told_by_who_releases_it() -> None:
    """Others hold all students and the female ones; that nobody is nonbinary the release says, and
    so how many of the male ones there are."""
    rate = "suspension-rate"
    nobody = replace(cell(rate, "nonbinary", None), state=State.NOT_APPLICABLE)
    known = figures(cell(rate, "all", (60, 300)), cell(rate, "female", (25, 140)))
    gender = Relations((("female", "male", "nonbinary"),), ())
    (found,) = audit([source(cell(rate, "male", None), nobody), known], relations=gender).findings
    assert found.unsafe.all()
    assert not found.pre_existing.any()
