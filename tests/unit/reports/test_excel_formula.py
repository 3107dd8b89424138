"""Definitions as Excel formulas."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accord.indicators.catalogue import load_catalogue
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
from accord.reports.excel_formula import formula, value_formula

A, B = Column("numerator", Type.INTEGER), Column("denominator", Type.INTEGER)
PLACES = {"numerator": "K2", "denominator": "L2"}


def number(value: int) -> Literal:
    return Literal(value)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Arithmetic("/", Arithmetic("*", number(100), A), B), "(100*K2)/L2"),
        (Arithmetic("-", A, Arithmetic("-", B, number(1))), "K2-(L2-1)"),
        (Negate(Arithmetic("+", A, B)), "-(K2+L2)"),
        (Extreme("greatest", (A, B, number(0))), "MAX(K2,L2,0)"),
        (Extreme("least", (A, B)), "MIN(K2,L2)"),
        (Ceiling(Arithmetic("*", Literal(Decimal("0.95")), B)), "-INT(-(0.95*L2))"),
        (
            Case(((Compare("<", A, B), A), (Compare("=", A, B), number(0))), B),
            "IF(K2<L2,K2,IF(K2=L2,0,L2))",
        ),
        (Case(((Compare(">", A, B), A),), None), 'IF(K2>L2,K2,"")'),
        (And(Compare("<", A, B), Not(IsNull(A))), "AND(K2<L2,NOT(ISBLANK(K2)))"),
        (Or(Compare("<>", A, B), IsIn(A, (number(1), number(2)))), "OR(K2<>L2,OR(K2=1,K2=2))"),
        (Literal('a "b"'), '"a ""b"""'),
        (Literal(True), "TRUE"),
    ],
)
def test_every_kind_of_expression(node: Node, text: str) -> None:
    assert formula(node, PLACES) == text


def test_values_are_rounded_to_the_definitions_decimals() -> None:
    definition = load_catalogue().definition("chronic-absenteeism@1.0")
    assert value_formula(definition, "K2", "L2") == "=ROUND((100*K2)/L2,1)"
