"""Charts in words, for whoever can't see them: what is shown, and what is not."""

from __future__ import annotations

from accord.indicators.definition import Definition
from accord.insight.series import Series
from accord.insight.view import DistrictFinding, IndicatorFinding
from accord.reports.wording import blank_years, estimate_text, year_text


def describe_trend(finding: IndicatorFinding) -> str:
    """The accessible name of a trend chart."""
    parts = [f"{finding.definition.title}, by school year. {finding.students}."]
    parts += [
        f"{item.district.name}: {_course(item.series, finding.definition)}"
        for item in finding.districts
    ]
    return " ".join(parts)


def describe_grades(finding: IndicatorFinding) -> str:
    """The accessible name of a chart by grade."""
    parts = [f"{finding.definition.title} by grade in the latest year."]
    for item in finding.districts:
        told = [
            f"{_grade(grade)} {estimate_text(reading.estimate, finding.definition)}"
            for grade, reading in item.grades.items()
            if reading.estimate is not None
        ]
        parts.append(f"{item.district.name}: {', '.join(told) or 'nothing is shown'}.")
    return " ".join(parts)


def describe_funnel(found: DistrictFinding, definition: Definition, schools: int) -> str:
    """The accessible name of a chart of schools: the table beside it gives each one."""
    whole = found.series.latest.estimate
    level = "" if whole is None else f" around {estimate_text(whole, definition)} in the district"
    return (
        f"{definition.title} in {schools} schools of {found.district.name}, by number of "
        f"students,{level}. The table below gives each school, in alphabetical order."
    )


def _course(series: Series, definition: Definition) -> str:
    told = [
        f"{year_text(item.period)} {estimate_text(item.estimate, definition)}"
        for item in series.readings
        if item.estimate is not None
    ]
    blank = blank_years(series)
    text = f"{', '.join(told) or 'nothing is shown'}."
    stops = [f"{year_text(stop.period)}: {stop.why}." for stop in series.breaks]
    return " ".join([text, *blank, *stops])


def _grade(grade: str) -> str:
    return f"grade {grade}" if grade.isdigit() else grade
