"""From files that a user gives to intakes: recognised one by one, or refused with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.station.records.formats.confirming import is_confirmed, require_confirmed
from accord.station.records.formats.looks import FieldLook, field_looks
from accord.station.records.formats.model import FileFormat
from accord.station.records.formats.opening import FormatOpening, Found
from accord.station.records.formats.recognise import Recognised, Wanted, recognise
from accord.station.records.formats.sample import Sample, beginning, sample_of_bytes, take_sample
from accord.station.records.formats.shipped import formats_of
from accord.station.records.formats.sourcing import source_of_format
from accord.station.records.intake import Intake
from accord.station.records.readers.archive import Member, members
from accord.station.station import Station

_PREFIX = re.compile(r"\d{14}(?!\d)")
_ZIP = ".zip"


@dataclass(frozen=True)
class Asked:
    """What a user says besides the files. `as_of` is the day they describe."""

    wanted: Wanted = field(default_factory=Wanted)
    as_of: date | None = None
    data_status: str = "unofficial"


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
    return tuple(
        _taken(station, found) for file in files for found in _found(file, formats, asked.wanted)
    )


def _taken(station: Station, found: Found) -> Taken:
    recognised = found.recognised
    return Taken(
        name=found.name,
        format=recognised.format.format,
        layout=recognised.layout.layout,
        year=str(recognised.year),
        why=recognised.why,
        is_confirmed=is_confirmed(station, recognised.format, recognised.layout),
        looks=field_looks(_sample(found), recognised),
    )


def recognised_intakes(station: Station, files: Sequence[Path], asked: Asked) -> tuple[Intake, ...]:
    """The intakes of files that no mapping is given for.

    Raises `InputError` (a file can't be told), `StateError` (a layout waits to be confirmed).
    """
    formats = formats_of(station)
    founds = [found for file in files for found in _found(file, formats, asked.wanted)]
    for found in founds:
        require_confirmed(station, found.recognised.format, found.recognised.layout)
    intakes = [_intake(each, founds, asked) for each in founds if each.recognised.format.tables]
    if not intakes:
        raise InputError.because(
            "These files fill nothing by themselves.",
            f"{founds[0].recognised.format.about} Give the other file too.",
            file=founds[0].file,
        )
    return tuple(intakes)


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
    source = source_of_format(
        recognised.format, recognised.layout, recognised.fit.columns, str(recognised.year)
    )
    as_of, said = _as_of(recognised, asked, found.file)
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
    companion = found.recognised.format.companion
    if companion is None:
        return ()
    others = [
        each
        for each in given
        if each.recognised.format.format == companion.format
        and each.recognised.year == found.recognised.year
    ]
    if len(others) == 1:
        return tuple(others)
    many = "more than one file" if others else "no file"
    raise InputError.because(
        f"The lines refer to those of {companion.format} of {found.recognised.year}, and {many} "
        "of them was given.",
        "Give both files in one command.",
        file=found.file,
    )


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


def _as_of(recognised: Recognised, asked: Asked, file: Path) -> tuple[date, str]:
    """The day that the file describes: as the user says, or the end of a year that is over."""
    if asked.as_of is not None:
        return asked.as_of, f"As of {asked.as_of}, as you say."
    last = recognised.year.last_day
    if last >= date.today():
        raise InputError.because(
            f"The school year {recognised.year} is not over, so the file describes a day before "
            "its end.",
            "Say which with --as-of, for example the day of the export.",
            file=file,
        )
    return last, f"As of {last}, the last day of its school year."
