"""One indicator asked about a student group: nothing of all students stays in the answer."""

from __future__ import annotations

import pytest

from accord.insight import View
from accord.insight.of_group import of_group
from accord.insight.view import IndicatorFinding
from unit.reports import fixture


@pytest.fixture(scope="module")
def absence() -> IndicatorFinding:
    view: View = fixture.view(schools=8)
    return next(item for item in view.indicators if item.definition.id == "chronic-absenteeism")


def test_the_groups_own_series_and_target_take_the_place(absence: IndicatorFinding) -> None:
    found = of_group(absence, "english-learners")
    assert found is not None
    assert found.students == "English learners"
    for whole, part in zip(absence.districts, found.districts, strict=True):
        own = next(each for each in whole.groups if each.group.id == "english-learners")
        assert part.series == own.series != whole.series
        assert part.standing == own.standing
        assert {gap.group.id for gap in part.gaps} <= {"english-learners"}


def test_what_speaks_of_all_students_is_left_out(absence: IndicatorFinding) -> None:
    found = of_group(absence, "english-learners")
    assert found is not None
    assert all(whole.level is not None for whole in absence.districts)
    for part in found.districts:
        assert part.level is None
        assert (part.grades, part.schools, part.coverage) == ({}, (), ())


def test_a_group_that_the_charter_does_not_name_has_no_answer(absence: IndicatorFinding) -> None:
    assert of_group(absence, "martians") is None
