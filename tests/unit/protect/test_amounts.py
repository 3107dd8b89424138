"""Numbers before protection, in whole units that can be compared."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from accord.station.protect.amounts import Amounts


def test_counts_are_their_own_units() -> None:
    counts = Amounts.of_sum(pa.chunked_array([[3, 5]], pa.int64()))
    assert (counts.exact, counts.units.tolist(), counts.scale) == ([3, 5], [3, 5], 1)


def test_days_are_in_hundredths() -> None:
    days = Amounts.of_sum(pa.chunked_array([[Decimal("1.25")]], pa.decimal128(10, 2)))
    assert (days.exact, days.units.tolist(), days.scale) == ([Fraction(5, 4)], [125], 100)


def test_other_numbers_are_the_next_thousandth_below() -> None:
    """So that a comparison with a least number errs on the safe side."""
    some = Amounts.of_fractions([Fraction(2, 3), Fraction(-1, 3), Fraction(4)])
    assert (some.units.tolist(), some.scale) == ([666, -334, 4000], 1000)


def test_numbers_are_compared_in_the_finer_unit() -> None:
    days = Amounts.of_sum(pa.chunked_array([[Decimal("1.25")]], pa.decimal128(10, 2)))
    students = Amounts.of_sum(pa.chunked_array([[3]], pa.int64()))
    one, other, scale = students.same_units(days)
    assert (one.tolist(), other.tolist(), scale) == ([300], [125], 100)
    rest = students.less(days)
    assert (rest.units.tolist(), rest.scale) == ([175], 100)
    assert days.less(students).units.tolist() == [-175]
