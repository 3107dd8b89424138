"""What charts have in common: value scales, the ends of a range, and how a reading is placed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accord.base.periods import SchoolYear
from accord.cells.cell import State
from accord.indicators.definition import Definition
from accord.insight.estimates import Estimate
from accord.insight.series import Reading
from accord.reports.scales import Scale, nice_scale

Rows = list[dict[str, Any]]


def value_scale(definition: Definition, values: Iterable[float], steps: int = 4) -> Scale:
    """A scale for an indicator's values; percent stay between 0 and 100."""
    if definition.is_rate:
        return nice_scale(values, steps=steps, least=0, most=100)
    return nice_scale(values, steps=steps)


def ends_of(estimate: Estimate) -> tuple[float, float]:
    """From where to where an estimate reaches: by chance where that is known, else by its band."""
    low = float(estimate.least) if estimate.low is None else estimate.low
    high = float(estimate.most) if estimate.high is None else estimate.high
    return low, high


def middle(estimate: Estimate) -> float:
    """Where a mark stands: on the value, or in the middle of its band."""
    return float(estimate.least + estimate.most) / 2


def start(period: str) -> int:
    """The calendar year in which a school year starts."""
    return SchoolYear.parse(period).start


def is_hidden(reading: Reading) -> bool:
    return reading.cell is not None and reading.cell.state is State.SUPPRESSED
