"""What an upload looks like: the words of a file, as far as they can be read.

Whoever picks the wrong file sends a list of students. They must learn at once that it was one.
Pictures are not read, nor are pages of a PDF that are pictures.
"""

from __future__ import annotations

import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from python_calamine import CalamineError, CalamineWorkbook

from accord.workspace.screening.signs import Sign, signs_in

_ENOUGH = 200_000
"""Characters that are looked through: a list shows what it is in its first rows."""
_PAGES = 50
_LARGEST_PART = 20_000_000
"""Bytes of a part of an Office file; what unpacks to more is not read."""
_WRITTEN = re.compile(
    r"(word/(document|comments|footnotes|header\d*)|ppt/(slides|notesSlides)/.*)\.xml"
)
_PARAGRAPH_ENDS = re.compile(r"</[aw]:p>|<w:tab/>|<w:br/>")
_TAG = re.compile(r"<[^>]*>")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings repeat parts of a file


def signs_in_file(path: Path) -> tuple[Sign, ...]:
    """The signs that a file shows; none where it can't be read."""
    return signs_in(text_of_file(path))


def text_of_file(path: Path) -> str:
    """The first words of a text, a table, a workbook, a document, slides or a PDF.

    Empty where there are none that can be read.
    """
    with path.open("rb") as file:
        beginning = file.read(_ENOUGH)
    if zipfile.is_zipfile(path):
        words = _office(path)
    elif beginning.startswith(b"%PDF-"):
        words = _pdf(path)
    else:
        return beginning.decode("utf-8", errors="replace")
    return "\n".join(_up_to(_ENOUGH, words))


def _up_to(most: int, words: Iterator[str]) -> Iterator[str]:
    for text in words:
        yield text[:most]
        most -= len(text)
        if most <= 0:
            return


def _pdf(path: Path) -> Iterator[str]:
    try:
        for page in islice(PdfReader(path).pages, _PAGES):
            yield page.extract_text()
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return  # a damaged file; what was read of it so far counts


def _office(path: Path) -> Iterator[str]:
    try:
        with zipfile.ZipFile(path) as inside:
            for part in inside.infolist():
                if _WRITTEN.fullmatch(part.filename) and part.file_size <= _LARGEST_PART:
                    with inside.open(part) as stream:
                        marked = stream.read(_LARGEST_PART).decode("utf-8", errors="replace")
                    yield _TAG.sub("", _PARAGRAPH_ENDS.sub("\n", marked))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return
    yield from _workbook(path)


def _workbook(path: Path) -> Iterator[str]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).to_python():
                yield " ".join(_shown(cell) for cell in row)
    except CalamineError:
        return


def _shown(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
