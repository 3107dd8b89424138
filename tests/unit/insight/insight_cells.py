"""Cells, series and groups in a few words, for tests of what insight makes of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from accord.cells.cell import Cell, State
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.indicators.definition import Definition
from accord.insight.series import Reading, Series, read

SURE = 0.95
CATALOGUE: Catalogue = load_catalogue()
RATE = CATALOGUE.definition("chronic-absenteeism@1.0")
MEAN = CATALOGUE.definition("mean-scale-score-mathematics@1.0")
PLAIN = CATALOGUE.definition("attendance-rate@1.0")


def cell(period: str, state: State = State.PUBLISHED, **given: object) -> Cell:
    """A cell of chronic absenteeism of all students in one district."""
    place = {
        "partnership": "made-up",
        "district": "1",
        "school": "",
        "grade": "",
        "group": "all",
        "period": period,
        "as_of": "2025-06-30",
        "data_status": "certified",
        "indicator": RATE.id,
        "definition_version": RATE.version,
        "definition_hash": RATE.hash,
        "numerator": None,
        "denominator": None,
        "value": None,
        "low": None,
        "high": None,
    }
    return Cell(**(place | given), state=state)  # type: ignore[arg-type]


def rate_cell(period: str, part: int, whole: int, **given: object) -> Cell:
    value = RATE.rounded(Fraction(100 * part, whole))
    return cell(period, numerator=Fraction(part), denominator=Fraction(whole), value=value, **given)


def mean_cell(period: str, total: int, count: int, error: str) -> Cell:
    return cell(
        period,
        numerator=Fraction(total),
        denominator=Fraction(count),
        value=MEAN.rounded(Fraction(total, count)),
        standard_error=Decimal(error),
        indicator=MEAN.id,
        definition_hash=MEAN.hash,
    )


def band_cell(period: str, low: str, high: str) -> Cell:
    return cell(period, State.BANDED, low=Decimal(low), high=Decimal(high))


def reading(given: Cell | None, period: str = "", definition: Definition = RATE) -> Reading:
    return read(given, given.period if given else period, definition, CATALOGUE.bands, SURE)


def series(*given: Cell | str, definition: Definition = RATE) -> Series:
    """A series of these cells; a bare period stands for a cell that no release holds."""
    return Series(
        tuple(
            reading(None, item, definition)
            if isinstance(item, str)
            else reading(item, definition=definition)
            for item in given
        )
    )
