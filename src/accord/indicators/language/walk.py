"""Going through an expression without caring what it says."""

from __future__ import annotations

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


def parts_of(node: Node) -> tuple[Node, ...]:
    """The expressions directly inside an expression, in the order they are written."""
    match node:
        case Compare(_, left, right, _) | Arithmetic(_, left, right):
            return (left, right)
        case And(left, right, _) | Or(left, right, _):
            return (left, right)
        case IsNull(operand, _) | Not(operand, _) | Ceiling(operand, _) | Negate(operand):
            return (operand,)
        case IsIn(operand, choices, _):
            return (operand, *choices)
        case Extreme(_, operands):
            return operands
        case Case(branches, otherwise):
            inner = tuple(part for branch in branches for part in branch)
            return inner if otherwise is None else (*inner, otherwise)
        case Column() | Literal():
            return ()


def columns_of(node: Node) -> frozenset[str]:
    """The names of the columns, or sums, that an expression uses."""
    if isinstance(node, Column):
        return frozenset({node.name})
    return frozenset(name for part in parts_of(node) for name in columns_of(part))
