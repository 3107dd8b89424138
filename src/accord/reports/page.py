"""What every page is made with: templates, the style sheet with its colours and type, safe JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from accord.base.words import day_words
from accord.reports.palette import BETTER, INK, MUTED, PAPER, RULE, WASH, WORSE, partner

FONT_FILES = {
    "public-sans-latin-ext.woff2": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+1E00-1E9F,U+1EF2-1EFF",
    "public-sans-latin.woff2": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,"
        "U+2122,U+2212"
    ),
}


@cache
def environment() -> Environment:
    """The templates of the pages."""
    environment = Environment(
        loader=PackageLoader("accord.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawing"] = Markup
    environment.filters["day"] = day_words
    return environment


def style(orders: Iterable[int]) -> str:
    """The style sheet, with the colours of the districts in these places."""
    return f"{_font_faces()}{tokens(orders)}{read_part('style.css')}"


def tokens(orders: Iterable[int]) -> str:
    """The colours as properties of the style sheet, with those of the districts in these places."""
    common = {
        "ink": INK, "muted": MUTED, "rule": RULE, "paper": PAPER, "wash": WASH, "better": BETTER,
        "worse": WORSE,
    }  # fmt: skip
    partners = {f"p{order}": partner(order).colour for order in orders}
    root = "".join(f"--{name}:{colour};" for name, colour in (common | partners).items())
    classes = "".join(f".{name}{{--own:var(--{name})}}" for name in partners)
    return f":root{{{root}}}{classes}"


@cache
def _font_faces() -> str:
    faces = []
    for name, characters in FONT_FILES.items():
        data = files("accord.reports").joinpath("fonts", name).read_bytes()
        faces.append(
            "@font-face{font-family:'Public Sans';font-weight:100 900;font-display:swap;"
            f"src:url(data:font/woff2;base64,{base64.b64encode(data).decode()}) format('woff2');"
            f"unicode-range:{characters}}}"
        )
    return "".join(faces)


def read_part(name: str) -> str:
    """A file beside the templates."""
    return files("accord.reports").joinpath("templates", name).read_text(encoding="utf-8")


def script_json(value: Any) -> str:
    """JSON that can't end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
