"""Is the gap closing? A group against its reference group, over the years and between districts.

A gap is the group's value minus the reference group's, in the indicator's unit, with its noise. It
narrowed when it came nearer to zero by more than the noise. A group that is compared with all
students is part of them, which makes the noise smaller where the counts are released.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from accord.base.periods import SchoolYear
from accord.indicators.groups import Group
from accord.insight.change import Change, change
from accord.insight.estimates import Estimate, difference
from accord.insight.pace import Pace, Standing
from accord.insight.series import ALL, Reading, Series, why_not_comparable


class GapMovement(StrEnum):
    """What happened to a gap."""

    NARROWED = "narrowed"
    WIDENED = "widened"
    UNSURE = "can't tell yet"


@dataclass(frozen=True)
class GapReading:
    """The gap in one period; `estimate` is absent where either side shows no exact figure."""

    period: str
    estimate: Estimate | None


@dataclass(frozen=True)
class GapChange:
    """How a gap moved, and how its two sides did."""

    since: str
    until: str
    estimate: Estimate
    movement: GapMovement
    group: Change
    reference: Change


@dataclass(frozen=True)
class Gap:
    """One group's distance from its reference group in one district.

    `change` is absent where no earlier gap can be compared; `standing` where the charter sets no
    target for the gap. A standing counts how far the group is *behind*: positive is behind.
    """

    group: Group
    reference: Group
    readings: tuple[GapReading, ...]
    change: GapChange | None
    pace: Pace | None = None
    standing: Standing | None = None

    @property
    def latest(self) -> Estimate | None:
        return self.readings[-1].estimate


@dataclass(frozen=True)
class GapOfGaps:
    """How much farther from zero the group's gap is in one district than in another."""

    group: Group
    district: str
    other: str
    estimate: Estimate


def gap(
    group: Group,
    reference: Group,
    series: Series,
    reference_series: Series,
    *,
    since: str,
    better: str,
    pace_years: int,
    confidence: float,
) -> Gap:
    """The gap between two groups' series of the same indicator and district.

    `since` is the school year from which change is looked for, `pace_years` how far back the pace
    goes at most.
    """
    sides = _Sides(series, reference_series, reference.id == ALL, better, confidence)
    readings = tuple(sides.gap_at(place) for place in range(len(series.readings)))
    return Gap(
        group, reference, readings, sides.change(readings, since), sides.pace(readings, pace_years)
    )


def gap_of_gaps(
    first: Gap, second: Gap, district: str, other: str, confidence: float
) -> GapOfGaps | None:
    """The latest gap in `district` against that in `other`.

    Nothing where either is not shown, or where the two are not on the same side of zero.
    """
    if first.latest is None or second.latest is None:
        return None
    sides = {_side(first.latest), _side(second.latest)}
    if len(sides) > 1 or 0 in sides:
        return None
    away = difference(first.latest, second.latest, confidence).times(sides.pop())
    return GapOfGaps(first.group, district, other, away)


@dataclass(frozen=True)
class _Sides:
    """A group's readings beside its reference group's, a period each."""

    own: Series
    other: Series
    is_part: bool
    better: str
    confidence: float

    def gap_at(self, place: int) -> GapReading:
        own, other = self.own.readings[place], self.other.readings[place]
        if own.estimate is None or other.estimate is None or why_not_comparable(own, other):
            return GapReading(own.period, None)
        found = difference(
            own.estimate, other.estimate, self.confidence, overlap=self._overlap(own, other)
        )
        return GapReading(own.period, found)

    def _overlap(self, own: Reading, other: Reading) -> float:
        """The share of the reference that the group makes up, where it is part of it."""
        part = own.cell.denominator if own.cell else None
        whole = other.cell.denominator if other.cell else None
        if not self.is_part or part is None or whole is None:
            return 0.0
        return float(min(part / whole, Fraction(1)))

    def change(self, readings: tuple[GapReading, ...], since: str) -> GapChange | None:
        """From the first comparable gap in `since` or after it to the latest."""
        for place, now, then in self._pairs(readings):
            if readings[place].period < since:
                continue
            moved = difference(now, then, self.confidence)
            return GapChange(
                readings[place].period,
                readings[-1].period,
                moved,
                _movement(then, now, moved),
                self._change_of(self.own, place),
                self._change_of(self.other, place),
            )
        return None

    def pace(self, readings: tuple[GapReading, ...], years: int) -> Pace | None:
        """The change of the gap a year, over at most `years` years."""
        now = SchoolYear.parse(readings[-1].period)
        for place, latest, then in self._pairs(readings):
            steps = now.start - SchoolYear.parse(readings[place].period).start
            if steps <= years:
                moved = difference(latest, then, self.confidence)
                return Pace(readings[place].period, steps, moved.times(Fraction(1, steps)))
        return None

    def _pairs(self, readings: tuple[GapReading, ...]) -> Iterator[tuple[int, Estimate, Estimate]]:
        """Each earlier gap that the latest can be compared with: its place, the latest, itself."""
        now = readings[-1].estimate
        for place, then in enumerate(readings[:-1]):
            alike = not why_not_comparable(self.own.readings[place], self.own.latest)
            if now is not None and then.estimate is not None and alike:
                yield place, now, then.estimate

    def _change_of(self, series: Series, place: int) -> Change:
        moved = change(series.readings[place], series.latest, self.better, self.confidence)
        assert moved is not None  # both ends have an estimate, or there would be no gap
        return moved


def _movement(then: Estimate, now: Estimate, moved: Estimate) -> GapMovement:
    if not moved.sign:
        return GapMovement.UNSURE
    nearer = abs(now.least + now.most) < abs(then.least + then.most)
    return GapMovement.NARROWED if nearer else GapMovement.WIDENED


def _side(gap: Estimate) -> int:
    """On which side of zero a gap lies; 0 where its band reaches both."""
    return (gap.least > 0) - (gap.most < 0)
