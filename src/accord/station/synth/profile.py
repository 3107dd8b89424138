"""A made-up district as data: its size, its students, its schools, and the effects built in.

A profile is a folder beside this module with three files: `profile.yaml` (read here),
`layout.yaml` (how the district's files look, see `layout`) and `mapping.yaml` (how accord reads
them back, written as a district would write it). Shares and rates are fractions of one, points are
scale-score points, and keys such as races, grades and school years are written as in records.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from accord.base.documents import Written, read_document
from accord.base.errors import InputError
from accord.base.periods import GRADES, SchoolYear, grade_number
from accord.station.synth.draws import stream
from accord.station.synth.portrait.rules import PortraitRules

PROFILES = ("cedar-valley", "harbor-point")
RACES = ("AA", "AI", "AS", "FI", "HI", "PI", "WH", "MR", "NR")
GENDERS = ("F", "M", "X")
SUBJECTS = ("mathematics", "ela")
TESTED_GRADES = (3, 4, 5, 6, 7, 8, 11)

_FOLDER = Path(__file__).parent

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
ByYear = dict[str, float]
ByGroup = dict[str, float]


class District(Written):
    id: str
    name: str
    short: str


class StudentIds(Written):
    """How the district numbers its students: a prefix, then digits in no order."""

    prefix: str
    digits: int = Field(ge=7, le=10)


class Closed(Written):
    """Days without school, first and last included, as month and day: ``12-18``.

    With ``only: monday``, the Mondays among them: a holiday on the first Monday of September stands
    between 09-01 and 09-07.
    """

    first: str
    last: str
    only: Literal["monday"] | None = None


class CalendarRules(Written):
    """The school calendar: opens on a weekday of August, `days` days of instruction."""

    opens: int = Field(ge=1, le=31, description="earliest day of August; the next Monday is it")
    days: int = Field(ge=100, le=190)
    closed: list[Closed]


class SchoolKind(Written):
    """Schools of one type: how many at the profile's own size, and how unequal in size."""

    type: Literal["elementary", "k8", "middle", "high", "alternative", "other"]
    low: str
    high: str
    count: int = Field(ge=1)
    spread: Share = 0.0
    title: str


class Schools(Written):
    kinds: list[SchoolKind]
    names: list[str]
    second_names: list[str]
    effect: dict[str, float] = Field(description="standard deviation between schools")


class Neighbourhoods(Written):
    """Where students live decides who sits beside whom: the segregation of the district."""

    disadvantaged: Share
    spread: Positive = Field(description="of the log-odds of disadvantage between neighbourhoods")
    disadvantaged_race: ByGroup = Field(description="log-odds, against the neighbourhood")
    race: dict[str, Share]
    race_tilt: ByGroup = Field(description="log-odds of a race per unit of neighbourhood poverty")
    race_noise: Positive


class Mobility(Written):
    """Shares of students a year, unless said otherwise."""

    leave_in_summer: Share
    leave_in_year: Share
    arrive_in_year: Share
    transfer: Share
    disadvantaged_factor: Positive = Field(description="odds of moving, against other students")
    move_home: Share
    other_school: Share = Field(description="attend a school other than their neighbourhood's")
    alternative: Share = Field(description="of students in grades 10 to 12")
    independent: Share
    repeat_grade: Share
    fifth_year: Share = Field(description="of grade 12")
    back_same_year: Share = Field(description="of those who leave in the year")
    back_later: Share = Field(description="of places that open, filled by former students")
    overlap: Share = Field(description="of transfers whose first school dates the exit late")
    secondary: Share = Field(description="of grades 11 and 12, enrolled in a second school too")
    exit_reasons: dict[str, Share]


class English(Written):
    initial_el: ByGroup = Field(description="by race: English learner when first assessed")
    initial_ifep: ByGroup
    languages: dict[str, dict[str, Share]] = Field(description="by race, of those not EO")
    newcomer: Share = Field(description="of entrants from grade 1, in their first year in US")
    pending: Share = Field(description="of first assessments that were TBD for some weeks first")
    hazard: dict[str, Share] = Field(description="by grade: reclassified in the year")
    ability: float = Field(description="log-odds of reclassification per unit of ability in ELA")
    odds: ByYear = Field(description="odds of reclassification by year, against `hazard`")


class Programmes(Written):
    disability: dict[str, Share] = Field(description="by grade, each to the next one named")
    disability_male_factor: Positive
    foster: Share
    homeless: Share
    migrant: Share
    gifted: Share
    disadvantage_changes: Share = Field(description="families whose status differs in a year")


class Absence(Written):
    chronic: dict[str, Share] = Field(description="by year: share chronically absent, no effort")
    grade: dict[str, float] = Field(description="log of the rate, each grade to the next named")
    group: ByGroup
    student: Positive
    year: Positive
    half_days: Share
    exempt: Share
    excused: Share


class Discipline(Written):
    suspended: dict[str, Share] = Field(description="by year: share suspended at least once")
    grade: dict[str, float]
    group: ByGroup
    student: Positive
    again: Share = Field(description="chance of each further incident in a year, up to four")
    days: dict[str, Share] = Field(description="length in days; half a day is served in class")
    in_school: Share
    other: Share = Field(description="of students a year: an incident without suspension")


class Subject(Written):
    distance: float = Field(description="district mean, points from the standard")
    grade: dict[str, float]
    deviation: dict[str, Positive] = Field(description="standard deviation of scores by grade")


class Tests(Written):
    subjects: dict[str, Subject]
    group: ByGroup = Field(description="in standard deviations")
    year: ByYear = Field(description="points for everyone, both subjects")
    participation: dict[str, Share] = Field(description="by year")
    participation_grade: dict[str, float] = Field(description="log-odds, each to the next named")
    lasting: Share = Field(description="share of a score's variance that stays with a student")
    drifting: Share = Field(description="share that drifts slowly")
    drift_kept: Share = Field(description="of the drift, kept from a year to the next")
    between_subjects: Share = Field(description="correlation of lasting ability, two subjects")


class StrandEffect(Written):
    """Points a year added to scores of students in named schools' grades, and kept by them."""

    id: str
    text: str
    subject: str
    points: float
    since: str
    grades: list[int]
    share: Share = Field(description="of feeder patterns that take part")


class EffortEffect(Written):
    """Every absence rate multiplied by a factor, by year."""

    id: str
    text: str
    factor: dict[str, Positive]


class TrendEffect(Written):
    """Points a year, after `since`, added to the scores of one group."""

    id: str
    text: str
    group: str
    subject: str
    points: float
    since: str


class BrightEffect(Written):
    """A few schools in poor neighbourhoods whose students score above what was expected."""

    id: str
    text: str
    subject: str
    points: float
    schools: int = Field(ge=1)


class Effects(Written):
    strand: StrandEffect | None = None
    effort: EffortEffect | None = None
    trends: tuple[TrendEffect, ...] = ()
    bright: BrightEffect | None = None


class Mess(Written):
    """Lines planted beside good ones: shares of a file's lines, by kind and table."""

    lines: dict[str, dict[str, Share]]
    race_changes: Share = Field(description="students whose race differs in one year's file")


class Profile(Written):
    """Everything about a made-up district but its file formats."""

    profile: str
    dated: str
    about: str
    district: District
    student_ids: StudentIds
    students: int = Field(ge=1, description="on census day of a year whose size is 1")
    size: ByYear
    grades: dict[str, Share]
    calendar: CalendarRules
    schools: Schools
    neighbourhoods: Neighbourhoods
    mobility: Mobility
    english: English
    programmes: Programmes
    absence: Absence
    discipline: Discipline
    tests: Tests
    effects: Effects
    portrait: PortraitRules
    mess: Mess

    @property
    def folder(self) -> Path:
        """Where the profile's layout and mapping stand."""
        return _FOLDER / self.profile.replace("-", "_")


@dataclass(frozen=True)
class Setting:
    """A profile and the seed of its random numbers."""

    profile: Profile
    seed: int

    def stream(self, *names: object) -> np.random.Generator:
        """The random numbers of one subject of this district."""
        return stream(self.seed, self.profile.district.id, *names)


def load_profile(name: str) -> Profile:
    """The profile that ships as `name`. Raises `InputError` when there is none."""
    if name not in PROFILES:
        raise InputError.because(
            "There is no made-up district of this name.", f"Use one of: {', '.join(PROFILES)}."
        )
    profile, _ = read_document(_FOLDER / name.replace("-", "_") / "profile.yaml", Profile)
    return profile


def of_year(values: dict[str, float], year: SchoolYear) -> float:
    """The value for `year`; years outside the table take the nearest one in it."""
    known = sorted((SchoolYear.parse(text), value) for text, value in values.items())
    earlier = [value for key, value in known if key <= year]
    return earlier[-1] if earlier else known[0][1]


def by_grade(values: dict[str, float]) -> list[float]:
    """One value for each grade from TK on; a grade that isn't named takes the one before it."""
    named = {grade_number(text): value for text, value in values.items()}
    found, last = [], next(iter(values.values()))
    for text in GRADES:
        last = named.get(grade_number(text), last)
        found.append(last)
    return found
