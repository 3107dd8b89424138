"""The quality report as a workbook: one page to read, then one sheet a check that found something.

It names files and lines, never students, so that it can go to whoever mends the files.
"""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from accord.base.files import whole_file
from accord.station.records.clerk_sheet import Cell, ClerkBook
from accord.station.records.quality.run import EXAMPLES, CheckResult, QualityReport, SourceCounts
from accord.station.records.reasons import sentences

_SHEET_NAME = 31  # characters that Excel allows
_FOUND = 2  # the column of the counts
_SEVERITIES = {"error": 0, "warning": 1, "notice": 2}


def write_quality(report: QualityReport, path: Path) -> None:
    """Write `report` to `path`, whole or not at all. Raises `MachineError`."""
    with whole_file(path) as draft, xlsxwriter.Workbook(str(draft)) as book:
        clerk = ClerkBook(book)
        _summary(clerk, report)
        _lines(clerk, report.sources)
        _rows(clerk, report)
        for result in report.checks:
            if result.count:
                _check(clerk, result)


def _summary(book: ClerkBook, report: QualityReport) -> None:
    sheet = book.sheet("Summary")
    about = f"District {report.district}, as of {report.as_of}, {report.data_status}."
    sheet.titles(
        f"Quality of the records of {report.name}",
        f"{about} Counts and line numbers only: no student is named.",
    )
    headings = (
        *("Check", "Severity", "Found", "Counted in", "CALPADS"),
        *("What", "When it matters", "Fix"),
    )
    sheet.headings(3, headings, (44, 10, 9, 15, 20, 48, 48, 48), numbers={_FOUND}, held=1)
    ordered = sorted(
        report.checks,
        key=lambda each: (not each.count, _SEVERITIES[each.check.severity], each.check.title),
    )
    for row, result in enumerate(ordered, start=4):
        check = result.check
        found = result.count if result.ran else None
        said = (", ".join(check.calpads), check.what, check.matters, check.fix)
        marked = {0} if result.count and check.severity == "error" else ()
        sheet.row(row, (check.title, check.severity, found, check.counts, *said), marked=marked)
        if not result.ran:
            sheet.aside(row, _FOUND, "no data")


def _lines(book: ClerkBook, sources: tuple[SourceCounts, ...]) -> None:
    sheet = book.sheet("Lines")
    headings = ("File", "Read", "Loaded", "Quarantined", "Set aside", "Reason", "Lines", "Fix")
    sheet.headings(0, headings, (36, 12, 12, 13, 12, 56, 12, 56), numbers={1, 2, 3, 4, 6}, held=1)
    row = 1
    for source in sorted(sources, key=lambda each: each.file):
        counted = source.lines
        totals: tuple[Cell, ...] = (
            *(source.file, counted.read, counted.loaded),
            *(counted.quarantined, counted.set_aside),
        )
        reasons: list[tuple[Cell, ...]] = []
        for reason in counted.reasons:
            what, fix = sentences(reason.reason)
            place = ", ".join(filter(None, (reason.table, reason.column)))
            reasons.append((f"{place}: {what}" if place else what, reason.lines, fix))
        if source.notes:
            reasons.append((" ".join(source.notes), None, None))
        for number, said in enumerate(reasons or [(None, None, None)]):
            sheet.row(row, (*(totals if number == 0 else (None,) * len(totals)), *said))
            row += 1


def _rows(book: ClerkBook, report: QualityReport) -> None:
    sheet = book.sheet("Rows")
    years = sorted({year for _, year in report.rows if year})
    tables = dict.fromkeys(table for table, _ in report.rows)
    widths = (28, 12, *[12] * len(years))
    sheet.headings(
        0, ("Table", "All", *years), widths, numbers=set(range(1, 2 + len(years))), held=1
    )
    for row, table in enumerate(tables, start=1):
        total = sum(count for (name, _), count in report.rows.items() if name == table)
        by_year = [report.rows.get((table, year), 0) for year in years]
        sheet.row(row, (table, total, *by_year))


def _check(book: ClerkBook, result: CheckResult) -> None:
    check = result.check
    sheet = book.sheet(check.id[:_SHEET_NAME])
    sheet.titles(check.title, check.what, check.matters, check.fix)
    years = sorted({tally.school_year for tally in result.tallies if tally.school_year})
    headings = (f"{check.counts} found".capitalize(), "All", *years)
    widths = (40, 12, *[12] * len(years))
    sheet.headings(5, headings, widths, numbers=set(range(1, len(headings))))
    counts: dict[str, dict[str, int]] = {}
    for tally in result.tallies:
        counts.setdefault(tally.detail, {})[tally.school_year] = tally.count
    row = 6
    for detail, by_year in counts.items():
        cells = [by_year.get(year, 0) for year in years]
        sheet.row(row, (detail or "all", sum(by_year.values()), *cells))
        row += 1
    sheet.row(row, ("Total", result.count))
    where = "Where" if len(result.examples) < EXAMPLES else f"Where (first {EXAMPLES})"
    sheet.heads_again(row + 2, (where, "Line"), numbers={1})
    for place, example in enumerate(result.examples, start=row + 3):
        sheet.row(place, example)
