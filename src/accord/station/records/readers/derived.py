"""Expressions over named columns, as layouts write them, turned into SQL over c0, c1, …."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAMED = re.compile(r'"([^"]+)"')


def over_cells(sql: str, columns: Sequence[str]) -> str:
    """`sql` with each ``"column name"`` replaced by its cell, blank as null, spaces around it
    taken off. A column that is not there is null."""

    def cell(found: re.Match[str]) -> str:
        if found[1] not in columns:
            return "CAST(NULL AS VARCHAR)"
        return f"nullif(trim(c{columns.index(found[1])}), '')"

    return f"({_NAMED.sub(cell, sql).strip()})"


def columns_named(sql: str) -> list[str]:
    """The columns that an expression names."""
    return _NAMED.findall(sql)
