"""What one district's cells say about one indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from accord.base.periods import GRADES
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.indicators.levels import WrittenLevels
from accord.insight.change import Change, change_in_a_year, change_since
from accord.insight.coverage import Coverage, coverage
from accord.insight.gaps import Gap, gap
from accord.insight.index import CellIndex
from accord.insight.judgement import Judgement
from accord.insight.levels import LevelFinding, level_found
from accord.insight.pace import Standing, pace_of
from accord.insight.series import ALL, Reading, Series
from accord.insight.standings import Targets
from accord.insight.view import District, DistrictFinding, GroupFinding, SchoolFinding


@dataclass(frozen=True)
class Question:
    """What is the same for every indicator and district of one view.

    `since` is the school year from which changes are counted; `names` the public names of schools.
    """

    index: CellIndex
    targets: Targets
    levels: Mapping[str, WrittenLevels]
    groups: Mapping[str, Group]
    names: Mapping[str, str]
    since: str
    rules: Judgement


def find(question: Question, definition: Definition, district: District) -> DistrictFinding:
    """What `district`'s cells say about the indicator that `definition` defines."""
    return _District(question, definition, district).finding()


class _District:
    def __init__(self, question: Question, definition: Definition, district: District) -> None:
        self._question, self._district = question, district
        self._indicator, self._better = definition.id, definition.direction
        self._index, self._rules = question.index, question.rules
        self._groups = {
            group: self._index.series(definition.id, district.id, group=group)
            for group in question.groups
        }
        self._whole = self._index.series(definition.id, district.id)

    def finding(self) -> DistrictFinding:
        whole, confidence = self._whole, self._rules.confidence
        grades = self._grades()
        return DistrictFinding(
            district=self._district,
            series=whole,
            year=change_in_a_year(whole, self._better, confidence),
            since=self._change(whole),
            pace=pace_of(whole, self._rules.pace_years, self._better, confidence),
            standing=self._standing(ALL, whole),
            level=self._level(),
            groups=tuple(self._group(group) for group in self._groups),
            grades=grades,
            gaps=tuple(self._gaps()),
            schools=self._schools(),
            coverage=tuple(self._coverage(grades)),
        )

    def _group(self, group: str) -> GroupFinding:
        series = self._groups[group]
        return GroupFinding(
            self._question.groups[group],
            series,
            self._change(series),
            self._standing(group, series),
        )

    def _change(self, series: Series) -> Change | None:
        return change_since(series, self._question.since, self._better, self._rules.confidence)

    def _standing(self, group: str, series: Series) -> Standing | None:
        pace = pace_of(series, self._rules.pace_years, self._better, self._rules.confidence)
        return self._question.targets.of_value(
            (self._indicator, group, self._district.id), series.latest, pace, self._better
        )

    def _level(self) -> LevelFinding | None:
        written = self._question.levels.get(self._indicator)
        if written is None:
            return None
        return level_found(written, self._index, self._district.id)

    def _gaps(self) -> Iterator[Gap]:
        for name, series in self._groups.items():
            group = self._question.groups[name]
            if group.reference is None or group.reference not in self._groups:
                continue
            found = gap(
                group,
                self._question.groups[group.reference],
                series,
                self._groups[group.reference],
                since=self._question.since,
                better=self._better,
                pace_years=self._rules.pace_years,
                confidence=self._rules.confidence,
            )
            standing = self._question.targets.of_gap(
                self._indicator, self._district.id, found, self._better
            )
            yield replace(found, standing=standing)

    def _grades(self) -> dict[str, Reading]:
        period = self._index.periods[-1]
        readings = {
            grade: self._index.reading(self._indicator, self._district.id, period, grade=grade)
            for grade in GRADES
        }
        return {grade: item for grade, item in readings.items() if item.cell is not None}

    def _schools(self) -> tuple[SchoolFinding, ...]:
        period = self._index.periods[-1]
        findings = [
            SchoolFinding(
                school,
                self._question.names.get(school, school),
                self._index.reading(self._indicator, self._district.id, period, school=school),
            )
            for school in self._index.schools(self._indicator, self._district.id)
        ]
        return tuple(sorted(findings, key=lambda item: (item.name.casefold(), item.id)))

    def _coverage(self, grades: Mapping[str, Reading]) -> Iterator[Coverage]:
        parts: dict[str, list[Reading]] = {}
        for group, series in self._groups.items():
            if (partition := self._question.groups[group].partition) is not None:
                parts.setdefault(partition, []).append(series.latest)
        if grades:
            parts["grade"] = list(grades.values())
        for name, pieces in parts.items():
            yield coverage(name, self._whole.latest, pieces, self._rules.least_coverage)
