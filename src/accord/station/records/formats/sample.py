"""The beginning of a file, looked at before anything is read: a few hundred lines, cut into cells.

Nothing of it is kept or shown; it only tells which format the file is in.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.station.records.readers.careful import split_line
from accord.station.records.readers.excel import ENDINGS, first_rows

DELIMITERS = {",": "commas", "^": "carets", "\t": "tabs", "|": "bars", ";": "semicolons"}
LINES = 200
_BYTES = 4_000_000


@dataclass(frozen=True)
class Sample:
    """The first lines of a file that are not blank, each with its number.

    A workbook's rows are cut into cells already; the lines of a text are cut with `cells`.
    """

    file: Path
    numbers: tuple[int, ...]
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_workbook(self) -> bool:
        return bool(self.rows)

    def cells(self, delimiter: str) -> list[tuple[str, ...]]:
        """The lines cut into cells, without spaces around them."""
        if self.rows:
            return list(self.rows)
        return [
            tuple(cell.strip() for cell in split_line(line, delimiter) or (line,))
            for line in self.lines
        ]


def take_sample(file: Path) -> Sample:
    """The beginning of a text (compressed or not) or workbook. Raises `InputError`."""
    if file.name.lower().endswith(ENDINGS):
        return _sample_of_rows(file, first_rows(file, LINES))
    with machine_errors(file):
        head = _head(file)
    return sample_of_bytes(file, head)


def sample_of_bytes(file: Path, head: bytes) -> Sample:
    """The first lines of what begins with `head`."""
    text = _decoded(head)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(head) >= _BYTES:
        lines = lines[:-1]
    kept = [(n, line) for n, line in enumerate(lines, start=1) if line.strip()][:LINES]
    if not kept:
        raise InputError.because(
            "The file is empty, or its first lines are all blank.",
            "Export it again.",
            file=file,
        )
    return Sample(file, tuple(n for n, _ in kept), lines=tuple(line for _, line in kept))


def beginning(read: Callable[[int], bytes]) -> bytes:
    """As much as a sample wants of what `read` gives."""
    return read(_BYTES)


def _sample_of_rows(file: Path, rows: Sequence[Sequence[str]]) -> Sample:
    kept = [
        (number, tuple(cell.strip() for cell in row))
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    ]
    if not kept:
        raise InputError.because("The sheet is empty.", "Export it again.", file=file)
    return Sample(file, tuple(n for n, _ in kept), rows=tuple(row for _, row in kept))


def _head(file: Path) -> bytes:
    if not file.name.lower().endswith(".gz"):
        with file.open("rb") as stream:
            return beginning(stream.read)
    try:
        with gzip.open(file) as packed:
            return beginning(packed.read)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError.because(
            "The compressed file is damaged or cut short.", "Copy or export it again.", file=file
        ) from None


def _decoded(head: bytes) -> str:
    """As text, whatever the encoding; the import itself is strict about it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:  # a character cut in two at the end of the sample
            return head[: error.start].decode("utf-8-sig")
        return head.decode("cp1252", "replace")
