"""One file about to be imported: the source that takes it, its slot, and how it is opened.

An intake comes from a mapping that a district wrote, or from a format that accord recognised; from
here on there is one path for both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accord.base.documents import Source
from accord.base.errors import InputError
from accord.station.records.columns import (
    check_columns,
    columns_used,
    identifier_columns,
    source_of,
)
from accord.station.records.mapping import SourceMapping
from accord.station.records.mapping_checks import read_mapping
from accord.station.records.readers import Opened, open_file
from accord.station.records.sql import Connection
from accord.station.station import Station

Opening = Callable[[Connection, Path], Opened]


@dataclass(frozen=True)
class Intake:
    """A file and what is needed to make its snapshot.

    `open` gets a connection and a folder for what is made on the way. `watched` are the files on
    the disk that must not change meanwhile. `notes` go into the snapshot's manifest: what the file
    was taken for, say. `basis` is what else decides what the records are, besides the source (a
    layout's hash). `year` is the school year that every line should be of.
    """

    file: Path
    source: SourceMapping
    slot: str
    as_of: date
    data_status: str
    open: Opening
    watched: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    basis: str = ""
    year: str | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that is read."""
        return self.watched or (self.file,)


def mapped_intakes(
    station: Station, mapping_path: Path, files: Sequence[Path]
) -> tuple[Intake, ...]:
    """The intakes of `files` through a mapping. Raises `InputError`, `MachineError`."""
    mapping, written = read_mapping(mapping_path)
    if mapping.district not in (None, station.district):
        what = "The mapping is for another district than this station."
        remedy = "Use this district's mapping, or leave “district” out of one that all can use."
        raise InputError(written.problem(("district",), what, remedy))
    intakes = []
    for file in files:
        index = source_of(mapping, file, written)
        source = mapping.source_for(station.district, index)
        intakes.append(
            Intake(
                file=file,
                source=source,
                slot=source.slot(file),
                as_of=mapping.as_of,
                data_status=mapping.data_status,
                open=_MappedOpening(source, index, file, written),
            )
        )
    return tuple(intakes)


@dataclass(frozen=True)
class _MappedOpening:
    """Opens a file as a mapping says and checks that the columns it names are there."""

    source: SourceMapping
    index: int
    file: Path
    written: Source

    def __call__(self, con: Connection, work: Path) -> Opened:
        opened = open_file(
            self.file,
            self.source.format,
            wanted=columns_used(self.source),
            identifiers=identifier_columns(self.source),
            con=con,
            work=work,
        )
        columns = opened.reading.all_columns
        check_columns(self.source, self.index, columns, self.file, self.written)
        return opened
