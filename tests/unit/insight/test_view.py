"""The whole view of a made-up partnership: order, targets, breaks, groups and schools."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from accord.cells.table import CellTable
from accord.insight import View, build
from accord.insight.pace import Status
from accord.insight.view import DistrictFinding, IndicatorFinding
from unit.reports import fixture


@pytest.fixture(scope="module")
def view() -> View:
    return fixture.view(schools=8)


def indicator(view: View, name: str) -> IndicatorFinding:
    return next(item for item in view.indicators if item.definition.id == name)


def cedar(view: View, name: str) -> DistrictFinding:
    return indicator(view, name).districts[0]


def test_strands_indicators_and_districts_come_in_the_charters_order(view: View) -> None:
    assert [strand.strand.id for strand in view.strands] == [
        "mathematics",
        "english-learners",
        "leadership-development",
        "college-and-career-readiness",
    ]
    assert [item.definition.id for item in view.strands[2].indicators] == [
        "chronic-absenteeism",
        "suspension-rate",
    ]
    for finding in view.indicators:
        assert [item.district.short for item in finding.districts] == [
            "Cedar Valley",
            "Harbor Point",
        ]


def test_change_counts_from_the_year_before_the_founding(view: View) -> None:
    since = cedar(view, "chronic-absenteeism").since
    assert view.since == "2021-22"
    assert since is not None
    assert since.since == "2021-22"


def test_a_changed_definition_breaks_the_series_and_its_target(view: View) -> None:
    found = cedar(view, "suspension-rate")
    assert [stop.period for stop in found.series.breaks] == ["2022-23"]
    assert [len(run) for run in found.series.runs] == [2, 3]
    assert found.since is not None
    assert found.since.since == "2022-23"
    assert found.standing is not None
    assert found.standing.status is Status.UNKNOWN
    assert "not in use in 2021–22" in found.standing.reason
    versions = [item.reference for item in indicator(view, "suspension-rate").definitions]
    assert versions == ["suspension-rate@0.9", "suspension-rate@1.0"]


def test_a_missing_year_is_missing_and_not_zero(view: View) -> None:
    harbor = indicator(view, "attendance-rate").districts[1]
    assert harbor.series.readings[0].why_blank == "the district has no records for this"
    assert harbor.series.readings[0].estimate is None


def test_targets_follow_the_charter_for_each_district(view: View) -> None:
    goals = [
        found.standing.goal
        for found in indicator(view, "met-standard-mathematics").districts
        if found.standing is not None
    ]
    assert [(goal.period, goal.value) for goal in goals if goal is not None] == [
        ("2026-27", Fraction(40)),
        ("2026-27", Fraction(45)),
    ]


def test_a_yearly_steps_goal_is_the_baseline_and_its_steps(view: View) -> None:
    found = cedar(view, "met-standard-ela")
    baseline = found.series.at("2021-22")
    assert baseline is not None
    assert baseline.estimate is not None
    assert baseline.estimate.value is not None
    assert found.standing is not None
    assert found.standing.goal is not None
    assert found.standing.goal.period == "2024-25"
    assert found.standing.goal.value == baseline.estimate.value + 3 * Fraction(5, 2)


def test_a_gap_has_the_charters_target_of_half_of_it(view: View) -> None:
    found = cedar(view, "distance-from-standard-mathematics")
    gap = next(item for item in found.gaps if item.group.id == "african-american")
    first = next(item.estimate for item in gap.readings if item.period == "2021-22")
    assert first is not None
    assert first.value is not None
    assert gap.standing is not None
    assert gap.standing.goal is not None
    assert gap.standing.goal.period == "2026-27"
    assert gap.standing.goal.value == -first.value / 2  # behind counts as positive


def test_groups_grades_and_schools(view: View) -> None:
    found = cedar(view, "met-standard-mathematics")
    assert [item.group.id for item in found.groups][:2] == ["all", "african-american"]
    assert found.groups[-1].group.name == "English learners with disabilities"
    assert [grade for grade, item in found.grades.items() if item.estimate is not None] == [
        "3", "4", "5", "6", "7", "8", "11",
    ]  # fmt: skip
    names = [item.name for item in found.schools]
    assert len(names) == 8
    assert names == sorted(names)


def test_coverage_names_each_partition_and_grades(view: View) -> None:
    found = cedar(view, "suspension-rate")
    assert [item.part for item in found.coverage] == ["race_ethnicity", "gender", "grade"]
    assert found.coverage[1].hidden == 2


def test_the_public_edition_judges_bands_by_what_they_allow() -> None:
    found = cedar(fixture.view("public"), "chronic-absenteeism")
    assert found.series.latest.estimate is not None
    assert found.series.latest.estimate.value is None
    assert found.since is not None
    assert found.since.estimate.value is None
    assert str(found.since.movement) == "fell"
    assert found.gaps[0].latest is not None


@pytest.mark.parametrize("version", ["0.9", "1.0"])
def test_of_two_cells_about_the_same_the_later_one_counts(version: str) -> None:
    agreed, known = fixture.charter(), fixture.catalogue()
    old = next(
        item
        for item in fixture.cells(agreed, known, "partners", schools=0, latest="2020-21")
        if item.indicator == "suspension-rate"
    )
    named = known.definition(f"suspension-rate@{version}")
    new = replace(
        old,
        as_of="2026-01-01",
        definition_version=version,
        definition_hash=named.hash,
        numerator=Fraction(1),
        denominator=Fraction(4),
        value=Decimal(25),
    )
    older = replace(old, definition_version="1.0" if version == "0.9" else "0.9")
    seen = build(agreed, known, [], CellTable.of([older, new]), "partners")
    latest = cedar(seen, "suspension-rate").series.latest
    assert latest.estimate is not None
    assert latest.estimate.value == 25


def test_no_cells_no_view() -> None:
    with pytest.raises(ValueError, match="at least one release"):
        build(fixture.charter(), fixture.catalogue(), [], CellTable.of([]), "partners")
