"""Where a value stands against its target, and whether it gets there in time.

A target with a deadline asks for a pace: what is left, divided by the years that are left. It is
set against the pace of the last years, with its noise: “on pace” and “behind pace” are said only
where the whole range agrees. A target that moves a step each year is set against this year's step.
Whether a target is met is a plain fact about the value as published.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from accord.base.periods import SchoolYear
from accord.insight.change import change
from accord.insight.estimates import Estimate
from accord.insight.series import Reading, Series


class Status(StrEnum):
    """How a value stands against its target."""

    MET = "met"
    SHORT = "not met"
    ON_PACE = "on pace"
    BEHIND = "behind pace"
    UNSURE = "too close to call"
    UNKNOWN = "can't be judged"


@dataclass(frozen=True)
class Goalpost:
    """The value to reach in a school year, in the indicator's unit."""

    period: str
    value: Fraction


@dataclass(frozen=True)
class Pace:
    """The change a year over the last `years` years, since `since`."""

    since: str
    years: int
    estimate: Estimate


@dataclass(frozen=True)
class Standing:
    """A value, or a gap, against its target.

    `rule` is the charter's sentence. `path` holds the goalpost of each year that has one; `goal` is
    the one that counts: the last of a target with a deadline, else the one for the latest year.
    `to_go` is what is left to reach it (0 once it is reached), `needed` the change a year that
    would do it in time. `reason` says why a target can't be known; `goal` is then absent.
    """

    rule: str
    path: tuple[Goalpost, ...]
    goal: Goalpost | None
    to_go: Fraction | None
    needed: Fraction | None
    pace: Pace | None
    status: Status
    reason: str = ""


def pace_of(series: Series, years: int, better: str, confidence: float) -> Pace | None:
    """The pace of the last `years` years, or of as many of them as can be compared."""
    latest = series.latest
    if latest.estimate is None:
        return None
    now = SchoolYear.parse(latest.period)
    for earlier in series.comparable(latest):
        steps = now.start - SchoolYear.parse(earlier.period).start
        if steps <= years:
            moved = change(earlier, latest, better, confidence)
            if moved is None:
                return None
            return Pace(earlier.period, steps, moved.estimate.times(Fraction(1, steps)))
    return None


def stand(
    latest: Reading,
    pace: Pace | None,
    *,
    rule: str,
    path: tuple[Goalpost, ...],
    has_deadline: bool,
    better: str,
) -> Standing:
    """How `latest` stands against the target whose goalposts are `path`, one at least.

    A target whose last year has passed is judged against that year's value.
    """
    ahead = [post for post in path if post.period >= latest.period] or [path[-1]]
    goal = ahead[-1] if has_deadline else ahead[0]
    if latest.estimate is None:
        return Standing(rule, path, goal, None, None, None, Status.UNKNOWN)
    up = 1 if better == "higher" else -1
    now, post = latest.estimate.times(up), goal.value * up  # from here on more is better
    years = max(0, SchoolYear.parse(goal.period).start - SchoolYear.parse(latest.period).start)
    if has_deadline:
        status = _by_deadline(now, post, years, None if pace is None else pace.estimate.times(up))
    else:
        status = _against(now, post, post)
    left = None if now.value is None else max(post - now.value, Fraction(0)) * up
    needed = left / years if left and years else None
    return Standing(rule, path, goal, left, needed, pace, status)


def _by_deadline(now: Estimate, post: Fraction, years: int, pace: Estimate | None) -> Status:
    if now.least >= post:
        return Status.MET
    if not years:
        return Status.SHORT if now.most < post else Status.UNSURE
    if pace is None or pace.sign is None:
        return Status.UNKNOWN
    easiest, hardest = max(post - now.most, Fraction(0)) / years, (post - now.least) / years
    return _against(pace, easiest, hardest)


def _against(found: Estimate, easiest: Fraction, hardest: Fraction) -> Status:
    """Whether what was found is enough, where what is enough lies between two values."""
    low = found.least if found.low is None else Fraction(found.low)
    high = found.most if found.high is None else Fraction(found.high)
    if low >= hardest:
        return Status.ON_PACE
    if high < easiest:
        return Status.BEHIND
    return Status.UNSURE
