"""The readers, one a format, chosen by a file's name. All hand over the same `Reading`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from accord.base.canonical import file_hash
from accord.base.files import machine_errors
from accord.station.records.mapping import Format
from accord.station.records.readers.delimited import (
    careful_reading,
    may_be_read_fast,
    read_delimited,
)
from accord.station.records.readers.excel import ENDINGS, read_excel
from accord.station.records.readers.parquet import read_parquet
from accord.station.records.readers.reading import Reading
from accord.station.records.readers.text import PlainText, plain_text
from accord.station.records.sql import Connection

__all__ = ["Opened", "Reading", "open_file"]


@dataclass(frozen=True)
class Opened:
    """A file that has been opened. `reading` may still prove to have lost lines."""

    reading: Reading
    source_hash: str
    work: Path
    text: PlainText | None = None

    def carefully(self) -> Reading:
        """The reading that can't lose a line. What a reader wrote itself has one row a line."""
        if self.text is None:
            return self.reading
        return careful_reading(self.text, self.reading, self.work)

    @property
    def needs_care(self) -> bool:
        """Whether to read carefully at once."""
        return self.text is not None and not may_be_read_fast(self.text)


def open_file(
    file: Path,
    form: Format,
    *,
    wanted: Collection[str],
    identifiers: Collection[str],
    con: Connection,
    work: Path,
) -> Opened:
    """Open `file` by its name's ending. `wanted` are the mapping's columns, `identifiers` those of
    them whose leading zeros matter. Raises `InputError`, `MachineError`."""
    name = file.name.lower()
    if name.endswith((*ENDINGS, ".parquet")):
        with machine_errors(file):
            source_hash = file_hash(file)
        reading = (
            read_parquet(file, con, work)
            if name.endswith(".parquet")
            else read_excel(file, form, identifiers, work)
        )
        return Opened(reading, source_hash, work)
    text = plain_text(file, form.encoding, work)
    return Opened(read_delimited(text, file, form, wanted), text.source_hash, work, text)
