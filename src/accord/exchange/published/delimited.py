"""The lines of a download: tab, comma, caret or upright stroke; UTF-8 or Windows-1252; gzip or not.

The delimiter is the one that the header holds most of. A line whose number of fields is not the
header's is not repaired: it is a fault with its line.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accord.base.errors import InputError, Problem
from accord.base.files import machine_errors

DELIMITERS = ",\t^|"
LARGEST = 400_000_000


@dataclass(frozen=True)
class Lines:
    """A file's header and its text; `rows` walks over what follows the header."""

    file: str
    header: tuple[str, ...]
    delimiter: str
    text: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line it begins on, blank lines left out. Raises `InputError`."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        line = 1
        try:
            for row in reader:
                if line > 1 and any(row):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error:
            raise _not_delimited(self.file, line) from None


def read_delimited(path: Path) -> Lines:
    """Open a delimited file with a header row. Raises `InputError`, `MachineError`."""
    text = _text(_content(path), str(path))
    first = text.split("\n", 1)[0].strip("\r")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        header = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        raise _not_delimited(str(path), 1) from None
    names = tuple(name.strip() for name in header)
    if len(names) < 2:
        raise InputError(
            Problem(
                "This file has no header row of columns.",
                "Use the text or CSV download with its header row; save a workbook as CSV first.",
                file=str(path),
                line=1,
            )
        )
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise InputError(
            Problem(
                "Two columns have the same name.",
                "Keep one, or give each its own name.",
                file=str(path),
                line=1,
                field=twice[0],
            )
        )
    return Lines(str(path), names, delimiter, text)


def _content(path: Path) -> bytes:
    with machine_errors(path):
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    if not data:
        raise InputError.because(
            "This file is empty, or larger than any download.",
            "Download it again, or cut it to the districts you need.",
            file=path,
        )
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            opened = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise InputError.because(
            "This file is packed (gzip), and its content is damaged.",
            "Download it again.",
            file=path,
        ) from None
    if len(opened) > LARGEST:
        raise InputError.because(
            "This file opens to more than any download holds.",
            "Cut it to the districts you need.",
            file=path,
        )
    return opened


def _text(data: bytes, file: str) -> str:
    if b"\0" in data[:4096]:
        raise InputError.because(
            "This is not a text file.",
            "Save the workbook as CSV, or use the text download.",
            file=file,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _not_delimited(file: str, line: int) -> InputError:
    return InputError(
        Problem(
            "From this line on, the file can't be read as delimited text.",
            "Look for a quotation mark that is never closed, and download the file again.",
            file=file,
            line=line,
        )
    )
