"""Vega-Lite specifications, one builder a kind, as plain dictionaries.

The data come ready (`trend_data`, `school_data`); only places on the page are computed here. Every
specification carries a `description`, which becomes the chart's accessible name. Sizes are fixed,
margins included, so that labels never run out of the picture.
"""

from __future__ import annotations

from dataclasses import replace

from accord.reports.chart_layers import (
    LETTER,
    SMALL,
    TEXT,
    Frame,
    Spec,
    axis,
    chart_spec,
    domain,
    layer,
    partner_scale,
    point_layer,
    value_axis,
    with_axis,
)
from accord.reports.palette import INK, MUTED, partner
from accord.reports.school_data import Funnel, Grades
from accord.reports.trend_data import Label, Trend

_ROW = 16


WIDE = Frame(width=700, height=384, left=44, right=140, top=14, bottom=34)
NARROW = Frame(width=343, height=264, left=38, right=54, top=14, bottom=32)
PANEL = Frame(width=343, height=236, left=40, right=16, top=12, bottom=44)


def trend_chart(trend: Trend, frame: Frame, *, short: bool) -> Spec:
    """Both districts over the years: noise as soft bands, target dashed, breaks and the founding.

    `short` leaves names to the page and labels with values alone.
    """
    rows = max((rule.row for rule in trend.rules), default=-1) + 1
    frame = replace(
        with_axis(frame, trend.scale, trend.unit),
        top=frame.top + _ROW * rows,
        right=_room(trend, frame.right, short=short),
    )
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": domain(trend.first, trend.last),
        "axis": axis(
            values=[year for year, _ in trend.years],
            labelExpr=_lookup(dict(trend.years), short),
            grid=False,
            labelOverlap=False,
            labelFlush=False,
            labelPadding=10,
        ),
    }
    y = value_axis(trend.scale, trend.unit)
    colour = {
        "field": "district",
        "type": "nominal",
        "scale": partner_scale("colour"),
        "legend": None,
    }
    layers: list[Spec] = [
        layer(
            trend.noise,
            {"type": "area", "opacity": 0.14, "clip": True},
            {
                "x": x,
                "y": y | {"field": "low"},
                "y2": {"field": "high"},
                "color": colour,
                "detail": {"field": "run"},
            },
        ),
        *_rule_layers(trend, x, frame),
        layer(
            trend.targets,
            {"type": "line", "color": INK, "strokeDash": [5, 4], "strokeWidth": 1.4},
            {"x": x, "y": y, "detail": {"field": "run"}},
        ),
        layer(
            trend.bands,
            {"type": "area", "opacity": 0.75, "line": False},
            {
                "x": x,
                "y": y | {"field": "low"},
                "y2": {"field": "high"},
                "color": colour,
                "stroke": colour,
                "detail": {"field": "run"},
            },
        ),
        layer(
            trend.lines,
            {"type": "line", "strokeWidth": 2.4, "strokeJoin": "round"},
            {
                "x": x,
                "y": y,
                "color": colour,
                "strokeDash": {
                    "field": "district",
                    "type": "nominal",
                    "scale": partner_scale("dash"),
                    "legend": None,
                },
                "detail": {"field": "run"},
            },
        ),
        point_layer(trend.points, x, y, colour),
        layer(
            trend.hidden,
            {"type": "point", "size": 36, "filled": False, "strokeWidth": 1.4, "yOffset": -7},
            {"x": x, "y": y, "color": colour},
        ),
    ]
    for label in trend.labels:
        layers.extend(_label_layers(label, x, y, short=short))
    return chart_spec(trend.description, frame, layers)


def _room(trend: Trend, least: int, *, short: bool) -> int:
    """How wide the right margin must be for the labels that stand in it, by their lengths."""
    texts = [label.short if short else label.text for label in trend.labels]
    longest = max((len(text) for text in texts), default=0)
    return max(least, round(longest * LETTER) + 12)


def grade_chart(grades: Grades, frame: Frame) -> Spec:
    """The latest value of each grade in each district, with its range."""
    x = {
        "field": "grade",
        "type": "ordinal",
        "sort": list(grades.order),
        "axis": axis(title="grade", labelAngle=0, grid=False),
    }
    offset = {
        "field": "district",
        "type": "nominal",
        "scale": {"paddingInner": 0.4, "paddingOuter": 1},
    }
    y = value_axis(grades.scale, grades.unit)
    colour = {
        "field": "district",
        "type": "nominal",
        "scale": partner_scale("colour"),
        "legend": None,
    }
    return chart_spec(
        grades.description,
        with_axis(frame, grades.scale, grades.unit),
        [
            layer(
                grades.ranges,
                {"type": "rule", "strokeWidth": 1.4, "opacity": 0.55},
                {
                    "x": x,
                    "xOffset": offset,
                    "y": y | {"field": "low"},
                    "y2": {"field": "high"},
                    "color": colour,
                },
            ),
            point_layer(grades.points, x, y, colour, xOffset=offset),
            layer(
                grades.hidden,
                {"type": "point", "size": 30, "filled": False, "strokeWidth": 1.3, "yOffset": -7},
                {"x": x, "xOffset": offset, "y": y, "color": colour},
            ),
        ],
    )


def funnel_chart(funnel: Funnel, frame: Frame) -> Spec:
    """Each school by its size and value, over the range that chance gives schools of that size."""
    look = partner(funnel.order)
    x = {
        "field": "students",
        "type": "quantitative",
        "scale": {"domain": [0, funnel.most_students], "nice": False},
        "axis": axis(
            title=funnel.axis_title, tickCount=4, grid=False, labelFlush=True, format=",d"
        ),
    }
    y = value_axis(funnel.scale, funnel.unit)
    return chart_spec(
        funnel.description,
        with_axis(frame, funnel.scale, funnel.unit),
        [
            layer(
                funnel.limits,
                {"type": "area", "color": look.colour, "opacity": 0.12, "clip": True},
                {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
            ),
            layer(
                [{"y": funnel.district}],
                {"type": "rule", "color": look.colour, "strokeWidth": 1.4},
                {"y": y},
            ),
            layer(
                funnel.points,
                {
                    "type": "point", "shape": look.marker, "filled": True, "size": 26,
                    "color": look.colour, "opacity": 0.75,
                },
                {"x": x, "y": y},
            ),
        ],
    )  # fmt: skip


def _rule_layers(trend: Trend, x: Spec, frame: Frame) -> list[Spec]:
    """Labelled vertical rules; labels stand above the plot, a row each, on the side with room."""
    if not trend.rules:
        return []
    places = [{"x": rule.x} for rule in trend.rules]
    line = {"type": "rule", "color": MUTED, "strokeDash": [1, 3], "strokeWidth": 1.2}
    layers = [layer(places, line, {"x": x})]
    top = max(rule.row for rule in trend.rules)
    for rule in trend.rules:
        share = (rule.x - trend.first) / (trend.last - trend.first)
        before = frame.left + share * frame.plot[0]
        side, shift = ("left", -4) if before < frame.width / 2 else ("right", 4)
        mark = {
            "type": "text",
            "align": side,
            "dx": shift,
            "baseline": "bottom",
            "color": MUTED,
            "fontSize": SMALL,
            "y": -9 - _ROW * (top - rule.row),
        }
        rows = [{"x": rule.x, "text": rule.text}]
        layers.append(layer(rows, mark, {"x": x, "text": {"field": "text"}}))
    return layers


def _label_layers(label: Label, x: Spec, y: Spec, *, short: bool) -> list[Spec]:
    """A label beside its line's end, on a white halo so that lines don't cross it."""
    look = {
        "type": "text", "align": "left", "baseline": "middle", "dx": 10, "dy": label.shift,
        "fontSize": TEXT, "fontWeight": 700 if label.order is not None else 400,
    }  # fmt: skip
    colour = INK if label.order is None else partner(label.order).colour
    rows = [{"x": label.x, "y": label.y, "text": label.short if short else label.text}]
    encoding = {"x": x, "y": y, "text": {"field": "text"}}
    halo = {"color": "white", "stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    return [layer(rows, look | halo, encoding), layer(rows, look | {"color": colour}, encoding)]


def _lookup(texts: dict[int, str], short: bool) -> str:
    shown = {str(year): text[2:] if short else text for year, text in texts.items()}
    branches = " : ".join(f"datum.value == {year} ? '{text}'" for year, text in shown.items())
    return f"{branches} : ''"
