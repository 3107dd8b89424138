"""A definition's value as an Excel formula, so that a spreadsheet computes what the release says.

Excel's ROUND takes halves away from zero, as accord does, for negative values too.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from accord.indicators.definition import Definition
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


def value_formula(definition: Definition, numerator: str, denominator: str) -> str:
    """``=ROUND(100*K2/L2,1)``: the rounded value from the places of numerator and denominator."""
    places = {"numerator": numerator, "denominator": denominator}
    return f"=ROUND({formula(definition.value, places)},{definition.decimals})"


def formula(node: Node, places: Mapping[str, str]) -> str:
    """An expression over the columns whose places on the sheet are given, without the equals sign.

    Every part that could bind wrongly stands in brackets.
    """
    match node:
        case Column():
            return places[node.name]
        case Literal():
            return _literal(node.value)
        case Arithmetic() | Compare():
            return f"{_inner(node.left, places)}{node.operator}{_inner(node.right, places)}"
        case Negate():
            return f"-{_inner(node.operand, places)}"
        case Ceiling():
            return f"-INT(-{_inner(node.operand, places)})"
        case Extreme():
            name = "MAX" if node.which == "greatest" else "MIN"
            return _call(name, *(formula(item, places) for item in node.operands))
        case Case():
            otherwise = '""' if node.otherwise is None else formula(node.otherwise, places)
            for condition, result in reversed(node.branches):
                otherwise = _call(
                    "IF", formula(condition, places), formula(result, places), otherwise
                )
            return otherwise
        case And() | Or() | Not() | IsNull() | IsIn():
            return _condition(node, places)


def _condition(node: And | Or | Not | IsNull | IsIn, places: Mapping[str, str]) -> str:
    match node:
        case And():
            return _call("AND", formula(node.left, places), formula(node.right, places))
        case Or():
            return _call("OR", formula(node.left, places), formula(node.right, places))
        case Not():
            return _call("NOT", formula(node.operand, places))
        case IsNull():
            return _call("ISBLANK", formula(node.operand, places))
        case IsIn():
            operand = _inner(node.operand, places)
            return _call("OR", *(f"{operand}={_literal(item.value)}" for item in node.choices))


def _inner(node: Node, places: Mapping[str, str]) -> str:
    text = formula(node, places)
    return f"({text})" if isinstance(node, Arithmetic | Negate | Compare | Ceiling) else text


def _call(name: str, *arguments: str) -> str:
    return f"{name}({','.join(arguments)})"


def _literal(value: int | Decimal | str | bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
