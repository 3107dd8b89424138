"""Cells that the tests of this folder share: one of every state."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from accord.cells.cell import Cell, State

SHOWN = Cell(
    partnership="cedar-harbor",
    district="99100010000000",
    school="",
    grade="",
    group="all",
    period="2023-24",
    as_of="2024-06-30",
    data_status="certified",
    indicator="chronic-absenteeism",
    definition_version="1.0",
    definition_hash="sha256:" + "0" * 64,
    numerator=Fraction(13),
    denominator=Fraction(16),
    value=Decimal("81.3"),
    low=None,
    high=None,
    state=State.PUBLISHED,
)
NO_NUMBERS = {"numerator": None, "denominator": None, "value": None}

CELLS = [
    SHOWN,
    replace(SHOWN, grade="K", numerator=Fraction(1, 3), value=Decimal("2.1")),
    replace(SHOWN, grade="10", state=State.SUPPRESSED, **NO_NUMBERS),
    replace(SHOWN, grade="9", group="foster", standard_error=Decimal("4.5")),
    replace(SHOWN, school="99100010000001", state=State.NOT_APPLICABLE, **NO_NUMBERS),
    replace(
        SHOWN,
        indicator="attendance-rate",
        state=State.BANDED,
        low=Decimal("97.5"),
        high=Decimal(98),
        **NO_NUMBERS,
    ),
]
