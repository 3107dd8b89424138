"""Excel workbooks: one sheet, its first row the header, its typed cells as plain text.

Excel stores numbers, not what was typed: an identifier kept as a number has lost its leading
zeros. That can't be undone here, so it is said.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TextIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.station.records.mapping import Format
from accord.station.records.readers.reading import BLANK, HOLE, Reading

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read_excel(file: Path, form: Format, identifiers: Collection[str], work: Path) -> Reading:
    """The rows of the sheet that the mapping names, or of the first.

    `identifiers` are the columns whose leading zeros matter. Raises `InputError` when the workbook
    or the sheet can't be opened.
    """
    sheet = _sheet(file, form.sheet)
    rows = sheet.to_python(skip_empty_area=False)
    first = next((number for number, row in enumerate(rows) if any(map(plain_cell, row))), None)
    if first is None:
        raise InputError.because("The sheet is empty.", "Check its name.", file=file)
    header = [plain_cell(cell).strip() for cell in rows[first]] if form.header else []
    columns = form.columns or tuple(header)
    body = first + 1 if form.header else 0
    target = work / "plain.csv"
    with machine_errors(target), target.open("w", encoding="utf-8", newline="") as copy:
        blanks = _write(rows[body:], len(columns), body + 1, copy)
    leading = list(range(1, first + 1)) if form.header else []
    return Reading(
        path=target,
        original=target,
        delimiter=",",
        newline="\n",
        skip=0,
        first_line=body + 1,
        rows=len(rows) - body,
        columns=columns,
        lines=len(rows) - form.header,
        refused={BLANK: leading + blanks} if leading or blanks else {},
        notes=_lost_zeros(rows[body:], columns, identifiers),
        has_typed_cells=True,
        original_first=body + 1,
    )


def first_rows(file: Path, count: int) -> list[list[str]]:
    """The first rows of the first sheet as text. Raises `InputError`."""
    rows = _sheet(file, None).to_python(skip_empty_area=False, nrows=count)
    return [[plain_cell(cell) for cell in row] for row in rows]


def _sheet(file: Path, name: str | None) -> CalamineSheet:
    with machine_errors(file):
        file.open("rb").close()
    try:
        workbook = CalamineWorkbook.from_path(str(file))
        names = workbook.sheet_names
        if names and (name is None or name in names):
            return workbook.get_sheet_by_name(name or names[0])
    except PasswordError:
        raise InputError.because(
            "The workbook is locked with a password.", "Save it without one.", file=file
        ) from None
    except (CalamineError, OSError, ValueError):
        raise InputError.because(
            "This is not an Excel workbook that can be read.",
            "Open it in Excel and save it again as .xlsx.",
            file=file,
        ) from None
    raise InputError.because(
        "The workbook has no sheet of the name that the mapping gives.",
        f"Use one of: {', '.join(names)}." if names else "Export it again.",
        file=file,
        field="format.sheet",
    )


def _write(rows: Sequence[Sequence[Any]], width: int, first: int, copy: TextIO) -> list[int]:
    """Write one line a row; the numbers of the blank ones, which become holes."""
    writer = csv.writer(copy, lineterminator="\n")
    blanks = []
    for number, row in enumerate(rows, start=first):
        cells = [" ".join(plain_cell(cell).split("\n")).replace("\r", " ") for cell in row[:width]]
        cells += [""] * (width - len(cells))
        if not any(cell.strip() for cell in cells):
            blanks.append(number)
            cells = [HOLE, *cells[1:]]
        writer.writerow(cells)
    return blanks


def plain_cell(cell: Any) -> str:
    """A cell as text: whole numbers without a point, dates in ISO form."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\0", " ")


def _lost_zeros(
    rows: Sequence[Sequence[Any]], columns: Sequence[str], identifiers: Collection[str]
) -> tuple[str, ...]:
    return tuple(
        f"Column “{name}” holds numbers, so leading zeros are lost if there were any: format it "
        "as text in Excel before typing or pasting."
        for index, name in enumerate(columns)
        if name in identifiers
        and any(isinstance(row[index], int | float) for row in rows if index < len(row))
    )
