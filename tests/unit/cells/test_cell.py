"""A cell shows exactly the numbers that its state allows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from accord.cells.cell import CSV_COLUMNS, State
from unit.cells.cell_samples import NO_NUMBERS, SHOWN


def test_the_columns_are_those_that_partners_agreed_on() -> None:
    assert ", ".join(CSV_COLUMNS) == (
        "partnership, district, school, grade, group, period, as_of, data_status, indicator, "
        "definition_version, definition_hash, numerator, denominator, value, low, high, state"
    )


@pytest.mark.parametrize("state", [State.SUPPRESSED, State.NOT_APPLICABLE, State.MISSING])
@pytest.mark.parametrize(
    "leftover",
    [
        {"numerator": Fraction(0)},
        {"denominator": Fraction(16)},
        {"value": Decimal(0)},
        {"low": Decimal(0)},
        {"high": Decimal(100)},
        {"standard_error": Decimal("1.2")},
    ],
)
def test_a_cell_without_a_number_has_none_of_them(
    state: State, leftover: dict[str, Fraction | Decimal]
) -> None:
    replace(SHOWN, state=state, **NO_NUMBERS)
    with pytest.raises(ValueError, match="can't have"):
        replace(SHOWN, state=state, **(NO_NUMBERS | leftover))


def test_a_band_has_two_ends_and_nothing_else() -> None:
    band = replace(SHOWN, state=State.BANDED, low=Decimal(80), high=Decimal(100), **NO_NUMBERS)
    assert band.is_shown
    with pytest.raises(ValueError, match="needs high"):
        replace(band, high=None)
    with pytest.raises(ValueError, match="above its high end"):
        replace(band, low=Decimal(90), high=Decimal(80))
    with pytest.raises(ValueError, match="can't have denominator"):
        replace(band, denominator=Fraction(16))


def test_a_published_cell_has_something_to_divide_by() -> None:
    with pytest.raises(ValueError, match="needs value"):
        replace(SHOWN, value=None)
    with pytest.raises(ValueError, match="above zero"):
        replace(SHOWN, denominator=Fraction(0))


def test_an_empty_school_is_the_whole_district() -> None:
    assert (SHOWN.level, SHOWN.organisation) == ("district", "99100010000000")
    school = replace(SHOWN, school="99100010000001")
    assert (school.level, school.organisation) == ("school", "99100010000001")
    assert school.definition == "chronic-absenteeism@1.0"
