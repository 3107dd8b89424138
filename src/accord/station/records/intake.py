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
from accord.station.records.mapping import ImportMapping, SourceMapping
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
    watched: tuple[Path, ...] | None = None
    notes: tuple[str, ...] = ()
    basis: str = ""
    year: str | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that is read."""
        return (self.file,) if self.watched is None else self.watched


def mapped_intakes(
    station: Station, mapping_path: Path, files: Sequence[Path]
) -> tuple[Intake, ...]:
    """The intakes of `files` through a mapping or, where none is given, of the views that the
    mapping reads from a database. Raises `InputError`, `MachineError`."""
    mapping, written = read_mapping(mapping_path)
    if mapping.district not in (None, station.district):
        what = "The mapping is for another district than this station."
        remedy = "Use this district's mapping, or leave “district” out of one that all can use."
        raise InputError(written.problem(("district",), what, remedy))
    intakes = [] if files else _views(mapping, written, station)
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


def _views(mapping: ImportMapping, written: Source, station: Station) -> list[Intake]:
    """An intake for every source that is a view of a database."""
    intakes = []
    for index in range(len(mapping.sources)):
        source = mapping.source_for(station.district, index)
        if source.database is not None:
            view = Path(source.database.view)
            intakes.append(
                Intake(
                    file=view,
                    source=source,
                    slot=f"{source.name}/{source.database.view.lower()}",
                    as_of=mapping.as_of,
                    data_status=mapping.data_status,
                    open=_ViewOpening(source, index, view, written),
                    watched=(),
                )
            )
    return intakes


@dataclass(frozen=True)
class _ViewOpening:
    """Reads a view of a database and checks that the columns a mapping names are there."""

    source: SourceMapping
    index: int
    view: Path
    written: Source

    def __call__(self, con: Connection, work: Path) -> Opened:
        # SQLAlchemy is half of what every verb of a station would take to start.
        from accord.station.records.readers.database import read_database  # noqa: PLC0415

        assert self.source.database is not None
        reading, source_hash = read_database(self.source.database, work)
        check_columns(self.source, self.index, reading.columns, self.view, self.written)
        return Opened(reading, source_hash, work)


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
