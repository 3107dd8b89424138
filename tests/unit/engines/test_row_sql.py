"""Row expressions in DuckDB: the traps of its number types, one by one, by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pytest

from accord.indicators.language.nodes import (
    Arithmetic,
    Ceiling,
    Column,
    Literal,
    MeaningError,
    Type,
)
from accord.indicators.language.parse import Scope, parse
from accord.station.engines.duckdb.bounds import bound_of, stored_bound
from accord.station.engines.duckdb.compile import row_sql

COLUMNS = {
    "small": "SMALLINT",
    "whole": "INTEGER",
    "days": "DECIMAL(6,2)",
    "flag": "BOOLEAN",
    "code": "VARCHAR",
}
BOUNDS = {name: bound for name, kind in COLUMNS.items() if (bound := stored_bound(kind))}
SCOPE = Scope(
    "column",
    {
        "small": Type.INTEGER,
        "whole": Type.INTEGER,
        "days": Type.DECIMAL,
        "flag": Type.BOOLEAN,
        "code": Type.TEXT,
    },
    over_cells=False,
)
LARGEST = {"small": 32767, "whole": 2**31 - 1, "days": Decimal("9999.99")}
LONGEST = Decimal("0.00000000000000001")


def sql(text: str) -> str:
    return row_sql(parse(text, SCOPE), BOUNDS)


def result(text: str, **values: Any) -> Any:
    """What DuckDB makes of an expression over one row; columns left out are null."""
    with duckdb.connect() as connection:
        kinds = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"create table fact ({kinds})")
        row = [values.get(name) for name in COLUMNS]
        connection.execute("insert into fact values (?, ?, ?, ?, ?)", row)
        return connection.execute(f"select {sql(text)} from fact").fetchall()[0][0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("small * 10", 327670),
        ("small * small * small", 32767**3),
        ("whole + 1", 2**31),
        ("whole * whole", (2**31 - 1) ** 2),
        ("whole * whole * 9", (2**31 - 1) ** 2 * 9),
        ("2147483647 + 1", 2**31),
        ("2147483647 * 2147483647 * 9", (2**31 - 1) ** 2 * 9),
        ("-(small * -1)", 32767),
        ("days * whole", Decimal("9999.99") * (2**31 - 1)),
        ("days * days * days", Decimal("9999.99") ** 3),
        ("days * 99999999999999.99", Decimal("9999.99") * Decimal("99999999999999.99")),
        ("days + whole * 1.5", Decimal("9999.99") + (2**31 - 1) * Decimal("1.5")),
    ],
)
def test_large_numbers_neither_overflow_nor_lose_a_digit(text: str, expected: Any) -> None:
    assert result(text, **LARGEST) == expected


def test_the_smallest_of_a_type_can_change_its_sign() -> None:
    assert result("-small", small=-32768) == 32768
    assert result("-whole", whole=-(2**31)) == 2**31


def test_choosing_between_long_decimals_drops_no_digit() -> None:
    """Left to itself DuckDB gives the first of these a type with one digit after the point."""
    text = "case when flag then days - 1.0 else whole * (2147483648 + 1.0) end"
    assert result(text, flag=True, days=Decimal("10000.99") - 1) == Decimal("9998.99")
    assert result(
        f"greatest(days, whole * whole * {LONGEST:f})", days=Decimal("0.01"), whole=1
    ) == (Decimal("0.01"))
    assert result(f"days - {LONGEST:f} < days", days=Decimal("9999.99")) is True
    assert result(f"days in (0.01, {LONGEST:f})", days=Decimal("0.01")) is True


def test_a_share_of_days_is_compared_exactly() -> None:
    text = "days >= 0.10 * whole"
    assert result(text, days=Decimal("18.00"), whole=180) is True
    assert result(text, days=Decimal("17.99"), whole=180) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("days > 1", None),
        ("days > 1 or true", True),
        ("days > 1 and false", False),
        ("not days > 1", None),
        ("days is null", True),
        ("not (days is null)", False),
        ("days in (1, 2)", None),
        ("greatest(days, whole, 3)", 3),
        ("least(days, whole)", None),
        ("case when days > 1 then 1 end", None),
        ("case when days > 1 then 1 else 2 end", 2),
        ("days + 1", None),
    ],
)
def test_nothing_behaves_as_null(text: str, expected: Any) -> None:
    assert result(text) == expected


def test_text_is_compared_by_its_letters_codes() -> None:
    assert result("code < 'a'", code="Z") is True
    assert result("code > 'z'", code="é") is True
    assert result("code = 'a'", code="a ") is False
    assert result("code = 'O''Neill'", code="O'Neill") is True


def test_parentheses_are_kept_where_they_mean_something() -> None:
    assert result("2 - (3 - 4)") == 3
    assert result("(2 + 3) * 4") == 20
    assert result("not (true and false)") is True
    assert result("(true or true) and false") is False
    assert result("2 - -3") == 5
    assert result("-(-3)") == 3


def test_plain_expressions_stay_plain() -> None:
    assert sql("days >= 0.10 * days and not flag") == "days >= 0.10 * days and not flag"
    assert sql("days is not null or code in ('a', 'b')") == (
        "days is not null or code in ('a', 'b')"
    )


def test_reserved_words_are_quoted() -> None:
    bound = stored_bound("INTEGER")
    assert bound is not None
    assert row_sql(Column("order", Type.INTEGER), {"order": bound}) == '"order"'


def test_what_is_only_for_cells_is_refused() -> None:
    whole = Column("whole", Type.INTEGER)
    for node in (Ceiling(whole), Arithmetic("/", whole, Literal(2))):
        with pytest.raises(MeaningError):
            row_sql(node, BOUNDS)


def test_a_bound_is_that_of_the_furthest_value() -> None:
    bound = bound_of(parse("case when flag then days * -2 else whole end", SCOPE), BOUNDS)
    assert (bound.most, bound.scale) == (2**31 * 100, 2)
    assert stored_bound("VARCHAR") is None
