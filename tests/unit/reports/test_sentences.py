"""Sentences follow from findings, and say no more than they do."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from accord.insight import View
from accord.insight.change import Change
from accord.insight.estimates import Estimate
from accord.insight.view import IndicatorFinding
from accord.reports.sentences import findings, groups_changed, headline, spoken, summary
from unit.reports import fixture

ROSE, FELL, UNSURE, NOT_JUDGED = (
    Estimate(Fraction(3), Fraction(3), 1, 5),
    Estimate(Fraction(-3), Fraction(-3), -5, -1),
    Estimate(Fraction(1), Fraction(1), -1, 3),
    Estimate(Fraction(1), Fraction(1)),
)


@pytest.fixture(scope="module")
def view() -> View:
    return fixture.view(schools=0)


def said(
    view: View, *moved: Estimate | None, since: tuple[str, ...] = ("2021-22", "2021-22")
) -> str:
    """The headline of a view whose only indicator changed so in the two districts."""
    finding = next(item for item in view.indicators if item.definition.id == "chronic-absenteeism")
    districts = tuple(
        replace(
            found,
            since=None if estimate is None else Change(year, "2024-25", estimate, "lower"),
        )
        for found, estimate, year in zip(finding.districts, moved, since, strict=True)
    )
    strand = replace(view.strands[2], indicators=(replace(finding, districts=districts),))
    return " ".join(headline(replace(view, strands=(strand,))))


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (FELL, FELL, "Since 2021–22, chronic absenteeism fell in both districts."),
        (
            ROSE,
            FELL,
            "Since 2021–22, chronic absenteeism rose in Cedar Valley and fell in Harbor Point.",
        ),
        (
            FELL,
            UNSURE,
            "Since 2021–22, chronic absenteeism fell in Cedar Valley; can't tell yet in Harbor "
            "Point.",
        ),
        (UNSURE, UNSURE, "Since 2021–22, chronic absenteeism: can't tell yet in either district."),
        (
            NOT_JUDGED,
            NOT_JUDGED,
            "Since 2021–22, chronic absenteeism: how much of the change is chance isn't known in "
            "either district.",
        ),
        (None, None, "Chronic absenteeism: nothing to compare yet in either district."),
        (
            FELL,
            None,
            "Since 2021–22, chronic absenteeism fell in Cedar Valley; nothing to compare yet in "
            "Harbor Point.",
        ),
    ],
)
def test_headline(
    view: View, first: Estimate | None, second: Estimate | None, sentence: str
) -> None:
    assert said(view, first, second) == sentence


def test_no_common_year_no_since(view: View) -> None:
    text = said(view, FELL, FELL, since=("2021-22", "2022-23"))
    assert text == "Chronic absenteeism fell in both districts."


def test_the_first_indicator_of_each_strand_speaks(view: View) -> None:
    told = headline(view)
    assert len(told) == len(view.strands) == 4
    assert told[0].startswith("Since 2021–22, the share of students who met the standard in math")
    assert told[2] == "Chronic absenteeism fell in both districts."


def test_titles_as_subjects() -> None:
    assert spoken("Mean scale score, mathematics") == "Mean scale score in mathematics"
    assert spoken("Suspension rate") == "Suspension rate"
    assert spoken("Reached the highest level, reading") == (
        "The share of students who reached the highest level in reading"
    )


def test_the_summary_counts_everything_that_can_be_compared(view: View) -> None:
    text = " ".join(summary(view))
    assert "12 indicators and 2 districts, 24 results" in text
    numbers = [
        int(word) for word in text.replace(",", "").replace(".", "").split() if word.isdigit()
    ]
    results, better, worse, unsure = numbers[2:6]
    assert better + worse + unsure == results
    targets, *statuses = numbers[6:-4]
    assert sum(statuses) == targets == 24
    assert sum(numbers[-3:]) == numbers[-4]


def test_a_finding_names_both_ends_and_the_doubt(view: View) -> None:
    def finding(name: str) -> IndicatorFinding:
        return next(item for item in view.indicators if item.definition.id == name)

    cedar, harbor = findings(finding("met-standard-mathematics"))
    assert cedar[0] == 0
    assert cedar[1].startswith("Cedar Valley rose from 33.0")
    assert cedar[1].endswith("better, and more than chance would do.")
    assert harbor[1].endswith("too little to tell from chance yet.")
    suspension = findings(finding("suspension-rate"))[0][1]
    assert "in 2022–23 to" in suspension
    assert "worse" in suspension
    attendance = findings(finding("attendance-rate"))[0][1]
    assert attendance.endswith("how much of it is chance isn't known.")


def test_a_hidden_latest_value_is_said_so(view: View) -> None:
    agreed, known = fixture.charter(), fixture.catalogue()
    finding = fixture.view("public").indicators[1]
    assert agreed.hash
    assert known.definitions
    assert findings(finding)[0][1] == "Cedar Valley: hidden to protect students in 2024–25."


def test_groups_are_sorted_by_what_can_be_said(view: View) -> None:
    found = next(
        item for item in view.indicators if item.definition.id == "suspension-rate"
    ).districts[0]
    told = groups_changed(found)
    assert told[-1] == "No comparison for Nonbinary and Gender not reported."
    named = sum("All" in sentence.split() for sentence in told)
    assert named == 0
