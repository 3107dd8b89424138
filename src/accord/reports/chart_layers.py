"""What chart specifications are put together from: frames, layers, axes, partners’ looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from accord.reports.chart_parts import Rows
from accord.reports.drawing import SCHEMA
from accord.reports.palette import MUTED, PARTNERS, RULE
from accord.reports.scales import Scale

Spec = dict[str, Any]

TEXT, SMALL = 13, 12
LETTER = 6.8
"""How wide a letter is at most, on average, in labels of these sizes."""


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


def with_axis(frame: Frame, scale: Scale, unit: str) -> Frame:
    """The frame with a left margin wide enough for the numbers of its axis."""
    longest = max(len(f"{tick:,g}{unit}") for tick in scale.ticks)
    return replace(frame, left=max(frame.left, round(longest * LETTER) + 10))


def chart_spec(description: str, frame: Frame, layers: list[Spec]) -> Spec:
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
        "layer": [item for item in layers if item["data"]["values"]],
    }


def layer(rows: Rows, mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def point_layer(rows: Rows, x: Spec, y: Spec, colour: Spec, **more: Spec) -> Spec:
    shape = {
        "field": "district",
        "type": "nominal",
        "scale": partner_scale("marker"),
        "legend": None,
    }
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    mark = {"type": "point", "filled": True, "opacity": 1, "stroke": "white", "strokeWidth": 0.8}
    return layer(
        rows, mark, {"x": x, "y": y, "color": colour, "shape": shape, "size": size, **more}
    )


def value_axis(scale: Scale, unit: str) -> Spec:
    top = max(scale.ticks)
    shown = "replace(format(datum.value, ',~f'), '-', '\\u2212')"
    return {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [scale.low, scale.high], "nice": False, "zero": False},
        "axis": axis(
            values=list(scale.ticks),
            labelExpr=f"{shown} + (datum.value == {top:g} ? '{unit}' : '')",
            gridColor=RULE,
            labelPadding=6,
        ),
    }


def axis(**more: Any) -> Spec:
    return {"title": None, "domain": False, "ticks": False, **more}


def domain(first: float, last: float) -> Spec:
    return {"domain": [first, last], "nice": False, "zero": False}


def partner_scale(part: str) -> Spec:
    orders = [str(order) for order in range(len(PARTNERS))]
    looks = [getattr(look, part) for look in PARTNERS]
    return {"domain": orders, "range": [list(look) if part == "dash" else look for look in looks]}
