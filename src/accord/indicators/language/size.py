"""How large a number in a row expression can grow, so that every engine can hold it exactly.

Engines keep exact decimals of 38 digits. A term of a sum may use 28 of them; the other ten are for
adding up to ten thousand million rows. An expression that could grow further is refused when it is
written, rather than overflowing on somebody's records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.indicators.language.nodes import (
    Arithmetic,
    Case,
    Ceiling,
    Column,
    Compare,
    Extreme,
    IsIn,
    Literal,
    MeaningError,
    Negate,
    Node,
)
from accord.indicators.language.walk import parts_of

TERM_DIGITS = 28
SUM_DIGITS = 38


@dataclass(frozen=True)
class Size:
    """The most digits that a number can have before (`whole`) and after (`scale`) the point."""

    whole: int
    scale: int

    @property
    def digits(self) -> int:
        return self.whole + self.scale


def size_of(node: Node, columns: Mapping[str, Size]) -> Size:
    """The size of a number. `columns` has the size of every number column the node uses.

    Raises `MeaningError` when some part of it could grow past `TERM_DIGITS`.
    """
    return _bounded(_size(node, columns))


def check_sizes(node: Node, columns: Mapping[str, Size]) -> None:
    """Check every number in an expression, conditions included. Raises `MeaningError`.

    Two numbers that are compared must fit side by side: engines bring them to one type first.
    """
    if node.type.is_number:
        size_of(node, columns)
    if isinstance(node, Compare | IsIn):
        numbers = [part for part in parts_of(node) if part.type.is_number]
        if numbers:
            _bounded(_largest(*(size_of(number, columns) for number in numbers)))
    for part in parts_of(node):
        check_sizes(part, columns)


def _bounded(size: Size) -> Size:
    if size.digits > TERM_DIGITS:
        raise MeaningError(
            f"a number here could grow to {size.digits} digits, and {TERM_DIGITS} is the most that "
            "can be added up exactly: multiply less, or write fewer digits"
        )
    return size


def _size(node: Node, columns: Mapping[str, Size]) -> Size:
    match node:
        case Column(name, _):
            return columns[name]
        case Literal(value):
            return _literal_size(value)
        case Negate(operand):
            return size_of(operand, columns)
        case Arithmetic("*", left, right):
            first, second = size_of(left, columns), size_of(right, columns)
            return Size(first.whole + second.whole, first.scale + second.scale)
        case Arithmetic("+" | "-", left, right):
            both = _largest(size_of(left, columns), size_of(right, columns))
            return Size(both.whole + 1, both.scale)
        case Extreme(_, operands):
            return _largest(*(size_of(operand, columns) for operand in operands))
        case Case(branches, otherwise):
            results = [result for _, result in branches]
            results += [] if otherwise is None else [otherwise]
            return _largest(*(size_of(result, columns) for result in results))
        case Ceiling() | Arithmetic():
            raise MeaningError("“ceil” and “/” have no place in a row expression")
        case _:
            raise MeaningError("a condition has no size")


def _largest(*sizes: Size) -> Size:
    return Size(max(size.whole for size in sizes), max(size.scale for size in sizes))


def _literal_size(value: int | Decimal | str | bool) -> Size:
    number = Decimal(value) if isinstance(value, int) else value
    if not isinstance(number, Decimal):
        raise MeaningError("text has no size")
    _sign, digits, exponent = number.as_tuple()
    scale = max(0, -int(exponent))
    return Size(max(1, len(digits) - scale), scale)
