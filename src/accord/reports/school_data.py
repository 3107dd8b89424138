"""Grades and schools of one indicator, as rows and places for charts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from accord.base.periods import GRADES
from accord.indicators.definition import Definition
from accord.insight.judgement import judgement
from accord.insight.series import Reading, scale_of
from accord.insight.view import DistrictFinding, IndicatorFinding
from accord.reports.chart_parts import Rows, ends_of, is_hidden, middle, value_scale
from accord.reports.describing import describe_funnel, describe_grades
from accord.reports.scales import Scale, nice_scale
from accord.reports.wording import unit_mark

_CURVE = 48
_POINT = 40


@dataclass(frozen=True)
class Grades:
    """One indicator by grade in the latest year."""

    description: str
    unit: str
    scale: Scale
    order: tuple[str, ...]
    points: Rows
    ranges: Rows
    hidden: Rows


@dataclass(frozen=True)
class Funnel:
    """One indicator by school in one district in the latest year."""

    description: str
    unit: str
    scale: Scale
    order: int
    axis_title: str
    most_students: float
    district: float
    points: Rows
    limits: Rows


def grades_of(finding: IndicatorFinding) -> Grades | None:
    """The latest values by grade; nothing where no grade shows one."""
    shown = [
        (str(item.district.order), grade, reading)
        for item in finding.districts
        for grade, reading in item.grades.items()
        if reading.estimate is not None or is_hidden(reading)
    ]
    known = [(order, grade, item.estimate) for order, grade, item in shown if item.estimate]
    if not known:
        return None
    present = {grade for _, grade, _ in shown}
    scale = value_scale(finding.definition, [end for *_, item in known for end in ends_of(item)])
    return Grades(
        description=describe_grades(finding),
        unit=unit_mark(finding.definition),
        scale=scale,
        order=tuple(grade for grade in GRADES if grade in present),
        points=[
            {"grade": grade, "district": order, "y": middle(item), "size": _POINT}
            for order, grade, item in known
        ],
        ranges=[
            {"grade": grade, "district": order, "low": ends_of(item)[0], "high": ends_of(item)[1]}
            for order, grade, item in known
        ],
        hidden=[
            {"grade": grade, "district": order, "y": scale.low}
            for order, grade, item in shown
            if item.estimate is None
        ],
    )


def funnels_of(finding: IndicatorFinding) -> list[Funnel]:
    """A funnel for each district, on shared scales; none where chance or counts aren't known."""
    found = [item for item in finding.districts if _deviation(item, finding.definition) is not None]
    points = {item.district.id: list(_points(item)) for item in found}
    found = [item for item in found if points[item.district.id]]
    if not found:
        return []
    values = [row["y"] for rows in points.values() for row in rows]
    values += [middle(item.series.latest.estimate) for item in found if item.series.latest.estimate]
    scale = value_scale(finding.definition, values)
    most = nice_scale([0, *(row["x"] for rows in points.values() for row in rows)]).high
    return [
        funnel
        for item in found
        for funnel in _funnel(item, finding.definition, points[item.district.id], scale, most)
    ]


def _funnel(
    found: DistrictFinding, definition: Definition, points: Rows, scale: Scale, most: float
) -> Iterator[Funnel]:
    whole, deviation = found.series.latest.estimate, _deviation(found, definition)
    if whole is None or deviation is None:
        return
    rows = [{"students": row["x"], "y": row["y"]} for row in points]
    yield Funnel(
        description=describe_funnel(found, definition, len(rows)),
        unit=unit_mark(definition),
        scale=scale,
        order=found.district.order,
        axis_title="students in the school",
        most_students=most,
        district=middle(whole),
        points=rows,
        limits=list(_limits(middle(whole), deviation, most, definition)),
    )


def _points(found: DistrictFinding) -> Iterator[dict[str, float]]:
    for school in found.schools:
        estimate, cell = school.reading.estimate, school.reading.cell
        if estimate is not None and cell is not None and cell.denominator is not None:
            yield {"x": float(cell.denominator), "y": middle(estimate)}


def _deviation(found: DistrictFinding, definition: Definition) -> float | None:
    """How far one student strays from the district's value, in the indicator's unit."""
    latest: Reading = found.series.latest
    if latest.estimate is None or latest.estimate.value is None or latest.cell is None:
        return None
    if definition.interval == "wilson":
        p = float(latest.estimate.value) / scale_of(definition)
        return scale_of(definition) * math.sqrt(p * (1 - p))
    if latest.estimate.spread is not None and latest.cell.denominator is not None:
        return latest.estimate.spread.standard_error * math.sqrt(float(latest.cell.denominator))
    return None


def _limits(
    centre: float, deviation: float, most: float, definition: Definition
) -> Iterator[dict[str, float]]:
    """The range that chance gives a school of each size; denser where the funnel bends."""
    sure = NormalDist().inv_cdf((1 + judgement().confidence) / 2)
    least, top = (0.0, 100.0) if definition.is_rate else (-math.inf, math.inf)
    for step in range(1, _CURVE + 1):
        students = max(1.0, most * (step / _CURVE) ** 2)
        half = sure * deviation / math.sqrt(students)
        yield {
            "students": students,
            "low": max(least, centre - half),
            "high": min(top, centre + half),
        }
