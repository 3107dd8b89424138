"""The chart of a published topic over the years: lines, noise, breaks and the founding."""

from __future__ import annotations

from collections.abc import Iterator

from accord.base.periods import SchoolYear
from accord.insight.published.findings import Point, PublicView, TopicFinding
from accord.reports.chart_parts import ends_of, middle
from accord.reports.charts import NARROW, WIDE, trend_chart
from accord.reports.drawing import draw
from accord.reports.public.words import point_text, value_text
from accord.reports.scales import Scale, nice_scale
from accord.reports.trend_data import Label, Rule, Trend, keep_apart
from accord.reports.wording import NO_BREAK, year_text

_FEWEST = 3
_YEARS_SHOWN = 6
_POINT, _LAST_POINT = 14, 60


def charts(finding: TopicFinding, view: PublicView) -> tuple[str, str]:
    """The wide and the narrow drawing; both empty where there are too few years for a line."""
    if max((len(found.points) for found in finding.places), default=0) < _FEWEST:
        return "", ""
    drawn = []
    for frame, size in ((WIDE, "wide"), (NARROW, "narrow")):
        trend = trend_of(finding, view, frame.plot[1])
        drawn.append(draw(trend_chart(trend, frame, short=size == "narrow"), f"chart {size}"))
    return drawn[0], drawn[1]


def trend_of(finding: TopicFinding, view: PublicView, height: int) -> Trend:
    """The rows and places of the chart; `height` in pixels keeps labels apart."""
    shown = [
        (str(found.place.order), point)
        for found in finding.places
        for point in found.points
        if point.estimate is not None
    ]
    first = min(point.start for _, point in shown)
    last = max(point.start for _, point in shown)
    scale = _scale(finding, shown)
    runs = [
        (str(found.place.order), f"{found.place.order}.{number}", run)
        for found in finding.places
        for number, run in enumerate(found.runs)
    ]
    newest = dict(shown)
    return Trend(
        description=_description(finding),
        unit=f"{NO_BREAK}%" if finding.topic.unit == "percent" else "",
        scale=scale,
        first=first - 0.3,
        last=last + 0.1,
        years=tuple(_years(first, last)),
        noise=[
            {"x": point.start, "low": low, "high": high, "district": order, "run": run}
            for order, run, points in runs
            for point in points
            if point.estimate is not None and point.estimate.low is not None
            for low, high in [ends_of(point.estimate)]
        ],
        bands=[],
        lines=[
            {"x": point.start, "y": middle(point.estimate), "district": order, "run": run}
            for order, run, points in runs
            for point in points
            if point.estimate is not None
        ],
        points=[
            {
                "x": point.start,
                "y": middle(point.estimate),
                "district": order,
                "size": _LAST_POINT if point is newest[order] else _POINT,
            }
            for order, point in shown
            if point.estimate is not None
        ],
        hidden=[],
        targets=[],
        rules=tuple(_rules(view, first, last)),
        labels=tuple(keep_apart(list(_labels(finding)), scale, height)),
    )


def _scale(finding: TopicFinding, shown: list[tuple[str, Point]]) -> Scale:
    values = [
        end for _, point in shown if point.estimate is not None for end in ends_of(point.estimate)
    ]
    if finding.topic.unit == "percent":
        return nice_scale([*values, 0], steps=5, least=0, most=100)
    return nice_scale([*values, 0], steps=4, least=0)


def _years(first: int, last: int) -> Iterator[tuple[int, str]]:
    step = max(1, -(-(last - first) // (_YEARS_SHOWN - 1)))
    for year in range(last, first - 1, -step):
        yield year, SchoolYear(year).shown


def _rules(view: PublicView, first: int, last: int) -> Iterator[Rule]:
    if view.founded is not None and first < view.founded <= last:
        yield Rule(view.founded - 0.5, f"partnership founded, {view.founded}", 0)


def _labels(finding: TopicFinding) -> Iterator[Label]:
    for found in finding.places:
        shown = [point for point in found.points if point.estimate is not None]
        if shown and shown[-1].estimate is not None:
            text = value_text(shown[-1].estimate.least, finding.topic)
            yield Label(
                shown[-1].start,
                middle(shown[-1].estimate),
                f"{found.place.short} {text}",
                text,
                found.place.order,
            )


def _description(finding: TopicFinding) -> str:
    parts = [f"{finding.topic.title}, by school year."]
    for found in finding.places:
        course = ", ".join(
            f"{year_text(point.figure.year)} {point_text(point, finding.topic)}"
            for point in found.points
        )
        broken = "".join(f" The line breaks at {year_text(jump.year)}." for jump in found.jumps)
        parts.append(f"{found.place.name}: {course}.{broken}")
    return " ".join(parts)
