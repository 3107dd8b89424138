"""Made-up cells of two made-up districts, with everything that a report must cope with.

Five years, twelve indicators, every group of the shipped example charter, grades and schools. Small
cells are hidden, Harbor Point has no attendance for the first year, the suspension rate changed its
definition before 2022-23, and no figure is anybody's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from accord.base.canonical import content_hash
from accord.base.documents import check_document, parse_yaml
from accord.base.numbers import round_half_up
from accord.cells.cell import Cell, State
from accord.cells.table import CellTable
from accord.charter.model import Charter
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.indicators.definition import Definition
from accord.insight import ReleaseInfo, View, build

CEDAR, HARBOR = "99100010000000", "99200020000000"
PERIODS = ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")
SIZE = {CEDAR: 68_000, HARBOR: 64_000}
EXTRA = Path(__file__).with_name("extra")

# Share of all students; and how far the group lies from all students, in a rate's logits or a
# score's tens of points, so that one number serves every indicator.
GROUPS = {
    "all": (1.0, 0.0),
    "african-american": (0.08, 0.55),
    "american-indian": (0.006, 0.5),
    "asian": (0.11, -0.6),
    "filipino": (0.03, -0.5),
    "hispanic": (0.58, 0.15),
    "pacific-islander": (0.004, 0.45),
    "white": (0.13, -0.45),
    "two-or-more": (0.05, -0.2),
    "race-not-reported": (0.01, 0.0),
    "female": (0.49, -0.05),
    "male": (0.5095, 0.05),
    "nonbinary": (0.0003, 0.1),
    "gender-not-reported": (0.0002, 0.1),
    "english-learners": (0.2, 0.5),
    "reclassified": (0.15, -0.35),
    "ever-english-learners": (0.35, 0.15),
    "disadvantaged": (0.78, 0.15),
    "students-with-disabilities": (0.13, 0.7),
    "foster": (0.005, 0.8),
    "homeless": (0.02, 0.75),
    "english-learners-with-disabilities": (0.04, 0.95),
}
GRADES = ("TK", "K", *(str(number) for number in range(1, 13)))
TESTED = {"3", "4", "5", "6", "7", "8", "11"}


@dataclass(frozen=True)
class Shape:
    """Where an indicator starts and what a year adds, for each district; `worse` is the side on
    which groups that are behind lie."""

    start: tuple[float, float]
    step: tuple[float, float]
    worse: int = -1
    of_tested: bool = False


RATES = {
    "met-standard-mathematics": Shape((31.2, 35.6), (1.9, 0.15), of_tested=True),
    "met-standard-ela": Shape((42.1, 45.3), (1.2, 1.4), of_tested=True),
    "test-participation-mathematics": Shape((92.5, 94.4), (0.9, 0.3), of_tested=True),
    "test-participation-ela": Shape((93.1, 94.9), (0.8, 0.25), of_tested=True),
    "chronic-absenteeism": Shape((33.0, 29.5), (-2.4, -1.6), worse=1),
    "suspension-rate": Shape((3.4, 4.1), (0.12, -0.2), worse=1),
    "attendance-rate": Shape((90.8, 91.6), (0.55, 0.5)),
    "stability-rate": Shape((88.4, 90.1), (0.3, -0.02)),
}
MEANS = {
    "distance-from-standard-mathematics": Shape((-52.4, -43.0), (4.1, 0.5), of_tested=True),
    "distance-from-standard-ela": Shape((-18.2, -11.7), (2.6, 2.2), of_tested=True),
    "mean-scale-score-mathematics": Shape((2478.0, 2490.0), (4.0, 0.4), of_tested=True),
    "mean-scale-score-ela": Shape((2493.0, 2501.0), (2.7, 2.1), of_tested=True),
}
DEVIATION = 98.0


def catalogue() -> Catalogue:
    return load_catalogue(EXTRA)


def charter(change: Any = None) -> Charter:
    """The example that ships, with the old suspension definition listed for two years.

    `change` may alter the plain document before it is checked.
    """
    example = files("accord.charter").joinpath("examples/cedar-harbor.yaml")
    plain, source = parse_yaml(example.read_bytes(), "charter.yaml")
    for entry in plain["indicators"]:
        if entry["definition"] == "suspension-rate@1.0":
            entry["from"] = "2022-23"
            old = {**entry, "definition": "suspension-rate@0.9", "from": "2020-21", "to": "2021-22"}
    plain["indicators"].append(old)
    if change is not None:
        change(plain)
    return check_document(plain, source, Charter)


def view(
    audience: str = "partners",
    *,
    schools: int = 12,
    charter_: Charter | None = None,
    latest: str = PERIODS[-1],
) -> View:
    """The whole fixture as a report gets it."""
    agreed, known = charter_ or charter(), catalogue()
    table = CellTable.of(cells(agreed, known, audience, schools=schools, latest=latest))
    return build(agreed, known, releases(agreed, audience, schools), table, audience)


def releases(agreed: Charter, audience: str, schools: int) -> list[ReleaseInfo]:
    return [
        ReleaseInfo(
            id=content_hash({"release of": district, "for": audience}),
            number=1,
            district=district,
            audience=audience,
            charter=agreed.hash,
            signers=(f"ed25519:{content_hash({'key of': district})[7:50]}",),
            periods=PERIODS,
            as_of="2025-06-30",
            data_status="certified",
            software="accord 0.1.0",
            snapshots=(content_hash({"snapshot of": district})[7:19],),
            schools={
                school_id(district, number): f"{name} School"
                for number, name in zip(range(1, schools + 1), _school_names(), strict=False)
            },
        )
        for district in (CEDAR, HARBOR)
    ]


def school_id(district: str, number: int) -> str:
    return f"{district[:7]}{number:07d}"


def cells(
    agreed: Charter, known: Catalogue, audience: str, *, schools: int, latest: str
) -> Iterator[Cell]:
    maker = _Maker(agreed, known, audience)
    for district in (CEDAR, HARBOR):
        for period in (item for item in PERIODS if item <= latest):
            for indicator in (*RATES, *MEANS):
                for group in GROUPS:
                    yield maker.cell(indicator, district, period, group=group)
                if audience == "public":
                    continue
                for grade in GRADES:
                    yield maker.cell(indicator, district, period, grade=grade)
                for number in range(1, schools + 1):
                    school = school_id(district, number)
                    yield maker.cell(indicator, district, period, school=school)


class _Maker:
    def __init__(self, agreed: Charter, known: Catalogue, audience: str) -> None:
        self._charter, self._known, self._audience = agreed, known, audience

    def cell(
        self,
        indicator: str,
        district: str,
        period: str,
        *,
        school: str = "",
        grade: str = "",
        group: str = "all",
    ) -> Cell:
        definition = self._definition(indicator, period)
        place = {
            "partnership": self._charter.partnership.id,
            "district": district,
            "school": school,
            "grade": grade,
            "group": group,
            "period": period,
            "as_of": "2025-06-30",
            "data_status": "certified",
            "indicator": indicator,
            "definition_version": definition.version,
            "definition_hash": definition.hash,
        }
        if indicator == "attendance-rate" and district == HARBOR and period == PERIODS[0]:
            return _cell(place, State.MISSING)
        shape = RATES.get(indicator) or MEANS[indicator]
        if shape.of_tested and grade and grade not in TESTED:
            return _cell(place, State.NOT_APPLICABLE)
        where = (school, grade, group)
        dice = random.Random(":".join([indicator, district, period, *where]))
        students = _students(shape, district, where, dice)
        level = _level(shape, district, period, where, dice)
        if indicator in MEANS:
            return self._mean(place, definition, level, students)
        return self._rate(place, definition, level, students)

    def _definition(self, indicator: str, period: str) -> Definition:
        old = indicator == "suspension-rate" and period < "2022-23"
        return self._known.definition(f"{indicator}@{'0.9' if old else '1.0'}")

    def _rate(
        self, place: dict[str, str], definition: Definition, level: float, students: int
    ) -> Cell:
        days = 175 if definition.id == "attendance-rate" else 1
        whole = students * days
        part = round(min(max(level, 0.2), 99.6) / 100 * whole)
        disclosure = self._charter.disclosure
        if students < disclosure.minimum or min(part, whole - part) < disclosure.threshold:
            return _cell(place, State.SUPPRESSED)
        value = Fraction(100 * part, whole)
        if self._audience == "public":
            band = self._known.bands.band_of(value, students)
            if band is None:
                return _cell(place, State.SUPPRESSED)
            return _cell(place, State.BANDED, low=band.low, high=band.high)
        return _cell(
            place,
            State.PUBLISHED,
            numerator=Fraction(part),
            denominator=Fraction(whole),
            value=definition.rounded(value),
        )

    def _mean(
        self, place: dict[str, str], definition: Definition, level: float, students: int
    ) -> Cell:
        if students < self._charter.disclosure.minimum or self._audience == "public":
            return _cell(place, State.SUPPRESSED)
        total = Fraction(round(level * students))
        error = Fraction(DEVIATION / students**0.5)
        return _cell(
            place,
            State.PUBLISHED,
            numerator=total,
            denominator=Fraction(students),
            value=definition.rounded(total / students),
            standard_error=round_half_up(error, 1),
        )


def _students(shape: Shape, district: str, where: tuple[str, str, str], dice: random.Random) -> int:
    school, grade, group = where
    count = SIZE[district] * GROUPS[group][0] * (0.5 if shape.of_tested else 1.0)
    if grade:
        count /= len(TESTED) if shape.of_tested else len(GRADES)
    if school:
        number = int(school[-7:])
        count = 9 if number == 7 else 250 + 137 * number % 1900
    return max(1, round(count * dice.uniform(0.97, 1.03)))


def _level(
    shape: Shape, district: str, period: str, where: tuple[str, str, str], dice: random.Random
) -> float:
    school, grade, group = where
    side, year = (0 if district == CEDAR else 1), PERIODS.index(period)
    wide = abs(shape.start[side]) ** 0.5 * 2 if shape.start[side] < 2000 else 60
    level = shape.start[side] + shape.step[side] * year
    level += GROUPS[group][1] * shape.worse * wide * (1 - 0.05 * year * (1 - side))
    if grade:
        level += (int(grade) if grade.isdigit() else 0) * 0.35 * shape.worse
    if school:
        level += random.Random(school).gauss(0, 0.35) * wide
    return level + dice.gauss(0, 0.012) * wide


def _cell(place: dict[str, str], state: State, **numbers: Fraction | Decimal) -> Cell:
    blank = dict.fromkeys(("numerator", "denominator", "value", "low", "high", "standard_error"))
    return Cell(**place, state=state, **(blank | numbers))  # type: ignore[arg-type]


def _school_names() -> list[str]:
    first = ["Oak", "River", "Meadow", "Summit", "Orchard", "Canyon", "Lakeside", "Prairie"]
    last = ["Grove", "View", "Park", "Hill", "Bend", "Creek", "Ridge", "Heights", "Field", "Glen"]
    return [f"{one} {two}" for two in last for one in first]
