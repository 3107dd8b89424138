"""Small drawings that a page holds by the hundred: lines in the overview, gaps in small multiples.

Drawn directly, without Vega: a line of a few points needs a few hundred bytes. Colours come from
the page's style sheet by class (``p0``, ``p1`` … for the districts), so that print and screen
agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from accord.insight.estimates import Estimate
from accord.insight.gaps import Gap
from accord.insight.series import Series
from accord.insight.view import DistrictFinding
from accord.reports.chart_parts import ends_of, middle, start
from accord.reports.palette import partner
from accord.reports.scales import Scale

_WIDTH, _HEIGHT, _EDGE = 104, 34, 5
_GAP_WIDTH, _GAP_HEIGHT = 250, 112
_GAP_LEFT, _GAP_RIGHT, _GAP_TOP, _GAP_BOTTOM = 8, 46, 10, 18
_LABEL_ROOM = 14.0


def sparkline(series: Series, order: int, scale: Scale) -> str:
    """A district's line in the overview, on the indicator's shared scale.

    The numbers that it shows stand in the same row, so it is hidden from screen readers.
    """
    years = [start(item.period) for item in series.readings]
    across = Scale(years[0] - 0.01, years[-1] + 0.01, ())

    def at(period: str, estimate: Estimate) -> tuple[float, float]:
        return (
            across.place(start(period), _EDGE, _WIDTH - _EDGE),
            scale.place(middle(estimate), _HEIGHT - _EDGE, _EDGE),
        )

    parts = []
    for run in series.runs:
        points = [at(item.period, item.estimate) for item in run if item.estimate is not None]
        parts.append(_path(points, "line"))
        if len(points) == 1:
            parts.append(_dot(points[0], 1.6))
    if series.latest.estimate is not None:
        parts.append(_marker(at(series.latest.period, series.latest.estimate), order))
    return (
        f'<svg class="spark p{order}" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'
    )


@dataclass(frozen=True)
class GapLine:
    """One district's gap over the years, turned so that positive is behind."""

    order: int
    years: tuple[int, ...]
    estimates: tuple[Estimate | None, ...]
    breaks: frozenset[int]

    @classmethod
    def of(cls, gap: Gap, found: DistrictFinding, sign: int) -> GapLine:
        """`gap` of a district, broken where its readings can't be compared."""
        return cls(
            found.district.order,
            tuple(start(item.period) for item in gap.readings),
            tuple(
                None if item.estimate is None else item.estimate.times(sign)
                for item in gap.readings
            ),
            frozenset(start(stop.period) for stop in found.series.breaks),
        )


def gap_drawing(lines: Sequence[GapLine], scale: Scale, description: str, decimals: int) -> str:
    """A group's gap in each district; the straight line at zero is the reference group."""
    years = lines[0].years
    across = Scale(years[0] - 0.01, years[-1] + 0.01, ())
    right, floor = _GAP_WIDTH - _GAP_RIGHT, _GAP_HEIGHT - _GAP_BOTTOM

    def at(year: int, value: float) -> tuple[float, float]:
        return across.place(year, _GAP_LEFT, right), scale.place(value, floor, _GAP_TOP)

    zero = at(years[0], 0.0)[1]
    parts = [f'<path class="zero" d="M{_GAP_LEFT} {zero:.1f}H{right}"/>']
    ends: list[tuple[float, float, GapLine, Estimate]] = []
    for line in lines:
        shown = [
            (year, item)
            for year, item in zip(line.years, line.estimates, strict=True)
            if item is not None
        ]
        for run in _neighbours(shown, line.breaks):
            edges = [(year, *ends_of(item)) for year, item in run]
            inside = [
                (at(year, max(low, scale.low)), at(year, min(high, scale.high)))
                for year, low, high in edges
            ]
            parts.append(_area(inside, line.order))
            if all(item.value is not None for _, item in run):
                points = [at(year, middle(item)) for year, item in run]
                parts.append(_path(points, f"line p{line.order}"))
            else:
                band = [
                    (at(year, float(item.least)), at(year, float(item.most))) for year, item in run
                ]
                parts.append(_area(band, line.order, "band"))
        if shown and shown[-1][1].value is not None:
            x, y = at(shown[-1][0], middle(shown[-1][1]))
            parts.append(f'<g class="p{line.order}">{_marker((x, y), line.order)}</g>')
            ends.append((x, y, line, shown[-1][1]))
    parts += _end_labels(ends, decimals)
    for year, anchor, x in ((years[0], "start", _GAP_LEFT), (years[-1], "end", right)):
        text = f"{year}–{(year + 1) % 100:02d}"
        parts.append(
            f'<text class="year" x="{x}" y="{_GAP_HEIGHT - 4}" text-anchor="{anchor}">{text}</text>'
        )
    return (
        f'<svg class="gap" role="img" aria-label="{escape(description)}" '
        f'viewBox="0 0 {_GAP_WIDTH} {_GAP_HEIGHT}">{"".join(parts)}</svg>'
    )


def _end_labels(ends: list[tuple[float, float, GapLine, Estimate]], decimals: int) -> list[str]:
    """The last value of each line, pushed apart where two would meet."""
    places = sorted(ends, key=lambda end: end[1])
    wanted = [end[1] for end in places]
    for upper in range(len(wanted) - 1):
        lack = _LABEL_ROOM - (wanted[upper + 1] - wanted[upper])
        if lack > 0:
            wanted[upper] -= lack / 2
            wanted[upper + 1] += lack / 2
    return [
        f'<text class="value p{line.order}" x="{x + 7:.1f}" y="{y + 4:.1f}">'
        f"{_signed(middle(estimate), decimals)}</text>"
        for (x, _, line, estimate), y in zip(places, wanted, strict=True)
    ]


def _signed(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace("-", "−")


def _neighbours(
    shown: Iterable[tuple[int, Estimate]], breaks: frozenset[int]
) -> list[list[tuple[int, Estimate]]]:
    runs: list[list[tuple[int, Estimate]]] = []
    for year, item in shown:
        if not runs or year - runs[-1][-1][0] > 1 or year in breaks:
            runs.append([])
        runs[-1].append((year, item))
    return runs


def _path(points: Sequence[tuple[float, float]], css_class: str) -> str:
    if len(points) < 2:
        return ""
    places = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path class="{css_class}" d="M{places}"/>'


def _area(
    pairs: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    order: int,
    css_class: str = "noise",
) -> str:
    if len(pairs) < 2:
        (x, low), (_, high) = pairs[0]
        return f'<path class="whisker p{order}" d="M{x:.1f} {low:.1f}V{high:.1f}"/>'
    outline = [low for low, _ in pairs] + [high for _, high in reversed(pairs)]
    places = "L".join(f"{x:.1f} {y:.1f}" for x, y in outline)
    return f'<path class="{css_class} p{order}" d="M{places}Z"/>'


def _marker(point: tuple[float, float], order: int) -> str:
    x, y = point
    if partner(order).marker == "square":
        return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>'
    return _dot(point, 3.3)


def _dot(point: tuple[float, float], radius: float) -> str:
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="{radius}"/>'
