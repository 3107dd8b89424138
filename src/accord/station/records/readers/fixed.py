"""Fixed-width records: each field from one column to another, filled up with spaces.

The fields that are wanted are written as one plain line a record, so that everything after is the
same as for any other file. A line of another length is no record: an editor that cut its last
spaces, or a transfer that lost a sign, has moved its fields.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from accord.base.files import machine_errors
from accord.station.records.readers.careful import physical_lines
from accord.station.records.readers.reading import BLANK, HOLE, Reading
from accord.station.records.readers.text import PlainText

_Place = tuple[int, int]


def read_fixed(
    text: PlainText, length: int, places: Sequence[_Place], columns: Sequence[str], work: Path
) -> Reading:
    """The fields at `places` (first and last column, from 1), called `columns`, of every record
    of `length` signs. Raises `MachineError`."""
    target = work / "fixed.csv"
    refused: dict[str, list[int]] = {}
    hole = [HOLE, *[""] * (len(places) - 1)]
    with machine_errors(target), target.open("w", encoding="utf-8", newline="") as copy:
        writer = csv.writer(copy, lineterminator="\n")
        for number, line in enumerate(physical_lines(text.path), start=1):
            reason = _reason(line, length)
            if reason:
                refused.setdefault(reason, []).append(number)
                writer.writerow(hole)
            else:
                writer.writerow([line[first - 1 : last].strip() for first, last in places])
    return Reading(
        path=target,
        original=text.path,
        delimiter=",",
        newline="\n",
        skip=0,
        first_line=1,
        rows=text.lines,
        columns=tuple(columns),
        lines=text.lines,
        refused=refused,
        notes=text.notes,
    )


def _reason(line: str, length: int) -> str:
    """Why a line is no record, or nothing."""
    if not line.strip():
        return BLANK
    if "\0" in line:
        return "null-characters"
    return "" if len(line) == length else "wrong-record-length"
