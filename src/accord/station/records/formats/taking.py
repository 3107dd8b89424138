"""From files that a user gives to intakes: recognised one by one, or refused with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.station.records.formats.asked import Asked, as_of_day
from accord.station.records.formats.confirming import is_confirmed, require_confirmed
from accord.station.records.formats.looks import FieldLook, field_looks
from accord.station.records.formats.model import FileFormat
from accord.station.records.formats.opening import FormatOpening, Found
from accord.station.records.formats.recognise import Wanted, recognise
from accord.station.records.formats.sample import Sample, beginning, sample_of_bytes, take_sample
from accord.station.records.formats.set_taking import (
    parts_of_set,
    read_set,
    set_intakes,
)
from accord.station.records.formats.sets import Kind, kind_of_set
from accord.station.records.formats.shipped import formats_of
from accord.station.records.formats.sourcing import source_of_format
from accord.station.records.intake import Intake
from accord.station.records.readers.archive import Member, members
from accord.station.station import Station

_PREFIX = re.compile(r"\d{14}(?!\d)")
_ZIP = ".zip"


@dataclass(frozen=True)
class Taken:
    """What a file is taken for: format, layout and school year, and why.

    `looks` says of each field that would be read what its cells look like, never what they hold.
    """

    name: str
    format: str
    layout: str
    year: str
    why: tuple[str, ...]
    is_confirmed: bool
    looks: tuple[FieldLook, ...]


def look(station: Station, files: Sequence[Path], asked: Asked) -> tuple[Taken, ...]:
    """What every file would be taken for. Raises `InputError` for one that can't be told."""
    formats = formats_of(station)
    sets, alone = _sorted(files)
    founds = [found for file in alone for found in _found(file, formats, asked.wanted)]
    taken = [_taken(station, found) for found in founds]
    for kind, paths in sets.items():
        found_set = parts_of_set(kind, read_set(kind, paths, asked.wanted.year), formats)
        taken += [
            Taken(
                name=part.label,
                format=written.format,
                layout=layout.layout,
                year=str(found_set.files.year),
                why=found_set.files.why,
                is_confirmed=is_confirmed(station, written, layout),
                looks=(),
            )
            for written, layout, part in found_set.read
        ]
    return tuple(taken)


def _taken(station: Station, found: Found) -> Taken:
    recognised = found.recognised
    confirmed = is_confirmed(station, recognised.format, recognised.layout)
    return Taken(
        name=found.name,
        format=recognised.format.format,
        layout=recognised.layout.layout,
        year=str(recognised.year),
        why=recognised.why,
        is_confirmed=confirmed,
        looks=field_looks(_sample(found), recognised, confirmed=confirmed),
    )


def recognised_intakes(station: Station, files: Sequence[Path], asked: Asked) -> tuple[Intake, ...]:
    """The intakes of files that no mapping is given for.

    Raises `InputError` (a file can't be told), `StateError` (a layout waits to be confirmed).
    """
    formats = formats_of(station)
    sets, alone = _sorted(files)
    founds = [found for file in alone for found in _found(file, formats, asked.wanted)]
    found_sets = [
        parts_of_set(kind, read_set(kind, paths, asked.wanted.year), formats)
        for kind, paths in sets.items()
    ]
    require_confirmed(
        station,
        [
            *((found.recognised.format, found.recognised.layout) for found in founds),
            *((written, layout) for each in found_sets for written, layout, _ in each.read),
        ],
    )
    intakes = [_intake(each, founds, asked) for each in founds if each.recognised.format.tables]
    for each in found_sets:
        intakes += set_intakes(each, asked)
    if not intakes and founds:
        raise InputError.because(
            "These files fill nothing by themselves.",
            f"{founds[0].recognised.format.about} Give the other file too.",
            file=founds[0].file,
        )
    return tuple(intakes)


def _sorted(files: Sequence[Path]) -> tuple[dict[Kind, list[Path]], list[Path]]:
    """The files that are, or belong to, a set; and those that stand alone."""
    sets: dict[Kind, list[Path]] = {}
    alone = []
    for file in files:
        kind = kind_of_set(file)
        if kind is None:
            alone.append(file)
        else:
            sets.setdefault(kind, []).append(file)
    return sets, alone


def _found(file: Path, formats: Sequence[FileFormat], wanted: Wanted) -> Iterator[Found]:
    if file.name.lower().endswith(_ZIP):
        yield from _in_zip(file, formats, wanted)
    else:
        yield Found(file, None, recognise(take_sample(file), formats, wanted))


def _in_zip(file: Path, formats: Sequence[FileFormat], wanted: Wanted) -> Iterator[Found]:
    """What a zip holds. A file that comes both delimited and fixed-width is read once."""
    inside = members(file)
    if not inside:
        raise InputError.because("The zip is empty.", "Download it again.", file=file)
    by_format: dict[tuple[str, SchoolYear], Found] = {}
    for member in inside:
        sample = _sample_of_member(member)
        recognised = recognise(sample, formats, wanted)
        key = (recognised.format.format, recognised.year)
        other = by_format.get(key)
        if other is None or other.recognised.is_fixed:
            by_format[key] = Found(file, member, recognised)
        elif not recognised.is_fixed:
            raise InputError.because(
                "The zip holds two files of one format and school year.",
                "Unpack it and give the right one.",
                file=file,
            )
    yield from by_format.values()


def _sample(found: Found) -> Sample:
    return _sample_of_member(found.member) if found.member else take_sample(found.file)


def _sample_of_member(member: Member) -> Sample:
    return sample_of_bytes(Path(member.name), beginning(member.head))


def _intake(found: Found, given: Sequence[Found], asked: Asked) -> Intake:
    recognised = found.recognised
    companions = _companions(found, given)
    source = source_of_format(recognised.format, recognised.fit.columns, recognised.year)
    as_of, said = as_of_day(recognised.year, asked, found.file)
    return Intake(
        file=found.file,
        source=source.source,
        slot=_slot(found),
        as_of=as_of,
        data_status=asked.data_status,
        open=FormatOpening(found, companions),
        watched=(found.file, *(other.file for other in companions)),
        notes=(*recognised.why, said, *(f"Read with {other.name}." for other in companions)),
        basis=f"{recognised.layout.hash} {sorted(recognised.format.derive.items())}",
        year=str(recognised.year) if recognised.format.year_field else None,
    )


def _companions(found: Found, given: Sequence[Found]) -> tuple[Found, ...]:
    """The file of each companion format and the same year, each given exactly once."""
    companions = []
    for companion in found.recognised.format.companions:
        others = [
            each
            for each in given
            if each.recognised.format.format == companion.format
            and each.recognised.year == found.recognised.year
        ]
        if len(others) != 1:
            many = "more than one file" if others else "no file"
            raise InputError.because(
                f"The lines refer to those of {companion.format} of {found.recognised.year}, and "
                f"{many} of them was given.",
                "Give both files in one command.",
                file=found.file,
            )
        companions += others
    return tuple(companions)


def _slot(found: Found) -> str:
    """The place among current records: a newer download of one year takes the earlier one's."""
    recognised = found.recognised
    parts = [recognised.format.format, str(recognised.year)]
    prefix = _PREFIX.match(found.name)
    if not recognised.format.one_year_slot:
        parts.append(Path(found.name).stem.lower().removesuffix(".csv"))
    elif prefix:
        parts.append(prefix[0])
    return "/".join(parts)
