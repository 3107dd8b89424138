"""One spelling for each expression: JSON to hash, and text to read.

Two expressions have the same JSON exactly when they are the same tree: white space, letter case of
keywords, redundant parentheses, `between` and the spelling of a decimal (0.10, 0.1) do not matter.
The text can be parsed again and gives the same tree.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

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
    Type,
)

# How tightly each kind of expression holds together; a part that holds less tightly than the whole
# around it needs parentheses.
_OR, _AND, _NOT, _COMPARE, _ADD, _MULTIPLY, _SIGN, _ATOM = range(8)


def as_json(node: Node) -> list[Any]:
    """The tree as nested lists, each beginning with what it is: ``["<", ["column", "age"], …]``."""
    match node:
        case Column(name, _):
            return ["column", name]
        case Literal(value):
            return [str(node.type), literal_text(value)]
        case Compare(operator, left, right, _) | Arithmetic(operator, left, right):
            return [operator, as_json(left), as_json(right)]
        case IsNull(operand, _):
            return ["is null", as_json(operand)]
        case IsIn(operand, choices, _):
            return ["in", as_json(operand), sorted(as_json(choice) for choice in choices)]
        case Not(operand, _):
            return ["not", as_json(operand)]
        case And(left, right, _):
            return ["and", as_json(left), as_json(right)]
        case Or(left, right, _):
            return ["or", as_json(left), as_json(right)]
        case Negate(operand):
            return ["negate", as_json(operand)]
        case Extreme(which, operands):
            return [which, *(as_json(operand) for operand in operands)]
        case Ceiling(operand, _):
            return ["ceil", as_json(operand)]
        case Case(branches, otherwise):
            parts = [[as_json(condition), as_json(result)] for condition, result in branches]
            return ["case", parts, None if otherwise is None else as_json(otherwise)]


def literal_text(value: int | Decimal | str | bool) -> str:
    """A constant's one spelling, without quotes: decimals lose the zeros that mean nothing."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            plain = f"{value:f}"
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case _:
            return str(value)


def as_text(node: Node) -> str:
    """The expression as a person would write it, with no more parentheses than it needs."""
    return _write(node)[0]


def _write(node: Node) -> tuple[str, int]:  # noqa: PLR0912 (one case a node)
    match node:
        case Column(name, _):
            return name, _ATOM
        case Literal():
            return _write_literal(node)
        case Compare(operator, left, right, _):
            text = f"{_within(left, _ADD)} {operator} {_within(right, _ADD)}"
            return text, _COMPARE
        case IsNull(operand, _):
            return f"{_within(operand, _ADD)} is null", _COMPARE
        case IsIn(operand, choices, _):
            listed = ", ".join(_write(choice)[0] for choice in choices)
            return f"{_within(operand, _ADD)} in ({listed})", _COMPARE
        case Not(IsNull(operand, _), _):
            return f"{_within(operand, _ADD)} is not null", _COMPARE
        case Not(operand, _):
            return f"not {_within(operand, _NOT)}", _NOT
        case And(left, right, _):
            return f"{_within(left, _AND)} and {_within(right, _NOT)}", _AND
        case Or(left, right, _):
            return f"{_within(left, _OR)} or {_within(right, _AND)}", _OR
        case Arithmetic(operator, left, right):
            strength = _ADD if operator in ("+", "-") else _MULTIPLY
            text = f"{_within(left, strength)} {operator} {_within(right, strength + 1)}"
            return text, strength
        case Negate(operand):
            return f"-{_within(operand, _ATOM)}", _SIGN
        case Extreme(which, operands):
            return f"{which}({', '.join(_write(operand)[0] for operand in operands)})", _ATOM
        case Ceiling(operand, _):
            return f"ceil({_write(operand)[0]})", _ATOM
        case Case(branches, otherwise):
            whens = [f"when {_write(when)[0]} then {_write(then)[0]}" for when, then in branches]
            last = [] if otherwise is None else [f"else {_write(otherwise)[0]}"]
            return " ".join(["case", *whens, *last, "end"]), _ATOM


def _within(node: Node, strength: int) -> str:
    text, own = _write(node)
    return text if own >= strength else f"({text})"


def _write_literal(node: Literal) -> tuple[str, int]:
    match node.type:
        case Type.TEXT:
            quoted = str(node.value).replace("'", "''")
            return f"'{quoted}'", _ATOM
        case Type.BOOLEAN:
            return literal_text(node.value), _ATOM
        case _:
            text = f"{node.value:f}" if isinstance(node.value, Decimal) else str(node.value)
            return text, _SIGN if text.startswith("-") else _ATOM
