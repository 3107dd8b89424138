"""The sheet that mirrors the page's overview: one row for each indicator and district."""

from __future__ import annotations

from fractions import Fraction

from xlsxwriter.workbook import Workbook

from accord.indicators.definition import Definition
from accord.insight.estimates import Estimate
from accord.insight.view import DistrictFinding, StrandFinding, View
from accord.reports.marks import STATES, STATUSES
from accord.reports.sentences import target_sentence
from accord.reports.wording import estimate_text, moved_text, year_text
from accord.reports.workbook_cells import Field
from accord.reports.workbook_sheet import Value, add_table

_FIELDS = (
    Field("Strand", 22),
    Field("Indicator", 34),
    Field("District", 15),
    Field("Better is", 9),
    Field("Value", 10),
    Field("Could be, from", 10),
    Field("Could be, to", 10),
    Field("Change", 9),
    Field("Since", 9),
    Field("Finding", 16),
    Field("Good or bad", 12),
    Field("Target", 9),
    Field("By", 9),
    Field("Still to go", 9),
    Field("Pace needed a year", 10),
    Field("Pace a year", 9),
    Field("Status", 17),
    Field("The charter’s rule", 60),
)


def add_scorecard(book: Workbook, view: View) -> None:
    """Values, ranges, changes and targets of all students in the latest year."""
    rows = [
        _row(strand, finding.definition, found)
        for strand in view.strands
        for finding in strand.indicators
        for found in finding.districts
    ]
    title = f"Scorecard, all students, {year_text(view.periods[-1])}"
    add_table(book, "Scorecard", title, _FIELDS, rows)


def _row(strand: StrandFinding, definition: Definition, found: DistrictFinding) -> list[Value]:
    latest, change, standing = found.series.latest, found.since, found.standing
    estimate = latest.estimate
    goal = None if standing is None else standing.goal
    blank = STATES[latest.cell.state].text if latest.cell is not None else None
    return [
        strand.strand.name,
        definition.title,
        found.district.short,
        definition.direction,
        blank if estimate is None else _value(estimate, definition),
        None if estimate is None else _end(estimate.low, definition),
        None if estimate is None else _end(estimate.high, definition),
        None if change is None else _moved(change.estimate, definition),
        None if change is None else year_text(change.since),
        "no comparison" if change is None else str(change.movement),
        None if change is None else str(change.verdict),
        None if goal is None else _exact(goal.value, definition),
        None if goal is None else year_text(goal.period),
        None if standing is None else _exact(standing.to_go, definition),
        None if standing is None else _exact(standing.needed, definition),
        None if found.pace is None else _moved(found.pace.estimate, definition),
        "no target" if standing is None else STATUSES[standing.status].name,
        None if standing is None else target_sentence(standing),
    ]


def _value(estimate: Estimate, definition: Definition) -> Value:
    exact = _exact(estimate.value, definition)
    return estimate_text(estimate, definition) if exact is None else exact


def _moved(estimate: Estimate, definition: Definition) -> Value:
    exact = _exact(estimate.value, definition)
    return moved_text(estimate, definition) if exact is None else exact


def _exact(value: Fraction | None, definition: Definition) -> float | None:
    return None if value is None else float(definition.rounded(value))


def _end(value: float | None, definition: Definition) -> float | None:
    return None if value is None else float(definition.rounded(Fraction(value)))
