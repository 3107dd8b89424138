"""The numbers behind the words, read from `judgement.yaml`: data with a date and a source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from pydantic import Field

from accord.base.documents import Written, check_document, parse_yaml


class _Number(Written):
    value: Fraction
    source: str = Field(min_length=1)


class _Judgement(Written):
    dated: str
    confidence: _Number
    pace_years: _Number
    least_coverage: _Number
    stale_years: _Number
    sudden_points: _Number


@dataclass(frozen=True)
class Judgement:
    """When a change is called one, and when a picture is called incomplete.

    `confidence` and `least_coverage` are shares of one; `pace_years` counts steps from one school
    year to the next.
    """

    confidence: float
    pace_years: int
    least_coverage: Fraction
    stale_years: int
    sudden_points: Fraction


@cache
def judgement() -> Judgement:
    """The numbers that ship with accord."""
    data = files("accord.insight").joinpath("judgement.yaml").read_bytes()
    written = check_document(*parse_yaml(data, "judgement.yaml"), _Judgement)
    return Judgement(
        confidence=float(written.confidence.value),
        pace_years=int(written.pace_years.value),
        least_coverage=written.least_coverage.value,
        stale_years=int(written.stale_years.value),
        sudden_points=written.sudden_points.value,
    )
