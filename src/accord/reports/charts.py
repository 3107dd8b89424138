"""Vega-Lite specifications, one builder a kind, as plain dictionaries.

The data come ready (`chart_data`); nothing is computed here but places on the page. Every
specification carries a `description`, which becomes the chart's accessible name. Sizes are fixed,
margins included, so that labels never run out of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from accord.reports.chart_parts import Rows
from accord.reports.drawing import SCHEMA
from accord.reports.palette import INK, MUTED, PARTNERS, RULE, partner
from accord.reports.scales import Scale
from accord.reports.school_data import Funnel, Grades
from accord.reports.trend_data import Label, Trend

Spec = dict[str, Any]

TEXT, SMALL = 13, 12
_ROW = 16
_LETTER = 6.8


@dataclass(frozen=True)
class Frame:
    """A picture's size and margins, in pixels."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def plot(self) -> tuple[int, int]:
        return self.width - self.left - self.right, self.height - self.top - self.bottom


WIDE = Frame(width=700, height=384, left=44, right=140, top=14, bottom=34)
NARROW = Frame(width=343, height=264, left=38, right=54, top=14, bottom=32)
PANEL = Frame(width=343, height=236, left=40, right=16, top=12, bottom=44)


def trend_chart(trend: Trend, frame: Frame, *, short: bool) -> Spec:
    """Both districts over the years: noise as soft bands, target dashed, breaks and the founding.

    `short` leaves names to the page and labels with values alone.
    """
    rows = max((rule.row for rule in trend.rules), default=-1) + 1
    frame = replace(
        _with_axis(frame, trend.scale, trend.unit),
        top=frame.top + _ROW * rows,
        right=_room(trend, frame.right, short=short),
    )
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": _domain(trend.first, trend.last),
        "axis": _axis(
            values=[year for year, _ in trend.years],
            labelExpr=_lookup(dict(trend.years), short),
            grid=False,
            labelOverlap=False,
            labelFlush=False,
            labelPadding=10,
        ),
    }
    y = _value_axis(trend.scale, trend.unit)
    colour = {
        "field": "district",
        "type": "nominal",
        "scale": _partner_scale("colour"),
        "legend": None,
    }
    layers: list[Spec] = [
        _layer(
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
        _layer(
            trend.targets,
            {"type": "line", "color": INK, "strokeDash": [5, 4], "strokeWidth": 1.4},
            {"x": x, "y": y, "detail": {"field": "run"}},
        ),
        _layer(
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
        _layer(
            trend.lines,
            {"type": "line", "strokeWidth": 2.4, "strokeJoin": "round"},
            {
                "x": x,
                "y": y,
                "color": colour,
                "strokeDash": {
                    "field": "district",
                    "type": "nominal",
                    "scale": _partner_scale("dash"),
                    "legend": None,
                },
                "detail": {"field": "run"},
            },
        ),
        _points(trend.points, x, y, colour),
        _layer(
            trend.hidden,
            {"type": "point", "size": 36, "filled": False, "strokeWidth": 1.4, "yOffset": -7},
            {"x": x, "y": y, "color": colour},
        ),
    ]
    for label in trend.labels:
        layers.extend(_label_layers(label, x, y, short=short))
    return _spec(trend.description, frame, layers)


def _room(trend: Trend, least: int, *, short: bool) -> int:
    """How wide the right margin must be for the labels that stand in it, by their lengths."""
    texts = [label.short if short else label.text for label in trend.labels]
    longest = max((len(text) for text in texts), default=0)
    return max(least, round(longest * _LETTER) + 12)


def _with_axis(frame: Frame, scale: Scale, unit: str) -> Frame:
    """The frame with a left margin wide enough for the numbers of its axis."""
    longest = max(len(f"{tick:,g}{unit}") for tick in scale.ticks)
    return replace(frame, left=max(frame.left, round(longest * _LETTER) + 10))


def grade_chart(grades: Grades, frame: Frame) -> Spec:
    """The latest value of each grade in each district, with its range."""
    x = {
        "field": "grade",
        "type": "ordinal",
        "sort": list(grades.order),
        "axis": _axis(title="grade", labelAngle=0, grid=False),
    }
    offset = {
        "field": "district",
        "type": "nominal",
        "scale": {"paddingInner": 0.4, "paddingOuter": 1},
    }
    y = _value_axis(grades.scale, grades.unit)
    colour = {
        "field": "district",
        "type": "nominal",
        "scale": _partner_scale("colour"),
        "legend": None,
    }
    return _spec(
        grades.description,
        _with_axis(frame, grades.scale, grades.unit),
        [
            _layer(
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
            _points(grades.points, x, y, colour, xOffset=offset),
            _layer(
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
        "axis": _axis(
            title=funnel.axis_title, tickCount=4, grid=False, labelFlush=True, format=",d"
        ),
    }
    y = _value_axis(funnel.scale, funnel.unit)
    return _spec(
        funnel.description,
        _with_axis(frame, funnel.scale, funnel.unit),
        [
            _layer(
                funnel.limits,
                {"type": "area", "color": look.colour, "opacity": 0.12, "clip": True},
                {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
            ),
            _layer(
                [{"y": funnel.district}],
                {"type": "rule", "color": look.colour, "strokeWidth": 1.4},
                {"y": y},
            ),
            _layer(
                funnel.points,
                {
                    "type": "point", "shape": look.marker, "filled": True, "size": 26,
                    "color": look.colour, "opacity": 0.75,
                },
                {"x": x, "y": y},
            ),
        ],
    )  # fmt: skip


def _spec(description: str, frame: Frame, layers: list[Spec]) -> Spec:
    width, height = frame.plot
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": width,
        "height": height,
        "padding": {
            "left": frame.left,
            "right": frame.right,
            "top": frame.top,
            "bottom": frame.bottom,
        },
        "autosize": "none",
        "background": None,
        "view": {"stroke": None},
        "config": {
            "font": "Public Sans",
            "axis": {
                "labelColor": MUTED,
                "labelFontSize": SMALL,
                "titleColor": MUTED,
                "titleFontSize": SMALL,
                "titleFontWeight": "normal",
                "titlePadding": 4,
            },
        },
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def _layer(rows: Rows, mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _points(rows: Rows, x: Spec, y: Spec, colour: Spec, **more: Spec) -> Spec:
    shape = {
        "field": "district",
        "type": "nominal",
        "scale": _partner_scale("marker"),
        "legend": None,
    }
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    mark = {"type": "point", "filled": True, "opacity": 1, "stroke": "white", "strokeWidth": 0.8}
    return _layer(
        rows, mark, {"x": x, "y": y, "color": colour, "shape": shape, "size": size, **more}
    )


def _rule_layers(trend: Trend, x: Spec, frame: Frame) -> list[Spec]:
    """Labelled vertical rules; labels stand above the plot, a row each, on the side with room."""
    if not trend.rules:
        return []
    places = [{"x": rule.x} for rule in trend.rules]
    line = {"type": "rule", "color": MUTED, "strokeDash": [1, 3], "strokeWidth": 1.2}
    layers = [_layer(places, line, {"x": x})]
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
        layers.append(_layer(rows, mark, {"x": x, "text": {"field": "text"}}))
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
    return [_layer(rows, look | halo, encoding), _layer(rows, look | {"color": colour}, encoding)]


def _value_axis(scale: Scale, unit: str) -> Spec:
    top = max(scale.ticks)
    shown = "replace(format(datum.value, ',~f'), '-', '\\u2212')"
    return {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [scale.low, scale.high], "nice": False, "zero": False},
        "axis": _axis(
            values=list(scale.ticks),
            labelExpr=f"{shown} + (datum.value == {top:g} ? '{unit}' : '')",
            gridColor=RULE,
            labelPadding=6,
        ),
    }


def _axis(**more: Any) -> Spec:
    return {"title": None, "domain": False, "ticks": False, **more}


def _domain(first: float, last: float) -> Spec:
    return {"domain": [first, last], "nice": False, "zero": False}


def _lookup(texts: dict[int, str], short: bool) -> str:
    shown = {str(year): text[2:] if short else text for year, text in texts.items()}
    branches = " : ".join(f"datum.value == {year} ? '{text}'" for year, text in shown.items())
    return f"{branches} : ''"


def _partner_scale(part: str) -> Spec:
    orders = [str(order) for order in range(len(PARTNERS))]
    looks = [getattr(look, part) for look in PARTNERS]
    return {"domain": orders, "range": [list(look) if part == "dash" else look for look in looks]}
