"""The same indicator asked about one student group instead of all students."""

from __future__ import annotations

from dataclasses import replace

from accord.insight.change import change_in_a_year
from accord.insight.judgement import judgement
from accord.insight.pace import pace_of
from accord.insight.view import DistrictFinding, GroupFinding, IndicatorFinding


def of_group(finding: IndicatorFinding, group: str) -> IndicatorFinding | None:
    """What `finding` holds about one group, in the place of all students; nothing without it.

    Grades, schools and the level by the state's cuts speak of all students only: left out.
    """
    parts = [_part(found, group) for found in finding.districts]
    if not parts or any(part is None for part in parts):
        return None
    districts = tuple(
        _about(found, part, finding.definition.direction)
        for found, part in zip(finding.districts, parts, strict=True)
        if part is not None
    )
    name = next(part.group.name for part in parts if part is not None)
    return replace(finding, districts=districts, students=name)


def _part(found: DistrictFinding, group: str) -> GroupFinding | None:
    return next((item for item in found.groups if item.group.id == group), None)


def _about(found: DistrictFinding, part: GroupFinding, better: str) -> DistrictFinding:
    rules = judgement()
    return replace(
        found,
        series=part.series,
        year=change_in_a_year(part.series, better, rules.confidence),
        since=part.change,
        pace=pace_of(part.series, rules.pace_years, better, rules.confidence),
        standing=part.standing,
        level=None,
        gaps=tuple(gap for gap in found.gaps if gap.group.id == part.group.id),
        grades={},
        schools=(),
        coverage=(),
    )
