"""From sets of files to intakes: one for every part that fills a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.station.records.formats.asked import Asked, as_of_day
from accord.station.records.formats.edfi import edfi_set
from accord.station.records.formats.model import FileFormat, Layout
from accord.station.records.formats.oneroster import oneroster_set
from accord.station.records.formats.parts import FileSet, Part, PartOpener, part_columns
from accord.station.records.formats.sets import Kind
from accord.station.records.formats.sourcing import columns_missing, source_of_format
from accord.station.records.intake import Intake


def read_set(kind: Kind, paths: Sequence[Path], year: SchoolYear | None) -> FileSet:
    """The files of a set together. Raises `InputError`, `MachineError`."""
    return oneroster_set(paths, year) if kind == "oneroster" else edfi_set(paths, year)


@dataclass(frozen=True)
class SetParts:
    """A set and those of its parts that are read, each with its format and layout."""

    files: FileSet
    read: tuple[tuple[FileFormat, Layout, Part], ...]


def parts_of_set(kind: Kind, found: FileSet, formats: Sequence[FileFormat]) -> SetParts:
    """What of a set is read. Raises `InputError` where a field is missing or nothing can be read
    at all."""
    read = []
    for written in formats:
        part = found.parts.get(written.part or "") if written.set_of == kind else None
        if part is None:
            continue
        layout = written.layouts[0]
        columns = part_columns(part.columns, layout)
        missing = {*written.telling, *columns_missing(written, columns)} - set(columns)
        if missing:
            raise InputError.because(
                f"{part.label} lacks columns that are read: {', '.join(sorted(missing))}.",
                "Export the set again, or correct the layout: "
                f"accord layouts copy STATION {written.format}.",
                file=found.files[0],
                line=1,
            )
        read.append((written, layout, part))
    if not any(written.tables for written, _, _ in read):
        raise InputError.because(
            "The set holds no file that fills a table.", "Export it whole.", file=found.files[0]
        )
    return SetParts(found, tuple(read))


def set_intakes(parts: SetParts, asked: Asked) -> list[Intake]:
    """The intakes of a set. Raises `InputError`."""
    found = parts.files
    layouts = {part.name: layout for _, layout, part in parts.read}
    as_of, said = as_of_day(found.year, asked, found.files[0])
    intakes = []
    for written, layout, part in parts.read:
        if not written.tables:
            continue
        opener = PartOpener(written, part, found.parts, layouts, found.year, found.first_day)
        columns = part_columns(part.columns, layout)
        source = source_of_format(written, columns, found.year, found.first_day)
        hashes = [each.hash for each in layouts.values()]
        intakes.append(
            Intake(
                file=found.files[0].parent / part.label,
                source=source.source,
                slot=f"{written.format}/{found.year}",
                as_of=as_of,
                data_status=asked.data_status,
                open=opener,
                watched=tuple(file for file in found.files if file.is_file()) or found.files,
                notes=(*found.why, said),
                basis=f"{sorted(hashes)} {sorted(written.derive.items())}",
            )
        )
    return intakes
