"""The one style sheet: the reports' colours, type and tables, and then the workspace's own.

Put together once, served under an address with its hash, so that a browser keeps it for good.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from django.conf import settings
from django.urls import reverse

from accord.base.canonical import bytes_hash, short_hash
from accord.reports.page import FONT_FILES, read_part, tokens
from accord.reports.palette import PARTNERS


@cache
def stylesheet() -> str:
    """The text of the style sheet."""
    own = files("accord.workspace.shell").joinpath("workspace.css").read_text(encoding="utf-8")
    return f"{_font_faces()}{tokens(range(len(PARTNERS)))}{read_part('style.css')}{own}"


@cache
def address() -> str:
    """Where pages find it."""
    return reverse("stylesheet", args=[short_hash(bytes_hash(stylesheet().encode()))])


def _font_faces() -> str:
    return "".join(
        "@font-face{font-family:'Public Sans';font-weight:100 900;font-display:swap;"
        f"src:url({settings.STATIC_URL}fonts/{name}) format('woff2');unicode-range:{characters}}}"
        for name, characters in FONT_FILES.items()
    )
