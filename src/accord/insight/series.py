"""One organisation's and group's readings of one indicator, year by year, and where they break.

Only like is compared with like: readings under the same definition (the same hash) and with the
same data status. Where either changes, the line breaks and says why; where a year is hidden or
missing, the line stops and starts again. Nothing is filled in.

A band's width says how many students there are at least (the banding table is public), and so how
much chance could do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from accord.cells.cell import Cell, State
from accord.indicators.bands import Band, Bands
from accord.indicators.definition import Definition
from accord.insight.estimates import Estimate, banded_rate, exact, mean, rate

ALL = "all"
"""The id of the group of all students."""

NOT_RELEASED = "no release holds this figure"


@dataclass(frozen=True)
class Reading:
    """One cell, ready to be compared. `cell` is absent where no release holds it.

    `estimate` is there for published and banded cells; a band is never narrowed to a number.
    """

    period: str
    cell: Cell | None
    estimate: Estimate | None

    @property
    def why_blank(self) -> str:
        """Why nothing stands here, in words; empty where something does."""
        if self.cell is None:
            return NOT_RELEASED
        return _WHY_BLANK.get(self.cell.state, "")


_WHY_BLANK = {
    State.SUPPRESSED: "hidden to protect students",
    State.NOT_APPLICABLE: "does not apply here",
    State.MISSING: "the district has no records for this",
}


@dataclass(frozen=True)
class Break:
    """Between two readings that can't be compared: the later one's period, and why."""

    period: str
    why: str


@dataclass(frozen=True)
class Series:
    """The readings of one indicator for one organisation, grade and group, a period each."""

    readings: tuple[Reading, ...]

    @property
    def latest(self) -> Reading:
        """The reading of the last period, whatever its state."""
        return self.readings[-1]

    def at(self, period: str) -> Reading | None:
        return next((item for item in self.readings if item.period == period), None)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Where a shown reading can't be compared with the shown one before it."""
        shown = [item for item in self.readings if item.estimate is not None]
        return tuple(
            Break(later.period, why)
            for earlier, later in pairwise(shown)
            if (why := why_not_comparable(earlier, later))
        )

    @property
    def runs(self) -> tuple[tuple[Reading, ...], ...]:
        """Readings that a line may join: neighbours in time, all shown, all comparable."""
        runs: list[list[Reading]] = []
        before: Reading | None = None
        for item in self.readings:
            if item.estimate is not None:
                if before is None or before.estimate is None or why_not_comparable(before, item):
                    runs.append([])
                runs[-1].append(item)
            before = item
        return tuple(tuple(run) for run in runs)

    def comparable(self, later: Reading) -> Iterator[Reading]:
        """The earlier readings that `later` can be compared with, first to last."""
        for item in self.readings:
            if item.period >= later.period:
                return
            if item.estimate is not None and not why_not_comparable(item, later):
                yield item


def why_not_comparable(earlier: Reading, later: Reading) -> str:
    """Why two readings can't be compared, in words; empty where they can."""
    first, second = earlier.cell, later.cell
    if first is None or second is None:
        return NOT_RELEASED
    if first.definition_hash != second.definition_hash:
        return f"definition {first.definition_version} became {second.definition_version}"
    if first.data_status != second.data_status:
        return f"{first.data_status} figures, then {second.data_status} ones"
    if first.state is not second.state:
        return "an exact figure can't be compared with a range"
    return ""


def read(
    cell: Cell | None, period: str, definition: Definition, bands: Bands, confidence: float
) -> Reading:
    """A reading of `cell`, with the range that `definition` gives it."""
    estimate = None if cell is None else _estimate(cell, definition, bands, confidence)
    return Reading(period, cell, estimate)


def _estimate(
    cell: Cell, definition: Definition, bands: Bands, confidence: float
) -> Estimate | None:
    if cell.state is State.BANDED:
        return _of_band(cell, definition, bands, confidence)
    if cell.numerator is None or cell.denominator is None:
        return None
    value = definition.value_from(cell.numerator, cell.denominator)
    if value is None:
        return None
    if definition.interval == "wilson":
        return rate(value, cell.denominator, scale_of(definition), confidence)
    if definition.interval == "t" and cell.standard_error is not None:
        return mean(value, cell.standard_error, cell.denominator, confidence)
    return exact(value)


def _of_band(
    cell: Cell, definition: Definition, bands: Bands, confidence: float
) -> Estimate | None:
    if cell.low is None or cell.high is None:
        return None
    least, most = Fraction(cell.low), Fraction(cell.high)
    fewest = _fewest(Band(cell.low, cell.high), bands)
    if definition.interval != "wilson" or fewest is None:
        return Estimate(least, most)
    return banded_rate(least, most, Fraction(fewest), scale_of(definition), confidence)


def _fewest(band: Band, bands: Bands) -> int | None:
    """The fewest students about whom a rate can be published as this band."""
    middle = Fraction(band.low + band.high) / 2
    return min(
        (size.fewest for size in bands.sizes if bands.band_of(middle, size.fewest) == band),
        default=None,
    )


def scale_of(definition: Definition) -> int:
    """What a rate of one is in the definition's unit: 100 for percent."""
    return 100 if definition.is_rate else 1
