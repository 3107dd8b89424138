"""Cell expressions in DuckDB: fractions of whole numbers, by hand and against plain evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest

from accord.base.numbers import round_half_up
from accord.indicators.language.evaluate import evaluate_cell
from accord.indicators.language.nodes import Node, Type
from accord.indicators.language.parse import Scope, parse
from accord.station.engines.duckdb.exact import Ratio, ratio_of

SUMS = ("a", "b", "c")
SCOPE = Scope("sum", dict.fromkeys(SUMS, Type.DECIMAL), over_cells=True)
RATIOS = {name: Ratio(Fraction(1), name) for name in SUMS}
VALUES = (-7, -1, 0, 1, 2, 20, 10**15)


def rounded(node: Node, decimals: int, cells: Sequence[Mapping[str, int]]) -> list[Decimal | None]:
    """What DuckDB rounds an expression to, for cells of whole sums; those left out are null."""
    rows = ", ".join(
        f"({number}, {', '.join(str(sums.get(name, 'null')) for name in SUMS)})"
        for number, sums in enumerate(cells)
    )
    held = ", ".join(f"{name}::hugeint as {name}" for name in SUMS)
    query = f"""
        select {ratio_of(node, RATIOS).rounded(decimals)}
        from (select number, {held} from (values {rows}) as cells(number, {", ".join(SUMS)}))
        order by number
    """
    with duckdb.connect() as connection:
        found = connection.execute(query).fetchall()
    return [None if value is None else Decimal(value) for (value,) in found]


@pytest.mark.parametrize(
    ("text", "sums", "expected"),
    [
        ("100 * a / b", {"a": 13, "b": 16}, "81.3"),
        ("a / b", {"a": -25, "b": 100}, "-0.3"),
        ("a / b", {"a": 25, "b": -100}, "-0.3"),
        ("a / b", {"a": 5, "b": 0}, None),
        ("a / 0", {"a": 5}, None),
        ("a / (b - c)", {"a": 5, "b": 3, "c": 3}, None),
        ("0 * (a / b)", {"a": 5, "b": 0}, None),
        ("a / b / c", {"a": 9, "b": 2, "c": -3}, "-1.5"),
        ("a / b + c / 3", {"a": 1, "b": 2, "c": 1}, "0.8"),
        ("a - 0.95 * b", {"a": 1, "b": 1}, "0.1"),
        ("ceil(0.95 * a)", {"a": 20}, "19.0"),
        ("ceil(0.95 * a)", {"a": 21}, "20.0"),
        ("ceil(a / b)", {"a": -3, "b": 2}, "-1.0"),
        ("ceil(a / b)", {"a": 3, "b": -2}, "-1.0"),
        ("ceil(a / b)", {"a": 3, "b": 0}, None),
        ("ceil(a)", {"a": 3}, "3.0"),
        ("greatest(0, a)", {"a": -5}, "0.0"),
        ("greatest(a / b, 1)", {"a": 5, "b": 0}, "1.0"),
        ("least(a / b, b / a)", {"a": 2, "b": 4}, "0.5"),
        ("least(a / b, 1 / c)", {"a": 2, "b": -4, "c": 4}, "-0.5"),
        ("case when a > b / 2 then 1 else -1 end", {"a": 3, "b": 5}, "1.0"),
        ("case when a > b / 2 then 1 else -1 end", {"a": 3, "b": 6}, "-1.0"),
        ("case when a is null then 4 end", {}, "4.0"),
        ("case when a / b is null then 4 else 5 end", {"a": 1, "b": 0}, "4.0"),
        ("case when a in (0.5, 2) then 1 end", {"a": 2}, "1.0"),
        ("case when a in (0.5, 3) then 1 end", {"a": 2}, None),
        ("case when 'x' < 'y' and not (a > 1 or b > 1) then 1 end", {"a": 1, "b": 1}, "1.0"),
        ("2147483647 + 2147483647", {}, "4294967294.0"),
        ("case when true then 2147483647 end * 2", {}, "4294967294.0"),
    ],
)
def test_by_hand(text: str, sums: dict[str, int], expected: str | None) -> None:
    found = rounded(parse(text, SCOPE), 1, [sums])
    assert found == [None if expected is None else Decimal(expected)]


@pytest.mark.parametrize("decimals", [0, 1, 3])
@pytest.mark.parametrize(
    "text",
    [
        "a / b",
        "100 * a / b - c",
        "(a - b) / (b - c)",
        "a + case when a > b then greatest(0, ceil(0.95 * a) - b) * c / (a - b) else 0 end",
        "least(a / b, b / c, c)",
    ],
)
def test_as_plain_evaluation_does(text: str, decimals: int) -> None:
    node = parse(text, SCOPE)
    cells = [{"a": a, "b": b, "c": 7} for a in VALUES for b in (-2, 0, 3, 20)]
    wanted = []
    for sums in cells:
        exact = evaluate_cell(node, {name: Fraction(value) for name, value in sums.items()})
        wanted.append(None if exact is None else round_half_up(exact, decimals))
    assert rounded(node, decimals, cells) == wanted
