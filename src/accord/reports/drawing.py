"""Vega-Lite specifications to SVG that can stand in a page: named, light, and without clashing ids.

Rendered by vl-convert (no browser, no network) with the Public Sans that ships here, so that text
is measured in the font it is shown in.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import vl_convert

from accord.base.canonical import bytes_hash, short_hash

VEGA_LITE = "6.1"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

_ATTRIBUTES = re.compile(
    r' (?:role|class|aria-[a-z]+|pointer-events|xmlns:xlink|version|opacity="1"|'
    r'stroke-miterlimit|font-style="normal")(?:="[^"]*")?'
)
_EMPTY = re.compile(r"<path d=\"M0,0h0v0h0Z\"/>|<path display=\"none\"[^>]*/>")
_BARE_GROUP = re.compile(r"<g>((?:(?!<g[ >]|</g>).)*)</g>", re.DOTALL)
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_ROOT = re.compile(r'^<svg[^>]*? width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')
_PAPER = re.compile(r'<rect width="[\d.]+" height="[\d.]+" fill="white"/>')


def draw(spec: dict[str, Any], css_class: str) -> str:
    """The chart as an `<svg role="img">` whose accessible name is the spec's `description`."""
    register_fonts()
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    return _for_a_page(svg, str(spec["description"]), css_class)


@cache
def register_fonts() -> None:
    """Make Public Sans known to vl-convert, once."""
    with as_file(files("accord.reports").joinpath("fonts")) as folder:
        vl_convert.register_font_directory(str(folder))


def _for_a_page(svg: str, name: str, css_class: str) -> str:
    mark = short_hash(bytes_hash(svg.encode()))
    root = _ROOT.match(svg)
    if root is None:
        raise ValueError("vl-convert gave no SVG")
    inner = svg[root.end() :].removesuffix("</svg>")
    inner = _ATTRIBUTES.sub("", _PAPER.sub("", inner, count=1))
    inner = _EMPTY.sub("", inner)
    while (shorter := _BARE_GROUP.sub(r"\1", inner)) != inner:
        inner = shorter
    inner = _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), inner)
    inner = re.sub(r'id="(\w+)"', rf'id="{mark}-\1"', inner)
    inner = re.sub(r"url\(#(\w+)\)", rf"url(#{mark}-\1)", inner)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{_quoted(name)}" '
        f'class="{css_class}" viewBox="0 0 {root["width"]} {root["height"]}">{inner}</svg>'
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', "&quot;").replace("<", "&lt;")
