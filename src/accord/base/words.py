"""Plain words for numbers, days and lists, as every page and message writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from accord.base.numbers import decimal_text

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_words(value: Decimal | Fraction | int) -> str:
    """``2,600``, ``−2.5``: with a thousands mark and a true minus sign."""
    whole, point, rest = decimal_text(abs(Fraction(value))).partition(".")
    sign = "−" if value < 0 else ""
    return f"{sign}{int(whole):,}{point}{rest}"


def count_words(count: int, one: str, many: str) -> str:
    """``two years``; small numbers in words, others in digits."""
    number = _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"
    return f"{number} {one if count == 1 else many}"


def day_words(day: date) -> str:
    """``August 15, 2022``."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def list_words(parts: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
