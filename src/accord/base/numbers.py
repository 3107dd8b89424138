"""Exact values, and the one rounding rule: half-up, in decimal, at the edge only.

California publishes rates rounded half-up at one decimal (13/16 = 81.25 → 81.3); binary
floating-point and banker's rounding both miss hundreds of its published figures.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

_DIGITS = 60  # more than any sum of records needs, so that the division below is never the limit


def round_half_up(value: Fraction | Decimal | int, decimals: int) -> Decimal:
    """`value` to `decimals` places, halves away from zero.

    Exact for every fraction: the value is scaled to an integer ratio before any digit is dropped.

    >>> round_half_up(Fraction(13 * 100, 16), 1)
    Decimal('81.3')
    """
    exact = Fraction(value)
    scaled = exact * 10**decimals
    magnitude = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    signed = -magnitude if scaled < 0 else magnitude
    with localcontext() as context:
        context.prec = _DIGITS
        return Decimal(signed).scaleb(-decimals)


def decimal_text(value: Fraction | Decimal | int, decimals: int = 6) -> str:
    """`value` as plain text: whole numbers without a point, others half-up to `decimals` places.

    >>> decimal_text(Fraction(5)), decimal_text(Fraction(1, 3))
    ('5', '0.333333')
    """
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    return f"{round_half_up(exact, decimals):f}".rstrip("0").rstrip(".")


def square_root(value: Fraction, digits: int = 30) -> Decimal:
    """The square root of a non-negative fraction to `digits` significant digits."""
    with localcontext() as context:
        context.prec = digits + 5
        root = (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()
    with localcontext() as context:
        context.prec = digits
        context.rounding = ROUND_HALF_UP
        return +root
