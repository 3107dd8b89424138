"""How far from zero a number in a row expression can be, given how its columns are stored.

The language limits numbers by their digits, for every engine. DuckDB calculates in 64 or 128 bits,
and which of the two is a matter of the largest value: the product of two 32-bit columns, twenty
digits by the count of digits, always fits into 64 bits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.indicators.language.nodes import (
    Arithmetic,
    Case,
    Ceiling,
    Column,
    Extreme,
    Literal,
    MeaningError,
    Negate,
    Node,
)

_DECIMAL = re.compile(r"^DECIMAL\((\d+),(\d+)\)$")
_WHOLE = {"SMALLINT": 2**15, "INTEGER": 2**31, "BIGINT": 2**63}


@dataclass(frozen=True)
class Bound:
    """At most `most` from zero, counted in units of the last of `scale` digits after the point."""

    most: int
    scale: int

    @property
    def digits(self) -> int:
        return max(len(str(self.most)), self.scale)

    def at(self, scale: int) -> Bound:
        """The same with more digits after the point."""
        return Bound(self.most * 10 ** (scale - self.scale), scale)


def stored_bound(kind: str) -> Bound | None:
    """The bound of a column by its Parquet type, such as ``DECIMAL(6,2)``; none but for numbers."""
    if decimal := _DECIMAL.match(kind):
        return Bound(10 ** int(decimal[1]) - 1, int(decimal[2]))
    return Bound(_WHOLE[kind], 0) if kind in _WHOLE else None


def bound_of(node: Node, columns: Mapping[str, Bound]) -> Bound:
    """The bound of a number. `columns` has the bounds of the columns it uses.

    Raises `MeaningError` for what has no place in a row expression.
    """
    match node:
        case Column(name, _):
            return columns[name]
        case Literal(value) if not isinstance(value, str):
            return _literal_bound(Decimal(value))
        case Negate(operand):
            return bound_of(operand, columns)
        case Arithmetic("*", left, right):
            first, second = bound_of(left, columns), bound_of(right, columns)
            return Bound(first.most * second.most, first.scale + second.scale)
        case Arithmetic("+" | "-", left, right):
            first, second = _aligned(bound_of(left, columns), bound_of(right, columns))
            return Bound(first.most + second.most, first.scale)
        case Extreme(_, operands):
            return furthest(*(bound_of(operand, columns) for operand in operands))
        case Case(branches, otherwise):
            results = [result for _, result in branches]
            results += [] if otherwise is None else [otherwise]
            return furthest(*(bound_of(result, columns) for result in results))
        case Ceiling() | Arithmetic():
            raise MeaningError("“ceil” and “/” have no place in a row expression")
        case _:
            raise MeaningError("a number is expected here")


def furthest(*bounds: Bound) -> Bound:
    """The bound that holds for a value within any of `bounds`."""
    return max(_aligned(*bounds), key=lambda bound: bound.most)


def _aligned(*bounds: Bound) -> list[Bound]:
    scale = max(bound.scale for bound in bounds)
    return [bound.at(scale) for bound in bounds]


def _literal_bound(value: Decimal) -> Bound:
    scale = max(0, -int(value.as_tuple().exponent))
    return Bound(abs(int(value.scaleb(scale))), scale)
