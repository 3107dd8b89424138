"""What an upload looks like: a file that was refused is looked into before it is thrown away.

A clerk who picks the wrong file sends a list of students. They must learn at once that it was one,
and that nothing of it was kept.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from accord.workspace.screening.signs import Sign, signs_in

_ENOUGH = 200_000
"""Characters that are looked through: a list shows what it is in its first rows."""


def signs_in_file(path: Path) -> tuple[Sign, ...]:
    """The signs that a text file, a table or a workbook shows; none where it can't be read."""
    return signs_in(_text_of(path))


def _text_of(path: Path) -> str:
    if zipfile.is_zipfile(path):
        return _workbook_text(path)
    with path.open("rb") as file:
        return file.read(_ENOUGH).decode("utf-8", errors="replace")


def _workbook_text(path: Path) -> str:
    try:
        book = CalamineWorkbook.from_path(str(path))
        rows = [
            row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
        ]
    except CalamineError:
        return ""
    return "\n".join(" ".join(_shown(cell) for cell in row) for row in rows)[:_ENOUGH]


def _shown(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
