"""How a charter's values and rules are said in plain words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from accord.base.words import number_words
from accord.charter.known import CatalogueIndex, KnownDefinition, group_name
from accord.charter.model import Charter
from accord.charter.rules import DistanceShare, HalveGap, LaggingStep, Level, Rule, YearlyStep


def value_words(value: Decimal | Fraction | int, unit: str) -> str:
    """A value of an indicator with its unit: ``45 %``, ``2,540 points``."""
    return f"{number_words(value)} {'%' if unit == 'percent' else 'points'}"


def points_words(value: Decimal | Fraction | int) -> str:
    """A difference between two values: ``1 point``, ``2.5 points``."""
    return f"{number_words(value)} {'point' if abs(value) == 1 else 'points'}"


def title_words(charter: Charter, known: CatalogueIndex, indicator: str) -> str:
    """An indicator's title, by the newest version that the charter lists."""
    return known.definition(charter.newest(indicator).definition).title


def rule_words(
    rule: Rule, definition: KnownDefinition, charter: Charter, known: CatalogueIndex
) -> str:
    """A target's rule as a sentence that a board can adopt."""
    unit, lower = definition.unit, definition.direction == "lower"
    limit = "at most" if lower else "at least"
    match rule:
        case Level():
            return f"{limit.capitalize()} {value_words(rule.value, unit)} by {rule.by.shown}."
        case YearlyStep():
            return f"{_step_words(rule.step)} each year, {_from_words(rule, unit)}."
        case LaggingStep():
            longer = points_words(abs(rule.lagging_step))
            return (
                f"{_step_words(rule.step)} each year, and {longer} for a group that stood behind "
                f"all students at the start, {_from_words(rule, unit)}."
            )
        case DistanceShare():
            return (
                f"Each year {number_words(rule.share)} % of the distance to "
                f"{value_words(rule.level, unit)}, rounded half-up to a whole point and at least "
                f"1, counted from {rule.baseline.shown}."
            )
        case HalveGap():
            reference = group_name(charter, known, rule.reference)
            return (
                f"By {rule.by.shown}, half the gap of {rule.baseline.shown} to the group "
                f"“{reference}”."
            )


def _step_words(step: Decimal) -> str:
    return f"{points_words(abs(step))} {'lower' if step < 0 else 'higher'}"


def _from_words(rule: YearlyStep | LaggingStep, unit: str) -> str:
    until = f", until {value_words(rule.limit, unit)}" if rule.limit is not None else ""
    return f"counted from {rule.baseline.shown}{until}"
