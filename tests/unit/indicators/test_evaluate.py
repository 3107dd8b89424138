"""The value of expressions, nothing included."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from accord.indicators.language.evaluate import evaluate_cell, evaluate_row
from accord.indicators.language.nodes import Type
from accord.indicators.language.parse import Scope, parse

NAMES = {"n": Type.INTEGER, "d": Type.DECIMAL, "t": Type.TEXT, "yes": Type.BOOLEAN}
UNKNOWN = {"n_": Type.INTEGER, "t_": Type.TEXT, "p_": Type.BOOLEAN}
SCOPE = Scope("name", {**NAMES, **UNKNOWN}, over_cells=True)
ROW = {"n": 7, "d": Decimal("0.10"), "t": "b", "yes": True, "n_": None, "t_": None, "p_": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("d * 3 = 0.3", True),
        ("n + d", Fraction("7.1")),
        ("n - 2 * 3", Fraction(1)),
        ("-n", Fraction(-7)),
        ("n / 3", Fraction(7, 3)),
        ("ceil(n / 3)", Fraction(3)),
        ("ceil(-n / 3)", Fraction(-2)),
        ("ceil(6 / 3)", Fraction(2)),
        ("t < 'c' and t > 'Z'", True),
        ("t in ('a', 'b')", True),
        ("n in (7.0)", True),
        ("n <> 7", False),
        ("yes = true", True),
        ("greatest(n, d, 8)", Fraction(8)),
        ("least(n, d)", Fraction(1, 10)),
        ("case when n > 9 then 1 when yes then 2 else 3 end", Fraction(2)),
        ("case when n > 9 then 1 end", None),
    ],
)
def test_values(text: str, value: object) -> None:
    assert evaluate_row(parse(text, SCOPE), ROW) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("n_ = n_", None),
        ("n_ <> 1", None),
        ("t_ in ('a')", None),
        ("not p_", None),
        ("p_ and true", None),
        ("p_ and false", False),
        ("false and p_", False),
        ("p_ or false", None),
        ("p_ or true", True),
        ("true or p_", True),
        ("p_ is null", True),
        ("(n_ + 1) is null", True),
        ("n is null", False),
        ("n_ + 1", None),
        ("1 - n_", None),
        ("-n_", None),
        ("ceil(n_)", None),
        ("greatest(n_, n)", Fraction(7)),
        ("least(n_, n)", Fraction(7)),
        ("greatest(n_, n_)", None),
        ("case when p_ then 1 else 2 end", Fraction(2)),
        ("n / 0", None),
        ("n / (n - 7) + 1", None),
        ("n_ / 0", None),
        ("0 / n_", None),
        ("0 / n", Fraction(0)),
    ],
)
def test_nothing_spreads_as_null_does(text: str, value: object) -> None:
    assert evaluate_row(parse(text, SCOPE), ROW) == value


def test_cells_are_exact() -> None:
    scope = Scope("sum", {"a": Type.INTEGER, "b": Type.INTEGER}, over_cells=True)
    expression = parse("100 * a / b", scope)
    assert evaluate_cell(expression, {"a": Fraction(1), "b": Fraction(3)}) == Fraction(100, 3)
    assert evaluate_cell(expression, {"a": Fraction(1), "b": Fraction(0)}) is None
