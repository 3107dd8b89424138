"""The lowest and highest scale scores that tests can give, as dated data and as a view in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

from pydantic import Field

from accord.base.documents import Written, read_document
from accord.indicators.sourced import Period
from accord.station.records.sql import Connection, literal, literals

_LAST = "9999-00"


class ScoreRange(Written):
    """Of a test and subject, from one school year to another: the bounds of every grade."""

    test: str
    subject: str
    since: Period = Field(alias="from")
    until: Period | None = None
    grades: Mapping[int, tuple[int, int]]


class _Ranges(Written):
    sources: tuple[str, ...]
    verified: bool
    ranges: tuple[ScoreRange, ...]


@cache
def score_ranges() -> tuple[ScoreRange, ...]:
    """All ranges that are on record."""
    with as_file(files(__package__) / "score_ranges.yaml") as path:
        document, _ = read_document(path, _Ranges)
    return document.ranges


def create_score_ranges(con: Connection) -> None:
    """View score_ranges (test, subject, since, until, grade_low, grade_high, lowest, highest)."""
    rows = ", ".join(
        f"({literals((each.test, each.subject, each.since))}, {literal(each.until or _LAST)}, "
        f"{grade}, {grade}, {lowest}, {highest})"
        for each in score_ranges()
        for grade, (lowest, highest) in each.grades.items()
    )
    con.execute(
        f"CREATE VIEW score_ranges AS FROM (VALUES {rows}) AS r(test, subject, since, until, "
        "grade_low, grade_high, lowest, highest)"
    )
