"""Delimited text: commas, tabs, carets or any other single character, with or without a header.

The fast way lets DuckDB read the file as it lies; the importer then proves that nothing was lost,
by as many rows as physical lines. Any other outcome sends the file through the careful reader.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.station.records.mapping import Format
from accord.station.records.readers.careful import physical_lines, split_line, write_clean
from accord.station.records.readers.reading import BLANK, Reading
from accord.station.records.readers.text import PlainText

_CANDIDATES = (",", "\t", "^", ";", "|")
_NAMED = {"tab": "\t", "comma": ",", "caret": "^", "semicolon": ";", "pipe": "|"}


def read_delimited(text: PlainText, file: Path, form: Format, wanted: Collection[str]) -> Reading:
    """The header and the place of the rows. `wanted` are the columns that the mapping names.

    Raises `InputError` when there is no line to begin with.
    """
    with machine_errors(file):
        blanks, first = _first_line(text)
    if first is None:
        raise InputError.because(
            "The file holds only blank lines.", "Export it again.", file=file, line=1
        )
    delimiter = _NAMED.get(form.delimiter, form.delimiter)
    if delimiter == "auto":
        delimiter = _likely_delimiter(first, wanted, len(form.columns))
    fields = split_line(first, delimiter)
    if form.header and fields is None:
        raise InputError.because(
            "A quotation mark in the first line is not closed.",
            "Put the names of the columns on one line, each quotation mark closed.",
            file=file,
            line=blanks + 1,
        )
    skip = blanks + 1 if form.header else 0
    return Reading(
        path=text.path,
        original=text.path,
        delimiter=delimiter,
        newline=text.newline or "\n",
        skip=skip,
        first_line=skip + 1,
        rows=max(0, text.lines - text.blank_end - skip),
        columns=form.columns or tuple(name.strip() for name in fields or ()),
        lines=text.lines - form.header,
        refused=_blank_lines(text, skip),
        notes=text.notes,
    )


def may_be_read_fast(text: PlainText) -> bool:
    """Whether nothing known so far speaks against reading the file as it lies."""
    return bool(text.newline and not text.has_nulls and not text.is_damaged)


def careful_reading(text: PlainText, reading: Reading, work: Path) -> Reading:
    """The same reading over a clean copy in which every line is one row or one hole."""
    target = work / "clean.csv"
    with machine_errors(target):
        walk = write_clean(text, target, reading.delimiter, len(reading.columns), reading.skip)
    before = list(range(1, reading.skip))
    if before:
        walk.refused[BLANK] = before + walk.refused.get(BLANK, [])
    return replace(
        reading,
        path=target,
        newline="\n",
        skip=0,
        rows=text.lines - reading.skip,
        refused=walk.refused,
        joined=walk.joined,
    )


def _blank_lines(text: PlainText, skip: int) -> dict[str, list[int]]:
    """The blank lines before the header and at the end, which the fast way reads past."""
    last = max(skip, text.lines - text.blank_end)
    lines = [*range(1, skip), *range(last + 1, text.lines + 1)]
    return {BLANK: lines} if lines else {}


def _first_line(text: PlainText) -> tuple[int, str | None]:
    """How many blank lines come first, and the line after them."""
    for number, line in enumerate(physical_lines(text.path)):
        if line.strip():
            return number, line
    return text.lines, None


def _likely_delimiter(line: str, wanted: Collection[str], width: int) -> str:
    """The delimiter that finds most of the wanted columns (or the right number of them)."""

    def fit(delimiter: str) -> tuple[int, int]:
        names = [name.strip() for name in split_line(line, delimiter) or ()]
        matches = int(len(names) == width) if width else len(set(names) & set(wanted))
        return matches, len(names)

    return max(_CANDIDATES, key=fit)
