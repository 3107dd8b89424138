"""Writing extracts to files, the district's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import xlsxwriter

from accord.station.synth import mess
from accord.station.synth.draws import Dates
from accord.station.synth.layout import ColumnLayout, FileLayout, Layout
from accord.station.synth.profile import Setting
from accord.station.synth.words import BLANK, Column, Table, Words

_ROWS_AT_ONCE = 500_000
_BYTE_ORDER_MARK = "\ufeff"
_HEADER_LINES = 1


@dataclass(frozen=True)
class Written:
    """A file that was written: its good lines, and the numbers of planted ones by kind."""

    file: str
    rows: int
    planted: dict[str, list[int]] = field(default_factory=dict)


class Exporter:
    """Writes one district's files into `folder`."""

    def __init__(self, folder: Path, layout: Layout, setting: Setting) -> None:
        self.folder, self.layout, self.setting = folder, layout, setting

    def write(self, file: FileLayout, table: Table, year: str = "") -> Written:
        """Write one file; `year` fills the name of a yearly one."""
        name = file.file.format(year=year)
        shown = {
            header: _as_text(table[column.field], column) for header, column in file.columns.items()
        }
        if name.endswith(".xlsx"):
            return _workbook(self.folder / name, shown)
        return self._delimited(file, name, shown)

    def _delimited(self, file: FileLayout, name: str, shown: dict[str, Words]) -> Written:
        rows = len(next(iter(shown.values())))
        shares = self.setting.profile.mess.lines.get(file.extract, {})
        faults = mess.plan(rows, shares, self.setting.stream("mess", name))
        options = pyarrow.csv.WriteOptions(
            include_header=False, delimiter=self.layout.delimiter, quoting_style="none"
        )
        with (self.folder / name).open("wb") as stream:
            mark = _BYTE_ORDER_MARK if file.byte_order_mark else ""
            stream.write(f"{mark}{self.layout.delimiter.join(shown)}\n".encode())
            for first in range(0, rows, _ROWS_AT_ONCE):
                piece = slice(first, first + _ROWS_AT_ONCE)
                lines = BytesIO()
                pyarrow.csv.write_csv(_arrow(shown, piece), lines, options)
                here = [fault for fault in faults if piece.start <= fault.row < piece.stop]
                whole = lines.getvalue()
                stream.write(mess.plant(whole, first, here, file, self.layout.delimiter))
        return Written(name, rows, _line_numbers(faults))


def _line_numbers(faults: Sequence[mess.Fault]) -> dict[str, list[int]]:
    """Each planted line's number in the file, the header being line 1."""
    found: dict[str, list[int]] = {}
    before = 0
    for fault in faults:
        good = _HEADER_LINES + fault.row + 1 + before
        count = mess.lines_of(fault.kind)
        found.setdefault(fault.kind, []).extend(range(good + 1, good + 1 + count))
        before += count
    return dict(sorted(found.items()))


def _as_text(column: Column, written: ColumnLayout) -> Words:
    if not isinstance(column, Words):
        return _dates(column, written.date)
    if written.year:
        form = written.year
        years = (form.format(start=word[:4], end=int(word[:4]) + 1) for word in column.words)
        return Words(column.position, tuple(years))
    if written.codes:
        return Words(column.position, [written.codes.get(word, word) for word in column.words])
    return column


def _dates(days: Dates, form: str) -> Words:
    distinct, position = np.unique(days, return_inverse=True)
    blank = np.isnat(distinct)
    texts = [day.strftime(form) for day in distinct[~blank].tolist()]
    return Words(np.where(blank[position], BLANK, position), texts)


def _arrow(shown: dict[str, Words], piece: slice) -> pa.Table:
    columns = {}
    for name, text in shown.items():
        position = text.position[piece].astype(np.int32)
        places = pa.array(position, mask=position == BLANK)
        columns[name] = pa.array(text.words, pa.string()).take(places)
    return pa.table(columns)


def _workbook(path: Path, shown: dict[str, Words]) -> Written:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2025, 7, 1)})  # the same bytes on every run
    sheet = book.add_worksheet("Sites")
    rows = 0
    for column, (header, text) in enumerate(shown.items()):
        sheet.write_string(0, column, header)
        for row, position in enumerate(text.position, start=1):
            if position != BLANK:
                sheet.write_string(row, column, text.words[position])
        rows = len(text)
    book.close()
    return Written(path.name, rows)
