"""How numbers are written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from accord.indicators.catalogue import load_catalogue
from accord.insight.estimates import Estimate, exact
from accord.reports.wording import (
    between_text,
    counted,
    estimate_text,
    moved_text,
    number_text,
    points,
    range_text,
    short_number,
    signed_text,
    target_text,
    value_text,
)

CATALOGUE = load_catalogue()
RATE = CATALOGUE.definition("chronic-absenteeism@1.0")
POINTS = CATALOGUE.definition("distance-from-standard-mathematics@1.0")
SCORE = CATALOGUE.definition("mean-scale-score-mathematics@1.0")
SPACE, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


def band(low: int, high: int) -> Estimate:
    return Estimate(Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(1300, 16), 1, "81.3"),  # 81.25, half-up
        (Fraction(-5, 2), 0, f"{MINUS}3"),  # halves away from zero
        (Fraction(12345678, 10), 1, "1,234,567.8"),
        (Fraction(-1, 1000), 1, "0.0"),  # no minus before a zero
        (Fraction(0), 0, "0"),
    ],
)
def test_numbers(value: Fraction, decimals: int, text: str) -> None:
    assert number_text(value, decimals) == text


def test_signs() -> None:
    assert signed_text(Fraction(12, 10), 1) == "+1.2"
    assert signed_text(Fraction(-12, 10), 1) == f"{MINUS}1.2"
    assert signed_text(Fraction(1, 100), 1) == "0.0"


def test_values_in_their_units() -> None:
    assert value_text(Fraction(2345, 100), RATE) == f"23.5{SPACE}%"
    assert value_text(Fraction(-123, 10), POINTS) == f"{MINUS}12.3"
    assert value_text(Fraction(123, 10), POINTS) == "+12.3"
    assert value_text(Fraction(25123, 10), SCORE) == "2,512.3"


def test_targets_have_no_more_digits_than_they_were_given() -> None:
    assert target_text(Fraction(20), RATE) == f"20{SPACE}%"
    assert target_text(Fraction(35, 2), RATE) == f"17.5{SPACE}%"
    assert short_number(Fraction(1, 3), 2) == "0.33"


def test_ranges() -> None:
    assert between_text(22.94, 23.75, 1) == "22.9–23.8"
    assert between_text(-1.25, 3, 1) == f"{MINUS}1.3 to 3.0"
    assert range_text(Estimate(Fraction(1), Fraction(1), 0.5, 1.5), RATE) == "0.5–1.5"
    assert range_text(exact(Fraction(1)), RATE) == ""


def test_a_band_is_never_a_number() -> None:
    assert estimate_text(band(90, 95), RATE) == f"90–95{SPACE}%"
    assert estimate_text(Estimate(Fraction(905, 10), Fraction(91)), RATE) == f"90.5–91.0{SPACE}%"
    assert estimate_text(band(0, 5), RATE) == f"≤{SPACE}5{SPACE}%"
    assert estimate_text(band(95, 100), RATE) == f"≥{SPACE}95{SPACE}%"
    assert moved_text(band(-2, 3), RATE) == f"{MINUS}2.0 to +3.0"


def test_one_point_and_many() -> None:
    assert [points(text) for text in ("1.0", "+1", f"{MINUS}1.0", "1.1", "0.0", "1,001.0")] == [
        "point", "point", "point", "points", "points", "points",
    ]  # fmt: skip
    assert [counted(number, "gap", "gaps") for number in (0, 1, 1200)] == [
        "0 gaps",
        "1 gap",
        "1,200 gaps",
    ]
