"""Which published indicator answers which of ours, as dated data: ``comparable.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from accord.base.documents import Written, check_document, parse_yaml

Counts = Literal["census", "cumulative"]


class Pair(Written):
    """One of our indicators, the published one that answers it, and whom each counts.

    `compare` says what is set side by side: the values, or our denominator and their count.
    `certified` is a month and day in the calendar year in which the school year ends.
    """

    ours: str
    published: str
    counts: Counts
    published_counts: Counts
    compare: Literal["value", "denominator"] = "value"
    certified: str = Field(pattern=r"^(0[1-9]|1[0-2])-[0-3]\d$")
    source: str


class _LeastShown(Written):
    value: int
    source: str


class Comparable(Written):
    """Every pair, and the fewest students about whom the state publishes."""

    dated: str
    least_shown: _LeastShown
    pairs: tuple[Pair, ...]

    def published_for(self, ours: str) -> list[Pair]:
        """The pairs of one of our indicators."""
        return [pair for pair in self.pairs if pair.ours == ours]


@cache
def comparable() -> Comparable:
    """What ships with accord."""
    data = files("accord.exchange.published").joinpath("comparable.yaml").read_bytes()
    return check_document(*parse_yaml(data, "comparable.yaml"), Comparable)
