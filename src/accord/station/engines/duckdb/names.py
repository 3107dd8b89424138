"""Names and constants as DuckDB reads them: quoted where they must be, bare where they can be."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb

_PLAIN = re.compile(r"^[a-z_][a-z0-9_]*$")


def name_sql(name: str) -> str:
    """A column's or table's name."""
    if _PLAIN.match(name) and name not in _taken_words():
        return name
    return '"' + name.replace('"', '""') + '"'


def text_sql(text: str) -> str:
    """A text constant."""
    return "'" + text.replace("'", "''") + "'"


def constant_sql(value: int | Decimal | str | bool) -> str:
    """Any constant of the definition language. Decimals keep their digits, so that they stay
    exact: DuckDB reads a plain decimal point as a decimal, never as a floating-point number."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
        case str():
            return text_sql(value)


def file_sql(path: Path) -> str:
    """A table function over one Parquet file; nothing in the path is taken for a pattern."""
    literal = re.sub(r"([*?\[])", r"[\1]", path.as_posix())
    return f"read_parquet({text_sql(literal)})"


@cache
def _taken_words() -> frozenset[str]:
    with duckdb.connect() as connection:
        found = connection.execute(
            "select keyword_name from duckdb_keywords() where keyword_category <> 'unreserved'"
        ).fetchall()
    return frozenset(word for (word,) in found)
