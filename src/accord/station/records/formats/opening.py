"""Opening a recognised file: the readers that there are, told what the layout says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accord.base.canonical import content_hash, file_hash
from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.station.records.formats.model import Companion, FileFormat
from accord.station.records.formats.recognise import Recognised
from accord.station.records.formats.sourcing import make_macros, source_of_format
from accord.station.records.mapping import Format
from accord.station.records.readers import Opened
from accord.station.records.readers.archive import Member
from accord.station.records.readers.delimited import careful_reading, read_delimited
from accord.station.records.readers.excel import ENDINGS, read_excel
from accord.station.records.readers.fixed import read_fixed
from accord.station.records.readers.lookup import Lookup, with_lookups
from accord.station.records.readers.reading import Reading
from accord.station.records.readers.text import plain_text
from accord.station.records.sql import Connection


@dataclass(frozen=True)
class Found:
    """A file, or a file in a zip, and what it was taken for."""

    file: Path
    member: Member | None
    recognised: Recognised

    @property
    def name(self) -> str:
        return self.member.name if self.member else self.file.name


@dataclass(frozen=True)
class FormatOpening:
    """Opens a recognised file, with the one whose lines it refers to, if there is one."""

    found: Found
    companions: Sequence[Found] = ()

    def __call__(self, con: Connection, work: Path) -> Opened:
        make_macros(con)
        opened = _open(self.found, con, work)
        recognised = self.found.recognised
        if self.companions:
            opened = _joined(opened, recognised.format, self.companions, con, work)
        columns = opened.reading.columns
        source = source_of_format(recognised.format, columns, recognised.year)
        return replace(opened, reading=replace(opened.reading, derived=source.derived))


def _open(found: Found, con: Connection, work: Path) -> Opened:
    recognised = found.recognised
    file = found.member.take_out(work) if found.member else found.file
    columns = recognised.fit.columns
    if file.name.lower().endswith(ENDINGS):
        with machine_errors(file):
            source_hash = file_hash(file)
        identifiers = {recognised.format.student or ""}
        reading = read_excel(file, Format(), identifiers, work)
        return Opened(_renamed(reading, columns, found.file), source_hash, work)
    text = plain_text(file, "auto", work)
    if recognised.is_fixed:
        fields = [field for field in recognised.layout.fields if field.start is not None]
        places = [(field.start or 1, field.end or 1) for field in fields]
        length = recognised.layout.record_length or 0
        reading = read_fixed(text, length, places, columns, work)
        return Opened(reading, text.source_hash, work)
    form = (
        Format(delimiter=recognised.delimiter, trim=True)
        if recognised.fit.header
        else Format(delimiter=recognised.delimiter, header=False, columns=columns, trim=True)
    )
    reading = read_delimited(text, found.file, form, columns)
    return Opened(_renamed(reading, columns, found.file), text.source_hash, work, text)


def _renamed(reading: Reading, columns: Sequence[str], file: Path) -> Reading:
    """The columns under the layout's names. They are as many as were found at first."""
    if len(reading.columns) != len(columns):
        raise InputError.because(
            "The first line has another number of fields than when the file was recognised.",
            "Wait until the file is complete, then import it again.",
            file=file,
            line=1,
        )
    return replace(reading, columns=tuple(columns))


def _joined(
    opened: Opened, written: FileFormat, others: Sequence[Found], con: Connection, work: Path
) -> Opened:
    hashes, lookups = [opened.source_hash], []
    for companion, other in zip(written.companions, others, strict=True):
        folder = work / companion.format
        folder.mkdir()
        there = _open(other, con, folder)
        hashes.append(there.source_hash)
        lookups.append(lookup_of(companion, careful(there, con)))
    reading = with_lookups(con, careful(opened, con), lookups, work)
    return Opened(reading, content_hash(hashes), work)


def lookup_of(companion: Companion, reading: Reading | None) -> Lookup:
    """A companion as what the reader looks up; `reading` is nothing when it was not given."""
    return Lookup(
        companion.format, reading, companion.on, companion.take, must_exist=companion.must_exist
    )


def careful(opened: Opened, con: Connection) -> Reading:
    """A reading in which every line is certain to be one row."""
    if opened.text is None:
        return opened.reading
    if not opened.needs_care:
        rows = con.execute(f"SELECT count(*) FROM {opened.reading.relation}").fetchall()[0][0]
        if rows == opened.reading.rows:
            return opened.reading
    return careful_reading(opened.text, opened.reading, opened.work)
