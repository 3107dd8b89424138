"""What the released cells say, ready to be shown: frozen values, no page, no text layout.

A `View` is one partnership for one audience. It holds its strands; a strand its indicators; an
indicator what was found in each district, in the charter's order, and between districts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accord.cells.table import CellTable
from accord.charter.model import Charter, Strand
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.insight.change import Change
from accord.insight.coverage import Coverage
from accord.insight.gaps import Gap, GapOfGaps
from accord.insight.levels import LevelFinding
from accord.insight.pace import Pace, Standing
from accord.insight.release_info import ReleaseInfo
from accord.insight.series import Reading, Series


@dataclass(frozen=True)
class District:
    """A party of the charter: `order` fixes its place and its colour, not its rank."""

    id: str
    name: str
    short: str
    order: int


@dataclass(frozen=True)
class GroupFinding:
    """One student group in one district: its series, its change and its target."""

    group: Group
    series: Series
    change: Change | None
    standing: Standing | None


@dataclass(frozen=True)
class SchoolFinding:
    """One school's latest reading, all students and grades."""

    id: str
    name: str
    reading: Reading


@dataclass(frozen=True)
class DistrictFinding:
    """One indicator in one district.

    `year` is the change in a year, `since` the change since the year before the founding. `groups`
    starts with all students; `level` is what the state's cuts make of these, where there are any;
    `grades` maps grades to the latest reading of all students in it.
    """

    district: District
    series: Series
    year: Change | None
    since: Change | None
    pace: Pace | None
    standing: Standing | None
    level: LevelFinding | None
    groups: tuple[GroupFinding, ...]
    grades: Mapping[str, Reading]
    gaps: tuple[Gap, ...]
    schools: tuple[SchoolFinding, ...]
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True)
class IndicatorFinding:
    """One indicator of the charter, in every district.

    `definitions` are all versions that its cells use, oldest first; `definition` is the latest
    one's, and gives words, unit and direction. `students` says who the series are about.
    """

    definition: Definition
    definitions: tuple[Definition, ...]
    goal: str
    districts: tuple[DistrictFinding, ...]
    gaps_of_gaps: tuple[GapOfGaps, ...]
    students: str = "All students"


@dataclass(frozen=True)
class StrandFinding:
    """A strand of joint work and its indicators, in the charter's order."""

    strand: Strand
    indicators: tuple[IndicatorFinding, ...]


@dataclass(frozen=True)
class View:
    """Everything a report about one partnership for one audience needs.

    `since` is the school year before the founding: what the partnership began from. `cells` are
    the released cells themselves, for tables and workbooks.
    """

    charter: Charter
    audience: str
    districts: tuple[District, ...]
    periods: tuple[str, ...]
    since: str
    strands: tuple[StrandFinding, ...]
    groups: Mapping[str, Group]
    releases: tuple[ReleaseInfo, ...]
    cells: CellTable

    @property
    def indicators(self) -> tuple[IndicatorFinding, ...]:
        return tuple(item for strand in self.strands for item in strand.indicators)
