"""Small published tables, written as a reader sees them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from accord.audit.sources import Source, figures_of_table, source_of_table
from accord.base.canonical import content_hash
from accord.cells.cell import Cell, State
from accord.cells.table import CellTable
from accord.charter.model import Disclosure
from accord.indicators.catalogue import load_catalogue

DISTRICT = "99100010000000"
PERIOD = "2023-24"

Shown = tuple[int, int] | None
"""A cell's numerator and denominator; nothing where it is hidden."""


def cell(indicator: str, group: str, shown: Shown, **places: str) -> Cell:
    """A cell of a catalogue definition, or of one that nobody knows."""
    known = load_catalogue().definitions.get(f"{indicator}@1.0")
    return Cell(
        partnership="cedar-harbor",
        district=places.get("district", DISTRICT),
        school=places.get("school", ""),
        grade=places.get("grade", ""),
        group=group,
        period=places.get("period", PERIOD),
        as_of=places.get("as_of", "2024-06-30"),
        data_status=places.get("data_status", "certified"),
        indicator=indicator,
        definition_version="1.0",
        definition_hash=known.hash if known else content_hash(indicator),
        numerator=None if shown is None else Fraction(shown[0]),
        denominator=None if shown is None else Fraction(shown[1]),
        value=None if shown is None else Decimal(1),
        low=None,
        high=None,
        state=State.SUPPRESSED if shown is None else State.PUBLISHED,
    )


def banded(indicator: str, group: str, low: int | str, high: int | str, **places: str) -> Cell:
    """A cell of which only the band of its value is shown."""
    hidden = cell(indicator, group, None, **places)
    ends = {"low": Decimal(low), "high": Decimal(high), "state": State.BANDED}
    return Cell(**{**vars(hidden), **ends})


def source(*cells: Cell, rules: Disclosure | None = None, name: str = "table") -> Source:
    """A published table of these cells."""
    return source_of_table(CellTable.of(cells), name, rules)


def figures(*cells: Cell) -> Source:
    """What somebody else holds."""
    return figures_of_table(CellTable.of(cells), "figures")
