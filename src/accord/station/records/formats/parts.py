"""The files of a set, each under the name of its part, and how a set is read.

A part is opened with the other parts that its lines refer to. Every part that fills a table is an
intake of its own, with its own lines accounted for; the others are only looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from accord.base.canonical import content_hash
from accord.base.periods import SchoolYear
from accord.station.records.formats.model import FileFormat, Layout
from accord.station.records.formats.opening import careful, lookup_of
from accord.station.records.formats.sourcing import make_macros, source_of_format
from accord.station.records.readers import Opened
from accord.station.records.readers.lookup import with_last_of, with_lookups
from accord.station.records.sql import Connection

PartOpening = Callable[[Connection, Path], Opened]


@dataclass(frozen=True)
class Part:
    """One file of a set, or several of one name stacked: a bulk export and what changes it.

    `columns` are those of its header. `open` gives its lines under these names.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    open: PartOpening
    is_stacked: bool = False


@dataclass(frozen=True)
class FileSet:
    """The parts of a set, of one school year that began on `first_day`."""

    files: tuple[Path, ...]
    parts: Mapping[str, Part]
    year: SchoolYear
    first_day: date | None
    why: tuple[str, ...]


@dataclass(frozen=True)
class PartOpener:
    """Opens a part with what it refers to in the other parts."""

    written: FileFormat
    part: Part
    parts: Mapping[str, Part]
    layouts: Mapping[str, Layout]
    year: SchoolYear
    first_day: date | None

    def __call__(self, con: Connection, work: Path) -> Opened:
        make_macros(con)
        opened = self._named(self.part, con, work)
        reading, hashes, lookups = careful(opened, con), [opened.source_hash], []
        if self.part.is_stacked:
            reading = with_last_of(con, reading, "sourcedId", "(last)", work)
        for companion in self.written.companions:
            there = self.parts.get(_part_of(companion.format))
            if there is None:
                lookups.append(lookup_of(companion, None))
                continue
            other = self._named(there, con, work)
            hashes.append(other.source_hash)
            lookups.append(lookup_of(companion, careful(other, con)))
        reading = with_lookups(con, reading, lookups, work)
        source = source_of_format(self.written, reading.columns, self.year, self.first_day)
        reading = replace(reading, derived=source.derived)
        return Opened(reading, content_hash(hashes), work)

    def _named(self, part: Part, con: Connection, work: Path) -> Opened:
        """A part's lines, its columns under the names that its layout gives them."""
        folder = work / part.name
        folder.mkdir(exist_ok=True)
        opened = part.open(con, folder)
        layout = self.layouts.get(part.name)
        columns = part_columns(opened.reading.columns, layout)
        return replace(opened, reading=replace(opened.reading, columns=columns))


def part_columns(header: Sequence[str], layout: Layout | None) -> tuple[str, ...]:
    """The columns of a part under its layout's names; a name that comes again gets a number."""
    named: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = (layout.named(cell) if layout else None) or cell
        named.append(name if name and name not in named else f"column {place}")
    return tuple(named)


def _part_of(name: str) -> str:
    return name.partition("-")[2]
