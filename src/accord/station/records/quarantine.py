"""The quarantine workbook: every refused line, why, and how to mend it, for the clerk alone.

Lines that were loaded with a code that nobody knows are in it too. It is the one place where a
refused line's content is kept, readable by the station's owner only.
Cells are written as text, so that nothing a file contains can run as a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter

from accord.base.files import whole_file
from accord.station.records.accounting import Accounting
from accord.station.records.reasons import known_codes, sentences
from accord.station.records.sql import Connection

WORKBOOK, FULL = "quarantine.xlsx", "quarantine.csv"
WORKBOOK_ROWS = 50_000  # beyond this Excel gets slow; the full list then stands beside as CSV
_LONGEST_CELL = 32_767
_HEADINGS = ("File", "Line", "See line", "Table", "Column", "What is wrong", "How to mend it")
_WIDTHS = (24, 10, 10, 16, 24, 60, 60)
_OWN = len(_HEADINGS)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Quarantine:
    """What the workbook says besides the lines: the file and its columns, the totals."""

    file: str
    columns: Sequence[str]
    accounting: Accounting


def write_quarantine(con: Connection, about: Quarantine, folder: Path) -> None:
    """Write the findings of `con` into `folder`, as a workbook and, if many, in full as CSV.

    Raises `MachineError`.
    """
    total = int(con.execute("SELECT count(*) FROM finding").fetchall()[0][0])
    with whole_file(folder / WORKBOOK, private=True) as draft:
        options = {"constant_memory": True, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(draft), options) as book:
            _write_summary(book, about, total)
            _write_lines(book, about, islice(_rows(con, about.file), WORKBOOK_ROWS))
    if total > WORKBOOK_ROWS:
        with (
            whole_file(folder / FULL, private=True) as draft,
            draft.open("w", encoding="utf-8-sig", newline="") as stream,
        ):
            writer = csv.writer(stream)
            writer.writerow([*_HEADINGS, *map(harmless, about.columns)])
            for row in _rows(con, about.file):
                writer.writerow([*row[:_OWN], *map(harmless, row[_OWN:])])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula when it opens a CSV file."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _rows(con: Connection, file: str) -> Iterator[tuple[Any, ...]]:
    found = con.execute(
        'SELECT line, see, "table", field, what, remedy, content FROM finding '
        "ORDER BY line, reason, field"
    )
    while batch := found.fetchmany(10_000):
        for *about, content in batch:
            yield (file, *about, *content)


def _write_summary(book: Any, about: Quarantine, total: int) -> None:
    sheet = book.add_worksheet("Summary")
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 2, 24)
    sheet.set_column(3, 4, 64)
    sheet.set_column(5, 5, 14)
    counted = about.accounting
    sheet.write_string(0, 0, f"Lines of {about.file} that want mending", bold)
    sheet.write_string(1, 0, "For the district's own clerk: this workbook holds students' data.")
    for row, (name, lines) in enumerate(
        (
            ("Lines read", counted.read),
            ("Loaded", counted.loaded),
            ("Quarantined", counted.quarantined),
            ("Set aside", counted.set_aside),
        ),
        start=3,
    ):
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, lines)
    for column, heading in enumerate(
        ("Lines", "Table", "Column", "What", "How to mend it", "CALPADS")
    ):
        sheet.write_string(8, column, heading, bold)
    row = 9
    for count in counted.reasons:
        texts = (count.table, count.column, *sentences(count.reason), known_codes(count.reason))
        sheet.write_number(row, 0, count.lines)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, text, wrap)
        row += 1
    if total > WORKBOOK_ROWS:
        note = f"The next sheet shows the first {WORKBOOK_ROWS:,} of {total:,}; {FULL} has all."
        sheet.write_string(row + 1, 0, note, bold)


def _write_lines(book: Any, about: Quarantine, rows: Iterator[tuple[Any, ...]]) -> None:
    sheet = book.add_worksheet("Lines")
    bold = book.add_format({"bold": True})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)
    for column, heading in enumerate((*_HEADINGS, *about.columns)):
        sheet.write_string(0, column, heading[:_LONGEST_CELL], bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, cell[:_LONGEST_CELL])
