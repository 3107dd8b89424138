"""The quarantine workbook: every refused line, why, and how to mend it, for the clerk alone.

Lines that were loaded with a code that nobody knows are in it too, and in each line the cell that
is wrong is marked. It is the one place where a refused line's content is kept, readable by the
station's owner only.
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
from accord.station.records.clerk_sheet import ClerkBook
from accord.station.records.reasons import known_codes, sentences
from accord.station.records.sql import Connection

WORKBOOK, FULL = "quarantine.xlsx", "quarantine.csv"
WORKBOOK_ROWS = 50_000  # beyond this Excel gets slow; the full list then stands beside as CSV
_HEADINGS = ("Line", "See line", "Table", "Column", "What is wrong", "How to mend it")
_WIDTHS = (8, 8, 18, 26, 44, 44)
_COLUMN, _OWN = _HEADINGS.index("Column"), len(_HEADINGS)
_BECAME = {"quarantined": "quarantined", "kept": "loaded", "set_aside": "set aside"}
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
            clerk = ClerkBook(book)
            _write_summary(clerk, about, total)
            _write_lines(clerk, about, islice(_rows(con), WORKBOOK_ROWS))
    if total > WORKBOOK_ROWS:
        with (
            whole_file(folder / FULL, private=True) as draft,
            draft.open("w", encoding="utf-8-sig", newline="") as stream,
        ):
            writer = csv.writer(stream)
            writer.writerow([*_HEADINGS, *map(harmless, about.columns)])
            for row in _rows(con):
                writer.writerow([*row[:_OWN], *map(harmless, row[_OWN:])])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula when it opens a CSV file."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _rows(con: Connection) -> Iterator[tuple[Any, ...]]:
    found = con.execute(
        'SELECT line, see, "table", field, what, remedy, content FROM finding '
        "ORDER BY line, reason, field"
    )
    while batch := found.fetchmany(10_000):
        for *about, content in batch:
            yield (*about, *content)


def _write_summary(book: ClerkBook, about: Quarantine, total: int) -> None:
    sheet = book.sheet("Summary")
    counted = about.accounting
    totals = (
        f"{counted.read:,} lines read: {counted.loaded:,} loaded, {counted.quarantined:,} "
        f"quarantined, {counted.set_aside:,} set aside."
    )
    warning = "For the district's own clerk: the next sheet holds students' data."
    more = f"It shows the first {WORKBOOK_ROWS:,} of {total:,}; {FULL} has all."
    notes = (totals, warning, more) if total > WORKBOOK_ROWS else (totals, warning)
    sheet.titles(f"Lines of {about.file} that want mending", *notes)
    headings = ("Lines", "Became", "Table", "Column", "What", "How to mend it", "CALPADS")
    sheet.headings(5, headings, (10, 14, 20, 30, 52, 52, 14), numbers={0})
    for row, count in enumerate(counted.reasons, start=6):
        became = _BECAME[count.outcome]
        said = (*sentences(count.reason), known_codes(count.reason))
        sheet.row(row, (count.lines, became, count.table, count.column, *said))


def _write_lines(book: ClerkBook, about: Quarantine, rows: Iterator[tuple[Any, ...]]) -> None:
    sheet = book.sheet("Lines", a_page_wide=False)
    headings = (*_HEADINGS, *about.columns)
    widths = (*_WIDTHS, *[max(12, min(len(name) + 2, 24)) for name in about.columns])
    sheet.headings(0, headings, widths, numbers={0, 1}, held=2)
    places = {name: _OWN + place for place, name in enumerate(about.columns)}
    last = 0
    for last, row in enumerate(rows, start=1):
        wrong = places.get(row[_COLUMN])
        sheet.row(last, row, marked=() if wrong is None or wrong >= len(row) else (wrong,))
    sheet.sieve(0, last)
