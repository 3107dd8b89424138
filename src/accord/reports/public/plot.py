"""Student groups in the newest year: a row a group, a mark a district, the range as a whisker."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from accord.insight.published.findings import Point, TopicFinding
from accord.insight.published.topics import topics
from accord.reports.chart_parts import ends_of, middle
from accord.reports.palette import partner
from accord.reports.public.words import point_text
from accord.reports.scales import Scale, nice_scale
from accord.reports.wording import NO_BREAK, year_text

_WIDTH, _LEFT, _RIGHT = 700, 196, 28
_ROW, _TOP, _BOTTOM, _APART = 38, 8, 26, 9
_FEWEST = 2
_SHAPES = {
    "circle": '<circle cx="{x:.1f}" cy="{y:.1f}" r="4.4"/>',
    "square": '<path d="M{x:.1f} {y:.1f}m-4-4h8v8h-8Z"/>',
    "triangle-up": '<path d="M{x:.1f} {y:.1f}m0-5l5 9h-10Z"/>',
    "diamond": '<path d="M{x:.1f} {y:.1f}m0-5l5 5-5 5-5-5Z"/>',
    "triangle-down": '<path d="M{x:.1f} {y:.1f}m0 5l5-9h-10Z"/>',
}


def group_plot(finding: TopicFinding) -> str:
    """The drawing, or nothing where fewer than two groups show a rate."""
    rows = list(_rows(finding))
    if len(rows) < _FEWEST or finding.topic.unit != "percent":
        return ""
    ends = [
        end
        for _, points in rows
        for _, point in points
        if point.estimate is not None
        for end in ends_of(point.estimate)
    ]
    scale = nice_scale([*ends, 0], steps=5, least=0, most=100)
    height = _TOP + _ROW * len(rows) + _BOTTOM
    parts = list(_axis(scale, height))
    for index, (group, points) in enumerate(rows):
        y = _TOP + _ROW * index + _ROW / 2
        name = escape(topics().group_name(group))
        parts.append(f'<text class="row" x="0" y="{y + 5:.0f}">{name}</text>')
        for order, point in points:
            parts.append(_mark(point, order, y + (order - (len(points) - 1) / 2) * _APART, scale))
    return (
        f'<svg class="chart groups" role="img" aria-label="{escape(_description(finding, rows))}" '
        f'viewBox="0 0 {_WIDTH} {height}">{"".join(parts)}</svg>'
    )


def _rows(finding: TopicFinding) -> Iterator[tuple[str, list[tuple[int, Point]]]]:
    """Each group that a district shows, everyone together first."""
    groups = dict.fromkeys(group for found in finding.places for group in found.groups)
    order = [finding.topic.whole, *topics().group_names]
    for group in sorted(groups, key=lambda one: (order.index(one) if one in order else 99, one)):
        points = [
            (found.place.order, found.groups[group])
            for found in finding.places
            if group in found.groups and found.groups[group].estimate is not None
        ]
        if points:
            yield group, points


def _axis(scale: Scale, height: int) -> Iterator[str]:
    floor = height - _BOTTOM
    for tick in scale.ticks:
        x = scale.place(tick, _LEFT, _WIDTH - _RIGHT)
        unit = f"{NO_BREAK}%" if tick == scale.ticks[-1] else ""
        yield f'<path class="grid" d="M{x:.1f} {_TOP}V{floor}"/>'
        place = f'x="{x:.1f}" y="{height - 8}" text-anchor="middle"'
        yield f'<text class="tick" {place}>{tick:g}{unit}</text>'


def _mark(point: Point, order: int, y: float, scale: Scale) -> str:
    if point.estimate is None:
        return ""
    low, high = (scale.place(end, _LEFT, _WIDTH - _RIGHT) for end in ends_of(point.estimate))
    x = scale.place(middle(point.estimate), _LEFT, _WIDTH - _RIGHT)
    whisker = f'<path class="whisker" d="M{low:.1f} {y:.1f}H{high:.1f}"/>'
    dot = _SHAPES.get(partner(order).marker, _SHAPES["circle"]).format(x=x, y=y)
    return f'<g class="mark p{order}">{whisker}{dot}</g>'


def _description(finding: TopicFinding, rows: list[tuple[str, list[tuple[int, Point]]]]) -> str:
    names = [found.place.name for found in finding.places]
    told = [
        f"{topics().group_name(group)}: "
        + ", ".join(f"{names[order]} {point_text(point, finding.topic)}" for order, point in points)
        for group, points in rows
    ]
    return (
        f"{finding.topic.title} by student group, {year_text(finding.newest)}. {'; '.join(told)}."
    )
