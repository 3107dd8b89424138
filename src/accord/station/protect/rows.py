"""From protected measures to the rows of a release, for one audience.

Partners get exact numbers where nothing is hidden. The public gets the same pattern of hidden
cells and, for every other cell, a band as wide as the catalogue asks for at the group's size; no
numerator, no denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from accord.base.numbers import round_half_up
from accord.cells.cell import NUMBERS, State
from accord.cells.places import Places
from accord.cells.table import DECIMALS, NUMBER, SCHEMA
from accord.indicators.bands import Bands
from accord.indicators.definition import Definition
from accord.station.protect.raw import Guarded, Measure

_ERROR_DECIMALS = 1


@dataclass(frozen=True)
class Heading:
    """What all rows of a release have in common."""

    partnership: str
    district: str
    as_of: str
    data_status: str


def exact_rows(heading: Heading, guarded: Guarded) -> pa.Table:
    """The rows for partners: exact numbers, or nothing."""
    named = guarded.measure.named["partners"]
    found = [
        _quiet(guarded, cell) or _exact(guarded.measure, cell)
        for cell in np.flatnonzero(named).tolist()
    ]
    places = guarded.places.only(named)
    return _table(heading, guarded.period, places, guarded.measure.definition, found)


def banded_rows(heading: Heading, guarded: Guarded, bands: Bands) -> pa.Table:
    """The rows for the public: bands, or nothing."""
    named = guarded.measure.named["public"]
    found = [
        _quiet(guarded, cell) or _banded(guarded.measure, cell, bands)
        for cell in np.flatnonzero(named).tolist()
    ]
    places = guarded.places.only(named)
    return _table(heading, guarded.period, places, guarded.measure.definition, found)


def missing_rows(
    heading: Heading, period: str, definition: Definition, groups: Sequence[str]
) -> pa.Table:
    """One row for each group of the whole district, where there are no records at all."""
    places = Places.of([("", "", group) for group in groups])
    return _table(heading, period, places, definition, [{"state": State.MISSING}] * len(groups))


def _quiet(guarded: Guarded, cell: int) -> dict[str, Any] | None:
    """The row of a cell that shows no number."""
    if guarded.measure.speechless[cell]:
        return {"state": State.NOT_APPLICABLE}
    return {"state": State.SUPPRESSED} if guarded.hidden[cell] else None


def _exact(measure: Measure, cell: int) -> dict[str, Any]:
    definition = measure.definition
    numerator, denominator = (
        Fraction(amounts.exact[cell]) for amounts in (measure.numerator, measure.denominator)
    )
    value = definition.value_from(numerator, denominator)
    if value is None:
        return {"state": State.SUPPRESSED}
    return {
        "state": State.PUBLISHED,
        "numerator": as_released(numerator),
        "denominator": as_released(denominator),
        "value": definition.rounded(value),
        "standard_error": _standard_error(measure, cell),
    }


def as_released(value: int | Fraction) -> Decimal:
    """A number to the decimals that a release keeps; most are whole."""
    if value.denominator == 1:
        return Decimal(value.numerator)
    return round_half_up(Fraction(value), DECIMALS)


def _standard_error(measure: Measure, cell: int) -> Decimal | None:
    """Rounded, since an exact one would give the sum of squares away."""
    if measure.definition.spread is None:
        return None
    sums = {name: Fraction(amounts.exact[cell]) for name, amounts in measure.sums.items()}
    error = measure.definition.standard_error_of(sums)
    return None if error is None else round_half_up(error, _ERROR_DECIMALS)


def _banded(measure: Measure, cell: int, bands: Bands) -> dict[str, Any]:
    definition = measure.definition
    value = definition.value_from(
        Fraction(measure.numerator.exact[cell]), Fraction(measure.denominator.exact[cell])
    )
    students = int(measure.members.units[cell])
    find = bands.band_of if definition.is_rate else bands.band_of_mean
    band = None if value is None else find(value, students)
    if band is None:
        return {"state": State.SUPPRESSED}
    return {"state": State.BANDED, "low": band.low, "high": band.high}


def _table(
    heading: Heading,
    period: str,
    places: Places,
    definition: Definition,
    found: Sequence[dict[str, Any]],
) -> pa.Table:
    """Columns from what is the same in all rows, the places, and each cell's own state."""
    size = len(found)
    constants = {
        "partnership": heading.partnership,
        "district": heading.district,
        "period": period,
        "as_of": heading.as_of,
        "data_status": heading.data_status,
        "indicator": definition.id,
        "definition_version": definition.version,
        "definition_hash": definition.hash,
    }
    columns: dict[str, pa.Array] = {
        name: pa.repeat(pa.scalar(text, pa.string()), size) for name, text in constants.items()
    }
    columns["school"] = pa.array(
        [places.organisations[i] for i in places.organisation], pa.string()
    )
    columns["grade"] = pa.array([places.grades[i] for i in places.grade], pa.string())
    columns["group"] = pa.array([places.groups[i] for i in places.group], pa.string())
    columns["state"] = pa.array([row["state"].value for row in found], pa.string())
    for name in NUMBERS:
        columns[name] = pa.array([row.get(name) for row in found], NUMBER)
    return pa.Table.from_arrays([columns[name] for name in SCHEMA.names], schema=SCHEMA)
