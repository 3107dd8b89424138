"""From a format and a layout to what the import works from: a source and columns derived.

A field that a layout lacks is null in what is derived, and what it would fill stays blank; a table
that hangs on a condition over a field that the layout lacks gets no rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accord.station.records.formats.model import FileFormat, Layout, LayoutField
from accord.station.records.mapping import ColumnMapping, Format, SourceMapping, TableMapping
from accord.station.records.model import record_model
from accord.station.records.sql import Connection

_NAMED = re.compile(r'"([^"]+)"')
_YEAR = "{year}"

_MACROS = """
CREATE OR REPLACE TEMP MACRO races(cells) AS
    list_sort(list_distinct([cell[1] FOR cell IN cells IF cell IS NOT NULL]));
CREATE OR REPLACE TEMP MACRO total(cells) AS coalesce(
    [cell FOR cell IN cells IF cell IS NOT NULL AND TRY_CAST(cell AS DECIMAL(9, 2)) IS NULL][1],
    CAST(list_sum([CAST(cell AS DECIMAL(9, 2)) FOR cell IN cells IF cell IS NOT NULL]) AS VARCHAR));
"""


@dataclass(frozen=True)
class FormatSource:
    """A source that reads one layout, and the columns that it derives, as SQL over c0, c1, …."""

    source: SourceMapping
    derived: Mapping[str, str]


def source_of_format(
    written: FileFormat, layout: Layout, columns: Sequence[str], year: str
) -> FormatSource:
    """The source of a file whose columns are these fields, for a school year."""
    derived = {name: _over_cells(sql, columns) for name, sql in written.derive.items()}
    looked_up = written.companion.take if written.companion else ()
    present = {*columns, *derived, *looked_up}
    tables = tuple(
        _table(each, present, year) for each in written.tables if set(each.when) <= present
    )
    source = SourceMapping(
        name=written.format,
        files="*",
        format=Format(header=False, columns=tuple(columns), trim=True),
        student=written.student,
        student_digits=written.student_digits,
        keep={name: list(kept) for name, kept in written.keep.items() if name in present},
        tables=tables,
    )
    return FormatSource(source, derived)


def fields_used(written: FileFormat, layout: Layout) -> tuple[LayoutField, ...]:
    """The fields of a layout that an import reads."""
    named = {written.student, written.year_field, *written.telling, *written.keep}
    for sql in written.derive.values():
        named.update(_NAMED.findall(sql))
    for table in written.tables:
        named.update(table.when)
        named.update(each.column for each in table.columns.values())
    if written.companion:
        named.update((*written.companion.on, *written.companion.take))
    return tuple(field for field in layout.fields if field.name in named)


def make_macros(con: Connection) -> None:
    """The functions that derived columns may use: races(cells) and total(cells)."""
    con.execute(_MACROS)


def _over_cells(sql: str, columns: Sequence[str]) -> str:
    def cell(found: re.Match[str]) -> str:
        if found[1] not in columns:
            return "CAST(NULL AS VARCHAR)"
        return f"nullif(trim(c{columns.index(found[1])}), '')"

    return f"({_NAMED.sub(cell, sql).strip()})"


def _table(mapping: TableMapping, present: set[str], year: str) -> TableMapping:
    table = record_model().table(mapping.table)
    columns = {}
    for name, column in mapping.columns.items():
        missing = column.column is not None and column.column not in present
        if not (missing and not table.field(name).required):
            columns[name] = _with_year(column, year)
    return mapping.model_copy(update={"columns": columns})


def _with_year(column: ColumnMapping, year: str) -> ColumnMapping:
    if column.constant == _YEAR:
        return column.model_copy(update={"constant": year})
    return column
