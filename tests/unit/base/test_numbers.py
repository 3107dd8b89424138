"""Half-up, in decimal, exact until the edge."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.base.numbers import decimal_text, round_half_up, square_root


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(1300, 16), 1, "81.3"),  # 81.25: banker's rounding would say 81.2
        (Fraction(-1300, 16), 1, "-81.3"),  # halves go away from zero, as Excel's ROUND does
        (Fraction(9, 2), 0, "5"),
        (Fraction(0), 1, "0.0"),
        (Decimal("2.675"), 2, "2.68"),  # the binary neighbour of 2.675 would give 2.67
        (Fraction(1, 3), 4, "0.3333"),
        (10**40 + Fraction(1, 2), 0, "1" + "0" * 39 + "1"),
    ],
)
def test_half_up(value: Fraction | Decimal, decimals: int, expected: str) -> None:
    assert f"{round_half_up(value, decimals):f}" == expected


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_never_further_off_than_half_a_step(value: Fraction, decimals: int) -> None:
    off = abs(Fraction(round_half_up(value, decimals)) - value)
    assert off <= Fraction(1, 2 * 10**decimals)


def test_text_has_no_point_for_whole_numbers_and_no_trailing_zeros() -> None:
    assert [decimal_text(Fraction(5)), decimal_text(Decimal("2.50")), decimal_text(100)] == [
        "5",
        "2.5",
        "100",
    ]


def test_square_root_to_thirty_digits() -> None:
    assert square_root(Fraction(2)) == Decimal("1.41421356237309504880168872421")
    assert square_root(Fraction(0)) == 0
