"""Did it change? Two readings, their difference with its noise, and the one word for it.

“Rose” and “fell” are said only when the whole range of the difference is on one side of zero;
“improved” and “worsened” follow from the direction that the definition names. Everything else is
“can't tell yet”, which is a finding too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accord.insight.estimates import Estimate, difference
from accord.insight.series import Reading, Series


class Movement(StrEnum):
    """What happened to a value between two readings."""

    ROSE = "rose"
    FELL = "fell"
    UNSURE = "can't tell yet"
    NOT_JUDGED = "not judged"


class Verdict(StrEnum):
    """Whether that is good, given which way is better."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNSURE = "can't tell yet"


_BY_SIGN = {1: Movement.ROSE, -1: Movement.FELL, 0: Movement.UNSURE, None: Movement.NOT_JUDGED}


@dataclass(frozen=True)
class Change:
    """From one period to a later one, in the indicator's unit.

    `better` is the definition's direction, ``higher`` or ``lower``.
    """

    since: str
    until: str
    estimate: Estimate
    better: str

    @property
    def movement(self) -> Movement:
        return _BY_SIGN[self.estimate.sign]

    @property
    def verdict(self) -> Verdict:
        """Improved or worsened only when the noise is known and left behind."""
        if self.movement not in (Movement.ROSE, Movement.FELL):
            return Verdict.UNSURE
        went = "higher" if self.movement is Movement.ROSE else "lower"
        return Verdict.IMPROVED if went == self.better else Verdict.WORSENED


def change(earlier: Reading, later: Reading, better: str, confidence: float) -> Change | None:
    """The change between two comparable readings; nothing where either shows nothing."""
    if earlier.estimate is None or later.estimate is None:
        return None
    moved = difference(later.estimate, earlier.estimate, confidence)
    return Change(earlier.period, later.period, moved, better)


def change_since(series: Series, period: str, better: str, confidence: float) -> Change | None:
    """The latest reading against the first comparable one in `period` or after it."""
    later = series.latest
    for earlier in series.comparable(later):
        if earlier.period >= period:
            return change(earlier, later, better, confidence)
    return None


def change_in_a_year(series: Series, better: str, confidence: float) -> Change | None:
    """The latest reading against that of the period before; nothing if they can't be compared."""
    before = series.readings[-2].period if len(series.readings) > 1 else None
    for earlier in series.comparable(series.latest):
        if earlier.period == before:
            return change(earlier, series.latest, better, confidence)
    return None
