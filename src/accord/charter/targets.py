"""What the charter asks of an indicator, group and district in a school year, exactly.

Targets that count from a baseline need the value that stood there. It is asked of whoever holds
released cells; a hidden one is never guessed, so such a target is then unknown, with the reason.
Everything is computed with fractions: nothing is rounded but where a rule itself rounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from accord.base.numbers import round_half_up
from accord.base.periods import SchoolYear
from accord.charter.known import CatalogueIndex, group_name
from accord.charter.model import Charter
from accord.charter.rules import DistanceShare, HalveGap, LaggingStep, Level, Rule, YearlyStep
from accord.charter.values import EVERY
from accord.charter.words import rule_words

Baseline = Callable[[str, str, str, SchoolYear], Fraction | None]
"""The released value of an indicator (its id), group, district and school year, if there is one."""


@dataclass(frozen=True)
class Target:
    """What a rule asks for in `period`, in the indicator's unit.

    `of` says what is compared: the indicator's value, or the gap to the group `reference`. A gap is
    how far the group stands behind the reference, whichever direction is better: positive is
    behind. `value` is due in the school year `due` (a year's own target: in `period` itself) and
    kept after it. `path` is where a straight line from the baseline to `value` stands in `period`,
    and `per_year` what it climbs or falls each year; both are `None` when the rule has no baseline.
    """

    indicator: str
    group: str
    district: str
    period: SchoolYear
    of: Literal["value", "gap"]
    value: Fraction
    due: SchoolYear
    path: Fraction | None
    per_year: Fraction | None
    baseline: Fraction | None
    reference: str | None
    words: str


@dataclass(frozen=True)
class TargetUnknown:
    """The charter sets a target here, but it can't be computed; `reason` is a sentence."""

    reason: str
    words: str


@dataclass(frozen=True)
class _Asked:
    """What a rule comes to in one year, before it is put beside whom it is asked of."""

    value: Fraction
    due: SchoolYear
    path: Fraction | None = None
    per_year: Fraction | None = None
    baseline: Fraction | None = None


class _UnknownError(Exception):
    """A value that a rule counts from can't be had; the message is the reason."""


def target_for(
    charter: Charter,
    indicator: str,
    group: str,
    district: str,
    period: SchoolYear,
    *,
    baseline: Baseline,
    known: CatalogueIndex,
) -> Target | TargetUnknown | None:
    """The target of one indicator, group and district in `period`.

    `None` when the charter sets none there: no rule, an indicator not in use in that year, or a
    year that is not after the rule's baseline.
    """
    rule = charter.rule_for(indicator, group, district)
    entry = charter.indicator_for(indicator, period)
    if rule is None or entry is None:
        return None
    if rule.baseline is not None and period <= rule.baseline:
        return None
    definition = known.definition(entry.definition)
    words = rule_words(rule, definition, charter, known)

    def value_in(year: SchoolYear, of_group: str) -> Fraction:
        listed = charter.indicator_for(indicator, year)
        if listed is None or listed.definition != entry.definition:
            raise _UnknownError(
                f"{entry.definition} was not in use in {year.shown}, where this target counts from."
            )
        value = baseline(indicator, of_group, district, year)
        if value is None:
            raise _UnknownError(
                f"The value of {year.shown} for “{group_name(charter, known, of_group)}”, "
                "which this target counts from, is hidden or missing."
            )
        return value

    try:
        asked = _asked(rule, group, period, value_in, better=definition.direction)
    except _UnknownError as unknown:
        return TargetUnknown(str(unknown), words)
    is_gap = isinstance(rule, HalveGap)
    return Target(
        indicator=indicator,
        group=group,
        district=district,
        period=period,
        of="gap" if is_gap else "value",
        value=asked.value,
        due=asked.due,
        path=asked.path,
        per_year=asked.per_year,
        baseline=asked.baseline,
        reference=rule.reference if isinstance(rule, HalveGap) else None,
        words=words,
    )


def _asked(
    rule: Rule,
    group: str,
    period: SchoolYear,
    value_in: Callable[[SchoolYear, str], Fraction],
    *,
    better: str,
) -> _Asked:
    sign = -1 if better == "lower" else 1
    match rule:
        case Level(baseline=SchoolYear() as first):
            start, level = value_in(first, group), Fraction(rule.value)
            if sign * start >= sign * level:
                return _Asked(level, rule.by, level, Fraction(0), start)
            return _line(start, level, first, rule.by, period)
        case Level():
            return _Asked(Fraction(rule.value), rule.by)
        case YearlyStep():
            return _stepped(value_in(rule.baseline, group), Fraction(rule.step), rule, period, sign)
        case LaggingStep():
            start = value_in(rule.baseline, group)
            lags = group != EVERY and sign * start < sign * value_in(rule.baseline, EVERY)
            step = Fraction(rule.lagging_step if lags else rule.step)
            return _stepped(start, step, rule, period, sign)
        case DistanceShare():
            return _shared(value_in(rule.baseline, group), rule, period, sign)
        case HalveGap():
            ahead = value_in(rule.baseline, rule.reference)
            gap = sign * (ahead - value_in(rule.baseline, group))
            if gap <= 0:
                return _Asked(Fraction(0), rule.by, Fraction(0), Fraction(0), gap)
            return _line(gap, gap / 2, rule.baseline, rule.by, period)


def _line(
    start: Fraction, end: Fraction, baseline: SchoolYear, by: SchoolYear, period: SchoolYear
) -> _Asked:
    """A straight line from `start` at the baseline to `end`, which is kept afterwards."""
    per_year = (end - start) / (by.start - baseline.start)
    years = min(period, by).start - baseline.start
    return _Asked(end, by, start + per_year * years, per_year, start)


def _stepped(
    start: Fraction,
    step: Fraction,
    rule: YearlyStep | LaggingStep,
    period: SchoolYear,
    sign: int,
) -> _Asked:
    value = start + step * (period.start - rule.baseline.start)
    if rule.limit is not None:
        limit = Fraction(rule.limit)
        if sign * value > sign * limit:
            return _Asked(limit, period, limit, Fraction(0), start)
    return _Asked(value, period, value, step, start)


def _shared(start: Fraction, rule: DistanceShare, period: SchoolYear, sign: int) -> _Asked:
    """Year after year, each from the target before it; who stands at the level keeps it."""
    level, value, growth = Fraction(rule.level), start, Fraction(0)
    for _ in range(period.start - rule.baseline.start):
        distance = sign * (level - value)
        if distance <= 0:
            return _Asked(level, period, level, Fraction(0), start)
        share = round_half_up(distance * Fraction(rule.share) / 100, 0)
        growth = min(max(Fraction(share), Fraction(1)), distance) * sign
        value += growth
    return _Asked(value, period, value, growth, start)
