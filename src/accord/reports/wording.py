"""How numbers, years and changes are written for people: one place, so that every page agrees.

Rates as ``23.4 %``, changes as ``+1.2 points``, ranges as ``22.9–23.8``, school years as
``2025–26``. Rounding is half-up and happens here, at the edge. Dates and lists are the charter's
own (`accord.base.words`, `accord.charter.words`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from accord.base.numbers import round_half_up
from accord.base.periods import SchoolYear
from accord.base.words import day_words, list_words
from accord.indicators.definition import Definition
from accord.insight.estimates import Estimate
from accord.insight.series import Series

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
Number = Fraction | Decimal | int | float


def number_text(value: Number, decimals: int) -> str:
    """``1,234.5`` or ``−3.0``: grouped thousands and a real minus sign."""
    rounded = round_half_up(Fraction(value), decimals)
    return f"{rounded:,.{decimals}f}".replace("-", MINUS)


def signed_text(value: Number, decimals: int) -> str:
    """``+1.2``, ``−0.4`` or ``0.0``."""
    text = number_text(value, decimals)
    return (
        text
        if text.startswith(MINUS) or not round_half_up(Fraction(value), decimals)
        else f"+{text}"
    )


def unit_mark(definition: Definition) -> str:
    """What follows a value: a no-break space and ``%``, or nothing."""
    return f"{NO_BREAK}%" if definition.is_rate else ""


def value_text(value: Number, definition: Definition) -> str:
    """A value in its unit: ``23.4 %``, ``−12.3``, ``2,512``."""
    if definition.unit == "points":
        return signed_text(value, definition.decimals)
    return number_text(value, definition.decimals) + unit_mark(definition)


def short_number(value: Number, decimals: int) -> str:
    """A number with at most `decimals` places, and no more than it has: ``20``, ``4.5``."""
    exact = Fraction(round_half_up(Fraction(value), decimals))
    needed = next(place for place in range(decimals + 1) if (exact * 10**place).denominator == 1)
    return number_text(exact, needed)


def target_text(value: Fraction, definition: Definition) -> str:
    """A value to reach, with no more digits than it has: ``20 %``, ``17.5 %``, ``−31.5``."""
    return short_number(value, definition.decimals) + unit_mark(definition)


def points(text: str) -> str:
    """``point`` after exactly one, ``points`` after everything else."""
    bare = text.strip(f"+{MINUS}")
    return "point" if Decimal(bare.replace(",", "")) == 1 else "points"


def between_text(low: Number, high: Number, decimals: int) -> str:
    """``22.9–23.8``; with “to” where a minus sign stands near."""
    first, last = number_text(low, decimals), number_text(high, decimals)
    return f"{first} to {last}" if MINUS in first + last else f"{first}–{last}"


def range_text(estimate: Estimate, definition: Definition) -> str:
    """The range of an estimate, or nothing where its noise is not known."""
    if estimate.low is None or estimate.high is None:
        return ""
    return between_text(estimate.low, estimate.high, definition.decimals)


def estimate_text(estimate: Estimate, definition: Definition) -> str:
    """An exact value, or the band it lies in: ``23.4 %``, ``90–95 %``, ``≤ 1 %``."""
    if estimate.value is not None:
        return value_text(estimate.value, definition)
    least, most = estimate.least, estimate.most
    decimals = 0 if least.denominator == most.denominator == 1 else definition.decimals
    unit = unit_mark(definition)
    if definition.is_rate and least == 0:
        return f"≤{NO_BREAK}{number_text(most, decimals)}{unit}"
    if definition.is_rate and most == 100:
        return f"≥{NO_BREAK}{number_text(least, decimals)}{unit}"
    return between_text(least, most, decimals) + unit


def moved_text(estimate: Estimate, definition: Definition) -> str:
    """A change or a gap, with its sign and without its unit: ``+1.2``, ``+0.8 to +1.6``."""
    if estimate.value is not None:
        return signed_text(estimate.value, definition.decimals)
    ends = (signed_text(end, definition.decimals) for end in (estimate.least, estimate.most))
    return " to ".join(ends)


def blank_years(series: Series) -> list[str]:
    """For each reason the years that are blank: ``2020–21: hidden to protect students.``"""
    years: dict[str, list[str]] = {}
    for item in series.readings:
        if item.estimate is None:
            years.setdefault(item.why_blank, []).append(year_text(item.period))
    return [f"{list_words(told)}: {why}." for why, told in years.items()]


def count_text(value: Fraction) -> str:
    """A numerator or denominator: whole where it is, else up to two places."""
    return number_text(value, 0 if value.denominator == 1 else 2)


def year_text(period: str) -> str:
    """``2023–24``."""
    return SchoolYear.parse(period).shown


def date_words(day: str) -> str:
    """An ISO date for people: ``November 21, 2026``."""
    return day_words(date.fromisoformat(day))


def counted(number: int, one: str, many: str) -> str:
    """``1 school``, ``12 schools``."""
    return f"{number:,} {one if number == 1 else many}"
