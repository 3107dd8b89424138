"""From a format and a layout to what the import works from: a source and columns derived.

A field that a layout lacks is null in what is derived, and what it would fill stays blank; a table
that hangs on a condition over a field that the layout lacks gets no rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accord.base.periods import SchoolYear
from accord.station.records.columns import columns_used
from accord.station.records.formats.model import FileFormat, Layout, LayoutField
from accord.station.records.mapping import ColumnMapping, Format, SourceMapping, TableMapping
from accord.station.records.model import record_model
from accord.station.records.readers.derived import columns_named, over_cells
from accord.station.records.sql import Connection

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
    written: FileFormat, columns: Sequence[str], year: SchoolYear, first_day: date | None = None
) -> FormatSource:
    """The source of a file whose columns are these fields, for a school year.

    `first_day` is when school began, where the file's set says so; else the year's own first day.
    """
    derived = {name: over_cells(sql, columns) for name, sql in written.derive.items()}
    present = {*columns, *derived, *written.looked_up}
    said = {"{year}": str(year), "{first_day}": (first_day or year.first_day).isoformat()}
    tables = tuple(
        _table(each, present, said) for each in written.tables if set(each.when) <= present
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


def columns_missing(written: FileFormat, columns: Sequence[str]) -> tuple[str, ...]:
    """The fields without which a file with these columns can't be read."""
    if not written.tables:
        return ()
    made = source_of_format(written, columns, SchoolYear(2000))
    there = {*columns, *made.derived, *written.looked_up}
    return tuple(name for name in columns_used(made.source) if name not in there)


def fields_used(written: FileFormat, layout: Layout) -> tuple[LayoutField, ...]:
    """The fields of a layout that an import reads."""
    named = {written.student, written.year_field, *written.telling, *written.keep}
    for sql in written.derive.values():
        named.update(columns_named(sql))
    for table in written.tables:
        named.update(table.when)
        named.update(each.column for each in table.columns.values())
    for companion in written.companions:
        for here in companion.on:
            named.update(columns_named(here) or [here])
    return tuple(field for field in layout.fields if field.name in named)


def make_macros(con: Connection) -> None:
    """The functions that derived columns may use: races(cells) and total(cells)."""
    con.execute(_MACROS)


def _table(mapping: TableMapping, present: set[str], said: Mapping[str, str]) -> TableMapping:
    table = record_model().table(mapping.table)
    columns = {}
    for name, column in mapping.columns.items():
        missing = column.column is not None and column.column not in present
        if not (missing and not table.field(name).required):
            columns[name] = _filled(column, said)
    return mapping.model_copy(update={"columns": columns})


def _filled(column: ColumnMapping, said: Mapping[str, str]) -> ColumnMapping:
    """A constant or a blank's meaning that stands for the year, filled in."""
    update = {
        name: said[value]
        for name in ("constant", "blank")
        if isinstance(value := getattr(column, name), str) and value in said
    }
    return column.model_copy(update=update) if update else column
