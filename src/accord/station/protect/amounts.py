"""The numbers of a cell table before protection: exact, and fit for comparing many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa

from accord.cells.places import Whole

_UNITS = 1000  # for numbers that are no sum but an expression over several


@dataclass(frozen=True)
class Amounts:
    """One number for each of some cells.

    `exact` is what is published. `units` is the same in whole units, `scale` of them to one: for
    sums nothing is lost; for other expressions it is the next unit below, so that a comparison
    with a least number errs on the safe side.
    """

    exact: Sequence[int | Fraction]
    units: Whole
    scale: int

    @classmethod
    def of_sum(cls, column: pa.ChunkedArray) -> Amounts:
        """The amounts of a column of sums: whole numbers or decimals."""
        if pa.types.is_integer(column.type):
            whole: Whole = column.to_numpy().astype(np.int64)
            return cls(whole.tolist(), whole, 1)
        scale = 10**column.type.scale
        values: list[Decimal] = column.to_pylist()
        exact = [Fraction(value) for value in values]
        units = np.array([int(value * scale) for value in exact], dtype=np.int64)
        return cls(exact, units, scale)

    @classmethod
    def of_fractions(cls, exact: Sequence[Fraction]) -> Amounts:
        """The amounts of an expression that was worked out cell by cell."""
        units = np.array([value * _UNITS // 1 for value in exact], dtype=np.int64)
        return cls(exact, units, _UNITS)

    def less(self, other: Amounts) -> Amounts:
        """These amounts less others, cell by cell, for comparing only."""
        one, two, scale = self.same_units(other)
        return Amounts((), one - two, scale)

    def same_units(self, other: Amounts) -> tuple[Whole, Whole, int]:
        """These amounts and others in the finer of their units, and how many of it are one."""
        scale = max(self.scale, other.scale)
        return (
            self.units * (scale // self.scale),
            other.units * (scale // other.scale),
            scale,
        )
