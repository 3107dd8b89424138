"""A plain sheet with one Excel table: what all sheets but the cells' have in common."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from accord.reports.workbook_cells import Field, heads, set_up

Value = str | int | float | None

_HEAD_ROW = 2


def add_table(
    book: Workbook, name: str, title: str, fields: Sequence[Field], rows: Sequence[Sequence[Value]]
) -> Worksheet:
    """A sheet with a title and a table of text and numbers; long text wraps."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    top = book.add_format({"valign": "top", "num_format": "#,##0.0##"})
    whole = book.add_format({"valign": "top"})
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            place = (_HEAD_ROW + 1 + down, across)
            if isinstance(value, str):
                sheet.write_string(*place, value, wrapped)
            elif value is not None:
                sheet.write_number(*place, value, whole if isinstance(value, int) else top)
    sheet.add_table(
        _HEAD_ROW,
        0,
        _HEAD_ROW + max(len(rows), 1),
        len(fields) - 1,
        {
            "name": f"{name}Table",
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": heads(book, fields),
        },
    )
    set_up(sheet, fields, _HEAD_ROW)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    return sheet
