"""How rates and means are banded for the public, as data: ``catalogue/disclosure/bands.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from accord.base.documents import Written, read_document
from accord.indicators.sourced import Exact, Standing


class BandSize(Written):
    """The bands of rates about `fewest` students or more, in percent."""

    fewest: int = Field(alias="from", ge=1)
    bottom: Exact
    top: Exact
    width: Exact
    ends_source: str
    ends_standing: Standing
    width_source: str
    width_standing: Standing

    @model_validator(mode="after")
    def _whole_bands(self) -> Self:
        if not 0 < self.bottom < self.top < 100 or self.width <= 0:
            raise ValueError("bottom and top lie between 0 and 100, and width is above 0")
        if (self.top - self.bottom) % self.width:
            raise ValueError("the width must divide the stretch from bottom to top")
        return self


class MeanSize(Written):
    """The bands of means over `fewest` students or more, in points of the score."""

    fewest: int = Field(alias="from", ge=1)
    width: Exact = Field(gt=0)
    source: str
    standing: Standing


class WrittenBands(Written):
    """``bands.yaml``."""

    bands: Literal[1]
    sizes: list[BandSize]
    means: list[MeanSize]

    @model_validator(mode="after")
    def _largest_first(self) -> Self:
        for listed in (self.sizes, self.means):
            fewest = [size.fewest for size in listed]
            if not fewest or fewest != sorted(set(fewest), reverse=True):
                raise ValueError("sizes are listed once each, the largest first")
        return self


@dataclass(frozen=True)
class Band:
    """A rate in percent, or a mean in points, lies between `low` and `high`, both included."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Bands:
    """The banding table, the largest size first."""

    sizes: Sequence[BandSize]
    means: Sequence[MeanSize] = ()

    def band_of(self, percent: Fraction, students: int) -> Band | None:
        """The band that holds a rate about so many students; `None` when they are too few.

        `percent` lies between 0 and 100. A rate where two bands meet is in the upper one, but for
        the two ends, which hold their own edge.
        """
        for size in self.sizes:
            if students >= size.fewest:
                return _band(percent, size)
        return None

    def band_of_mean(self, points: Fraction, students: int) -> Band | None:
        """The band that holds a mean over so many students; `None` when they are too few.

        Bands are counted from zero; a mean where two of them meet is in the upper one.
        """
        for size in self.means:
            if students >= size.fewest:
                low = points // Fraction(size.width) * size.width
                return Band(low, low + size.width)
        return None


def read_bands(path: Path) -> Bands:
    """Read ``bands.yaml``. Raises `InputError`."""
    written, _ = read_document(path, WrittenBands)
    return Bands(tuple(written.sizes), tuple(written.means))


def _band(percent: Fraction, size: BandSize) -> Band:
    if percent <= size.bottom:
        return Band(Decimal(0), size.bottom)
    if percent >= size.top:
        return Band(size.top, Decimal(100))
    steps = (percent - Fraction(size.bottom)) // Fraction(size.width)
    low = size.bottom + steps * size.width
    return Band(low, low + size.width)
