"""One indicator's section of the page: all that its template lays out, in words and drawings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accord.insight.coverage import Coverage
from accord.insight.pace import Pace, Standing
from accord.insight.view import DistrictFinding, IndicatorFinding, View
from accord.reports.chart_layers import Frame
from accord.reports.charts import NARROW, PANEL, WIDE, funnel_chart, grade_chart, trend_chart
from accord.reports.drawing import draw
from accord.reports.gap_panels import GapPanels, gap_panels
from accord.reports.phrases import (
    ChangeWords,
    TargetWords,
    ValueWords,
    change_words,
    level_note,
    level_words,
    target_words,
    value_words,
)
from accord.reports.provenance import Provenance, provenance
from accord.reports.school_data import funnels_of, grades_of
from accord.reports.sentences import findings, groups_changed
from accord.reports.tables import Row, columns_of, grade_rows, group_rows, school_rows
from accord.reports.trend_data import Trend, trend_of
from accord.reports.wording import (
    blank_years,
    moved_text,
    number_text,
    short_number,
    signed_text,
    year_text,
)


@dataclass(frozen=True)
class Stand:
    """Where one district stands."""

    order: int
    district: str
    latest: ValueWords
    year: ChangeWords | None
    since: ChangeWords | None
    target: TargetWords | None
    to_go: str
    needed: str
    pace: str
    level: str
    level_of: str


@dataclass(frozen=True)
class RuleWords:
    """What the charter asks; `order` is absent where it asks the same of every district."""

    order: int | None
    district: str
    rule: str


@dataclass(frozen=True)
class SchoolPanel:
    """One district's schools: a drawing, where chance is known, and the table."""

    order: int
    district: str
    drawing: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """See the module."""

    anchor: str
    title: str
    students: str
    question: str
    plain: str
    pills: tuple[str, ...]
    goal: str
    findings: tuple[tuple[int, str], ...]
    chart: str
    chart_narrow: str
    notes: tuple[str, ...]
    latest: str
    before: str
    stands: tuple[Stand, ...]
    rules: tuple[RuleWords, ...]
    pace_years: str
    gaps: GapPanels
    changed: tuple[tuple[int, str, tuple[str, ...]], ...]
    coverage: tuple[str, ...]
    columns: tuple[str, str]
    unit: str
    groups: tuple[Row, ...]
    grade_drawing: str
    grades: tuple[Row, ...]
    schools: tuple[SchoolPanel, ...]
    provenance: Provenance


def section(finding: IndicatorFinding, view: View) -> Section:
    """The section of one indicator, with its charts drawn."""
    definition = finding.definition
    grades = grades_of(finding)
    return Section(
        anchor=definition.id,
        title=definition.title,
        students=finding.students,
        question=definition.question,
        plain=definition.plain,
        pills=tuple(_pills(finding)),
        goal=finding.goal,
        findings=tuple(findings(finding)),
        chart=_trend(finding, view, WIDE, "wide"),
        chart_narrow=_trend(finding, view, NARROW, "narrow"),
        notes=tuple(_notes(finding, trend_of(finding, view, WIDE.plot[1]))),
        latest=year_text(view.periods[-1]),
        before=year_text(view.periods[-2]) if len(view.periods) > 1 else "",
        stands=tuple(_stand(found, finding) for found in finding.districts),
        rules=tuple(_rules(finding)),
        pace_years=_pace_years(finding.districts),
        gaps=gap_panels(finding, view.since),
        changed=tuple(
            (found.district.order, found.district.short, tuple(groups_changed(found)))
            for found in finding.districts
        ),
        coverage=tuple(_coverage(finding)),
        columns=columns_of(definition),
        unit={"percent": "%", "points": "points", "score": "score"}[definition.unit],
        groups=tuple(group_rows(finding)),
        grade_drawing="" if grades is None else draw(grade_chart(grades, PANEL), "chart panel"),
        grades=tuple(grade_rows(finding)),
        schools=tuple(_schools(finding)),
        provenance=provenance(finding, view),
    )


def _trend(finding: IndicatorFinding, view: View, frame: Frame, size: str) -> str:
    trend = trend_of(finding, view, frame.plot[1])
    if trend is None:
        return ""
    return draw(trend_chart(trend, frame, short=size == "narrow"), f"chart {size}")


def _pills(finding: IndicatorFinding) -> Iterator[str]:
    definition = finding.definition
    yield "leading indicator" if definition.timing == "leading" else "outcome"
    yield "yearly"
    yield f"{definition.direction} is better"
    statuses = {
        found.series.latest.cell.data_status
        for found in finding.districts
        if found.series.latest.cell is not None
    }
    yield from sorted(statuses)


def _stand(found: DistrictFinding, finding: IndicatorFinding) -> Stand:
    definition, standing = finding.definition, found.standing
    needed = standing.needed if standing is not None else None
    return Stand(
        order=found.district.order,
        district=found.district.short,
        latest=value_words(found.series.latest, definition),
        year=change_words(found.year, definition),
        since=change_words(found.since, definition),
        target=target_words(standing, definition),
        to_go=_to_go(standing, definition.decimals),
        needed="" if needed is None else signed_text(needed, definition.decimals),
        pace="" if found.pace is None else _pace(found.pace, finding),
        level=level_words(found.level),
        level_of=level_note(found.level),
    )


def _to_go(standing: Standing | None, decimals: int) -> str:
    if standing is None or standing.to_go is None:
        return ""
    return signed_text(standing.to_go, decimals) if standing.to_go else "reached"


def _rules(finding: IndicatorFinding) -> Iterator[RuleWords]:
    words = [
        (found.district, target_words(found.standing, finding.definition))
        for found in finding.districts
    ]
    rules = {item.rule for _, item in words if item is not None}
    if len(rules) == 1 and all(item is not None for _, item in words):
        yield RuleWords(None, "", rules.pop())
        return
    for district, item in words:
        if item is not None:
            yield RuleWords(district.order, district.short, item.rule)


def _pace(pace: Pace, finding: IndicatorFinding) -> str:
    return moved_text(pace.estimate, finding.definition)


def _pace_years(districts: tuple[DistrictFinding, ...]) -> str:
    """“pace of 3 years”, or of as many as there are."""
    spans = {found.pace.years for found in districts if found.pace is not None}
    if len(spans) == 1:
        span = spans.pop()
        return f"pace of {span} years" if span > 1 else "pace of 1 year"
    return "pace of the last years"


def _notes(finding: IndicatorFinding, trend: Trend | None) -> Iterator[str]:
    if trend is None:
        yield "There is no chart, because no figure is shown."
    else:
        yield from _chart_notes(finding, trend)
    for found in finding.districts:
        for sentence in blank_years(found.series):
            yield f"{found.district.short}, {sentence}"


def _chart_notes(finding: IndicatorFinding, trend: Trend) -> Iterator[str]:
    low, high = short_number(trend.scale.low, 3), short_number(trend.scale.high, 3)
    unit = {"percent": " %", "points": " points", "score": ""}[finding.definition.unit]
    from_zero = "" if trend.scale.low == 0 else ", not from zero"
    yield f"{finding.students}. The axis runs from {low} to {high}{unit}{from_zero}."
    if trend.noise:
        yield "Soft bands show how far chance alone could move each value."
    else:
        yield "How much chance could move these values is not known."
    if trend.bands:
        yield "Each line is as thick as the published range."
    if trend.targets:
        yield "Dashed: the target."


def _coverage(finding: IndicatorFinding) -> Iterator[str]:
    """What share of students the groups and grades show; a sentence for each that is not whole."""
    for found in finding.districts:
        for item in found.coverage:
            if item.hidden or not item.complete:
                yield f"{found.district.short}, by {_part(item)}: {_seen(item)}"


def _part(item: Coverage) -> str:
    return item.part.replace("_", " and ")


def _seen(item: Coverage) -> str:
    hidden = f"{item.hidden} of {item.cells} hidden to protect students"
    if item.share is None:
        seen = hidden
    else:
        share = number_text(item.share * 100, 1)
        nearly = "nearly all" if share == "100.0" else f"{share} % of"
        seen = f"{nearly} students are in a figure shown here; {hidden}"
    return f"{seen}." if item.complete else f"incomplete. {seen[0].upper()}{seen[1:]}."


def _schools(finding: IndicatorFinding) -> Iterator[SchoolPanel]:
    drawings = {funnel.order: funnel for funnel in funnels_of(finding)}
    for found in finding.districts:
        rows = school_rows(found, finding.definition)
        if rows:
            funnel = drawings.get(found.district.order)
            drawing = "" if funnel is None else draw(funnel_chart(funnel, PANEL), "chart panel")
            yield SchoolPanel(found.district.order, found.district.short, drawing, tuple(rows))
