"""An expression's exact value, in plain Python: what every engine is compared with.

Numbers are fractions, so nothing is ever rounded. Nothing (`None`) spreads as null does in SQL:
through arithmetic and comparisons; `and` and `or` see past it where the other side decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias

from accord.indicators.language.nodes import (
    And,
    Arithmetic,
    Case,
    Ceiling,
    Column,
    Compare,
    Extreme,
    IsIn,
    IsNull,
    Literal,
    Negate,
    Node,
    Not,
    Or,
)

RowValue: TypeAlias = int | Decimal | str | bool | None
Value: TypeAlias = Fraction | str | bool | None

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def evaluate_row(node: Node, row: Mapping[str, RowValue]) -> Value:
    """The value of a row expression for one row of a fact; numbers come back as fractions."""
    return _evaluate(node, row)


def evaluate_cell(node: Node, sums: Mapping[str, Fraction | None]) -> Fraction | None:
    """The value of a cell expression over the sums of one cell."""
    return _number(node, sums)


def _evaluate(node: Node, values: Mapping[str, Any]) -> Value:  # noqa: PLR0912 (one case a node)
    match node:
        case Column(name, _):
            return _exact(values[name])
        case Literal(constant):
            return _exact(constant)
        case Compare(operator, left, right, _):
            return _compare(operator, _evaluate(left, values), _evaluate(right, values))
        case IsNull(operand, _):
            return _evaluate(operand, values) is None
        case IsIn(operand, choices, _):
            found = _evaluate(operand, values)
            return None if found is None else found in [_exact(choice.value) for choice in choices]
        case Not(operand, _):
            condition = _evaluate(operand, values)
            return None if condition is None else not condition
        case And(left, right, _):
            return _both(_evaluate(left, values), _evaluate(right, values))
        case Or(left, right, _):
            return _either(_evaluate(left, values), _evaluate(right, values))
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, _number(left, values), _number(right, values))
        case Negate(operand):
            number = _number(operand, values)
            return None if number is None else -number
        case Extreme(which, operands):
            numbers = [_number(operand, values) for operand in operands]
            known = [number for number in numbers if number is not None]
            return (max if which == "greatest" else min)(known, default=None)
        case Ceiling(operand, _):
            number = _number(operand, values)
            return None if number is None else Fraction(ceil(number))
        case Case(branches, otherwise):
            for when, then in branches:
                if _evaluate(when, values) is True:
                    return _evaluate(then, values)
            return None if otherwise is None else _evaluate(otherwise, values)


def _exact(value: Any) -> Value:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Fraction(value)
    return value  # type: ignore[no-any-return]


def _number(node: Node, values: Mapping[str, Any]) -> Fraction | None:
    return _evaluate(node, values)  # type: ignore[return-value]  # nodes refuse anything else


def _compare(operator: str, left: Value, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    return _COMPARISONS[operator](left, right)


def _both(left: Value, right: Value) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _either(left: Value, right: Value) -> bool | None:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _arithmetic(operator: str, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right if right else None
