"""The careful reading of a delimited file that is not one clean record a line.

DuckDB reads clean files fast but lets one unterminated quotation mark swallow thousands of lines
without a word. So when the rows it finds are not the lines that were counted, this module walks
the lines. It writes a clean copy in which every physical line keeps its place: a record spread
over several lines is put on its first, and every line that is no record leaves a hole and a
reason.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TextIO

from accord.station.records.readers.reading import BLANK, HOLE
from accord.station.records.readers.text import REPLACEMENT, PlainText

_CHUNK = 1 << 20
_BLOCK = 256  # lines; small, since one fault sends its whole block the slow way
_LONGEST_RECORD = 100  # lines; a field with more line breaks is taken for an unclosed quote
_LONGEST_LINE = 1_000_000  # characters


@dataclass
class Walk:
    """The lines that are no records, by reason, and each further line of a record that spans
    several, with the record's first."""

    refused: dict[str, list[int]] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)


def physical_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file without their ends, a byte-order mark passed over."""
    return chain.from_iterable(_line_lists(path))


def _line_lists(path: Path) -> Iterator[list[str]]:
    """The same, a list for each chunk of the file: a list is split far faster than a line."""
    pieces: list[bytes] = []
    mark = "\ufeff"
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            whole, newline, rest = chunk.rpartition(b"\n")
            if not newline:
                pieces.append(rest)
                continue
            text = b"".join([*pieces, whole]).decode("utf-8", "replace").removeprefix(mark)
            pieces, mark = [rest], ""
            lines = text.split("\n")
            yield [line.removesuffix("\r") for line in lines] if "\r" in text else lines
    if last := b"".join(pieces).decode("utf-8", "replace").removeprefix(mark):
        yield [last.removesuffix("\r")]


def split_line(line: str, delimiter: str) -> list[str] | None:
    """The fields of one line, or nothing when its quotation marks make no sense."""
    if '"' not in line and "\r" not in line:
        return line.split(delimiter)
    try:
        rows = list(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if rows else []


def write_clean(source: PlainText, target: Path, delimiter: str, width: int, skip: int) -> Walk:
    """Write the clean copy of `source`: `width` fields a line, the first `skip` lines dropped."""
    csv.field_size_limit(_LONGEST_LINE)
    lines = islice(physical_lines(source.path), skip, None)
    unreadable = REPLACEMENT if source.is_damaged else "\0"
    with target.open("w", encoding="utf-8", newline="") as copy:
        walker = _Walker(
            lines, copy, delimiter=delimiter, width=width, first=skip + 1, unreadable=unreadable
        )
        return walker.walk()


class _Walker:
    """Goes through the lines a block at a time; only a block with a fault is read line by line."""

    def __init__(
        self,
        lines: Iterator[str],
        copy: TextIO,
        *,
        delimiter: str,
        width: int,
        first: int,
        unreadable: str,
    ) -> None:
        self.lines = lines
        self.copy = copy
        self.delimiter = delimiter
        self.width = width
        self.unreadable = unreadable
        self.number = first  # of the first line in `waiting`
        self.waiting: list[str] = []
        self.found = Walk()
        self.writer = csv.writer(copy, delimiter=delimiter, lineterminator="\n")
        self.hole = HOLE + delimiter * (width - 1) + "\n"

    def walk(self) -> Walk:
        while self._fill(_BLOCK):
            if not self._take_whole_block():
                end = self.number + len(self.waiting)
                while self.waiting and self.number < end:
                    self._take_record()
        return self.found

    def _fill(self, count: int) -> bool:
        self.waiting.extend(islice(self.lines, max(0, count - len(self.waiting))))
        return bool(self.waiting)

    def _drop(self, count: int) -> None:
        del self.waiting[:count]
        self.number += count

    def _take_whole_block(self) -> bool:
        """Pass on a block in which every line is a record; otherwise touch nothing."""
        block = self.waiting
        text = "\n".join(block)
        if any(mark in text for mark in ("\0", "\r", self.unreadable, HOLE)):
            return False
        if len(text) > _LONGEST_LINE:
            return False
        if '"' not in text:
            if "" in block:
                return False
            delimiters = set(map(str.count, block, repeat(self.delimiter)))
            if delimiters != {self.width - 1}:
                return False
            self.copy.write(text + "\n")
        else:
            try:
                rows = list(csv.reader(block, delimiter=self.delimiter, strict=True))
            except csv.Error:
                return False
            if len(rows) != len(block) or set(map(len, rows)) != {self.width}:
                return False
            self.writer.writerows(rows)
        self._drop(len(block))
        return True

    def _take_record(self) -> None:
        line = self.waiting[0]
        if not line.strip():
            self._refuse(BLANK)
        elif "\0" in line:
            self._refuse("null-characters")
        elif self.unreadable in line:
            self._refuse("unreadable-characters")
        elif len(line) > _LONGEST_LINE:
            self._refuse("line-too-long")
        else:
            fields = split_line(line, self.delimiter)
            if fields is None:
                self._take_spread_record()
            elif len(fields) >= self.width and not any(fields[self.width :]):
                self._write(fields[: self.width])
                self._drop(1)
            else:
                self._refuse("wrong-number-of-fields")

    def _take_spread_record(self) -> None:
        """A record over several lines, or an unclosed quotation mark: decide, never swallow."""
        for length in range(2, _LONGEST_RECORD + 1):
            self._fill(length)
            if len(self.waiting) < length:
                break
            last = self.waiting[length - 1]
            if last.count('"') % 2 == 0:
                if len(split_line(last, self.delimiter) or ()) == self.width > 1:
                    break  # a whole record of its own: the quote before it was never closed
                continue
            fields = _joined(self.waiting[:length], self.delimiter)
            if fields is None or len(fields) != self.width or "\0" in "".join(fields):
                break
            self._write(fields)
            for further in range(self.number + 1, self.number + length):
                self.found.joined[further] = self.number
                self.copy.write(self.hole)
            self._drop(length)
            return
        self._refuse("broken-quotes")

    def _write(self, fields: list[str]) -> None:
        flat = [" ".join(field.split("\n")).replace("\r", " ") for field in fields]
        if flat[0] == HOLE:
            flat[0] = ""
        self.writer.writerow(flat)

    def _refuse(self, reason: str) -> None:
        self.found.refused.setdefault(reason, []).append(self.number)
        self.copy.write(self.hole)
        self._drop(1)


def _joined(lines: list[str], delimiter: str) -> list[str] | None:
    if sum(map(len, lines)) > _LONGEST_LINE:
        return None
    text = io.StringIO("\n".join(lines), newline="")
    try:
        rows = list(csv.reader(text, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
