"""The quality report as a workbook: one page to read, then one sheet a check that found something.

It names files and lines, never students, so that it can go to whoever mends the files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from accord.base.files import whole_file
from accord.station.records.quality.run import EXAMPLES, CheckResult, QualityReport, SourceCounts
from accord.station.records.reasons import sentences

_SHEET_NAME = 31  # characters that Excel allows
_SEVERITIES = {"error": 0, "warning": 1, "notice": 2}


def write_quality(report: QualityReport, path: Path) -> None:
    """Write `report` to `path`, whole or not at all. Raises `MachineError`."""
    with whole_file(path) as draft, xlsxwriter.Workbook(str(draft)) as book:
        page = _Book(book)
        page.summary(report)
        page.lines(report.sources)
        page.rows(report)
        for result in report.checks:
            if result.count:
                page.check(result)


class _Book:
    """The workbook under way, with its formats."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0", "valign": "top"})

    def summary(self, report: QualityReport) -> None:
        sheet = self.book.add_worksheet("Summary")
        sheet.write_string(0, 0, f"Quality of the records of {report.name}", self.title)
        about = f"District {report.district}, as of {report.as_of}, {report.data_status}."
        sheet.write_string(1, 0, f"{about} Counts and line numbers only: no student is named.")
        headings = (
            *("Check", "Severity", "Found", "Counted in", "CALPADS"),
            *("What", "When it matters", "Fix"),
        )
        self._table(sheet, 3, headings, (34, 11, 12, 14, 18, 48, 48, 48))
        ordered = sorted(
            report.checks,
            key=lambda each: (not each.count, _SEVERITIES[each.check.severity], each.check.title),
        )
        for row, result in enumerate(ordered, start=4):
            check = result.check
            found = result.count if result.ran else "no data"
            said = (", ".join(check.calpads), check.what, check.matters, check.fix)
            self._row(sheet, row, (check.title, check.severity, found, check.counts, *said))
        sheet.freeze_panes(4, 1)

    def lines(self, sources: tuple[SourceCounts, ...]) -> None:
        sheet = self.book.add_worksheet("Lines")
        headings = ("File", "Read", "Loaded", "Quarantined", "Set aside", "Reason", "Lines", "Fix")
        self._table(sheet, 0, headings, (36, 12, 12, 12, 12, 56, 12, 56))
        sheet.freeze_panes(1, 1)
        row = 1
        for source in sources:
            counted = source.lines
            totals = (counted.read, counted.loaded, counted.quarantined, counted.set_aside)
            self._row(sheet, row, (source.file, *totals))
            for reason in counted.reasons:
                what, fix = sentences(reason.reason)
                place = ", ".join(filter(None, (reason.table, reason.column)))
                self._row(sheet, row, (f"{place}: {what}" if place else what, reason.lines, fix), 5)
                row += 1
            for note in source.notes:
                self._row(sheet, row, (note,), 5)
                row += 1
            row += not (counted.reasons or source.notes)

    def rows(self, report: QualityReport) -> None:
        sheet = self.book.add_worksheet("Rows")
        years = sorted({year for _, year in report.rows if year})
        tables = dict.fromkeys(table for table, _ in report.rows)
        self._table(sheet, 0, ("Table", "All", *years), (18, 12, *[12] * len(years)))
        sheet.freeze_panes(1, 1)
        for row, table in enumerate(tables, start=1):
            total = sum(count for (name, _), count in report.rows.items() if name == table)
            by_year = [report.rows.get((table, year), 0) for year in years]
            self._row(sheet, row, (table, total, *by_year))

    def check(self, result: CheckResult) -> None:
        check = result.check
        sheet = self.book.add_worksheet(check.id[:_SHEET_NAME])
        sheet.write_string(0, 0, check.title, self.title)
        for row, text in enumerate((check.what, check.matters, check.fix), start=1):
            sheet.write_string(row, 0, text)
        years = sorted({tally.school_year for tally in result.tallies if tally.school_year})
        headings = (f"{check.counts} found".capitalize(), "All", *years)
        self._table(sheet, 5, headings, (40, 12, *[12] * len(years)))
        counts: dict[str, dict[str, int]] = {}
        for tally in result.tallies:
            counts.setdefault(tally.detail, {})[tally.school_year] = tally.count
        row = 6
        for detail, by_year in counts.items():
            cells = [by_year.get(year, 0) for year in years]
            self._row(sheet, row, (detail or "all", sum(by_year.values()), *cells))
            row += 1
        self._row(sheet, row, ("Total", result.count))
        heading = "Where" if len(result.examples) < EXAMPLES else f"Where (first {EXAMPLES})"
        for column, text in enumerate((heading, "Line")):
            sheet.write_string(row + 2, column, text, self.bold)
        for place, example in enumerate(result.examples, start=row + 3):
            self._row(sheet, place, example)
        sheet.freeze_panes(6, 1)

    def _table(
        self, sheet: Any, row: int, headings: tuple[str, ...], widths: tuple[int, ...]
    ) -> None:
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(row, column, heading, self.bold)

    def _row(self, sheet: Any, row: int, cells: tuple[Any, ...], first: int = 0) -> None:
        for column, cell in enumerate(cells, start=first):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, self.number)
            else:
                sheet.write_string(row, column, cell, self.wrap)
