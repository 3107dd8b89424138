"""One spelling for each tree."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accord.base.canonical import content_hash
from accord.indicators.language.canonical import as_json, as_text
from accord.indicators.language.nodes import Literal, Type
from accord.indicators.language.parse import Scope, parse

SCOPE = Scope(
    "name",
    {"a": Type.INTEGER, "b": Type.DECIMAL, "t": Type.TEXT, "p": Type.BOOLEAN, "q": Type.BOOLEAN},
    over_cells=True,
)


@pytest.mark.parametrize(
    "text",
    [
        "a - (b - 1) - 2",
        "a * (b + 1) / (2 * b)",
        "(p or q) and not (p and q)",
        "not not p",
        "not (a = 1 or p)",
        "(p = q) = p",
        "t in ('it''s', '', '–')",
        "a in (1, -2, 2.50)",
        "-(-a) - -3",
        "-(a + 1) * 2",
        "a is not null and t is null",
        "a + 1 is null",
        "case when p then 'x' when q then t end = 'y'",
        "greatest(a, -b, 0.5) <= least(1, ceil(a / 2))",
        "p and q and p",
        "p and (q and p)",
    ],
)
def test_text_is_as_short_as_it_can_be_and_reads_back(text: str) -> None:
    tree = parse(text, SCOPE)
    assert as_text(tree) == text
    assert as_json(parse(as_text(tree), SCOPE)) == as_json(tree)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = 1", "a <> 1"),
        ("a = 1", "a = 2"),
        ("a = 1", "b = 1"),
        ("a = 1", "a = 1.5"),
        ("t = '1'", "t = '2'"),
        ("p", "not p"),
        ("p and q", "p or q"),
        ("p and q", "q and p"),
        ("a - b = 1", "b - a = 1"),
        ("greatest(a, b) = 1", "least(a, b) = 1"),
        ("case when p then 1 end = 1", "case when p then 1 else 0 end = 1"),
        ("p = true", "p = false"),
    ],
)
def test_another_tree_is_another_json(one: str, other: str) -> None:
    assert content_hash(as_json(parse(one, SCOPE))) != content_hash(as_json(parse(other, SCOPE)))


def test_a_constant_says_its_type() -> None:
    constants = [1, True, "1", "true", Decimal("1.0")]
    assert len({content_hash(as_json(Literal(value))) for value in constants}) == len(constants)
    assert as_json(Literal(Decimal("0.10"))) == as_json(Literal(Decimal("0.1")))
    assert as_json(Literal(Decimal("100"))) == ["decimal", "100"]
