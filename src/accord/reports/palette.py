"""Colours, one for each role; the same in pages, charts and workbooks.

Each partner keeps its colour, line and marker by its place in the charter. Blue and ochre stay
apart for every kind of colour vision; further partners take from the Okabe–Ito set, darkened to a
contrast of 4.5 to 1 on white, so that a label may have the colour of its line.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1b1b1b"
MUTED = "#565c65"
RULE = "#dfe1e2"
PAPER = "#ffffff"
WASH = "#f7f9fa"
BETTER = "#00665e"
WORSE = "#8a1f5c"


@dataclass(frozen=True)
class Partner:
    """How one district is drawn: colour, marker (`circle` or `square` …) and dashes of its line."""

    colour: str
    marker: str
    dash: tuple[int, ...]


PARTNERS = (
    Partner("#005ea2", "circle", ()),
    Partner("#c05600", "square", ()),
    Partner("#007a5a", "triangle-up", (6, 2)),
    Partner("#a6487f", "diamond", (2, 2)),
    Partner("#8a6d00", "triangle-down", (8, 2, 2, 2)),
    Partner("#4a5a68", "cross", (1, 2)),
)


def partner(order: int) -> Partner:
    """The look of the district in that place of the charter; after the sixth they repeat."""
    return PARTNERS[order % len(PARTNERS)]
