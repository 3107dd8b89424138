"""Ed-Fi XML interchanges: files, a folder or a zip of them, read together as one set.

Every kind of record is a part. What no format reads (staff, locations, sections, …) is counted and
named, and nothing of it is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from accord.base.canonical import file_hash
from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.base.periods import SchoolYear
from accord.station.records.formats.parts import FileSet, Part
from accord.station.records.readers import Opened
from accord.station.records.readers.archive import Member, members
from accord.station.records.readers.xml_records import Contents, contents_of, read_records
from accord.station.records.sql import Connection

_ROOT = "Interchange"
_YEAR = "SchoolYear"


def edfi_set(paths: Sequence[Path], year: SchoolYear | None) -> FileSet:
    """The interchanges in files, folders and zips. Raises `InputError`."""
    files = [one for path in paths for one in _interchanges(path)]
    parts: dict[str, Part] = {}
    years: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for file in files:
        contents = contents_of(_shown(file), _Stream(file), (_YEAR,))
        if not contents.root.startswith(_ROOT):
            raise InputError.because(
                "This XML file is no Ed-Fi interchange: its root is another.",
                "Give the interchanges alone, or write a mapping for this file.",
                file=_shown(file),
            )
        years.update(contents.seen.get(_YEAR, Counter()))
        counts.update(contents.counts)
        for kind, part in _parts(file, contents).items():
            if kind in parts:
                raise InputError.because(
                    f"Two of the files hold records of the kind {kind}.",
                    "Put the records of a kind into one interchange, or import one file at a time.",
                    file=_shown(file),
                )
            parts[kind] = part
    found, said = _year(years, year, _shown(files[0]))
    held = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items()))
    why = (f"Taken for: Ed-Fi interchanges. They hold: {held}.", said)
    return FileSet(tuple(paths), parts, found, None, why)


def _interchanges(path: Path) -> Sequence[Path | Member]:
    if path.is_dir():
        with machine_errors(path):
            return sorted(one for one in path.iterdir() if one.name.lower().endswith(".xml"))
    if path.name.lower().endswith(".zip"):
        return [one for one in members(path) if one.name.lower().endswith(".xml")]
    return [path]


def _parts(file: Path | Member, contents: Contents) -> dict[str, Part]:
    return {
        kind: Part(
            name=kind,
            label=f"{kind} of {file.name}",
            columns=tuple(columns),
            open=_Kind(file, kind, tuple(columns)),
        )
        for kind, columns in contents.columns.items()
    }


@dataclass(frozen=True)
class _Kind:
    """Opens the records of one kind in one interchange."""

    file: Path | Member
    kind: str
    columns: tuple[str, ...]

    def __call__(self, con: Connection, work: Path) -> Opened:
        file = self.file.take_out(work) if isinstance(self.file, Member) else self.file
        with machine_errors(file):
            source_hash = file_hash(file)
        reading = read_records(_shown(self.file), _Stream(file), self.kind, self.columns, work)
        return Opened(reading, source_hash, work)


@dataclass(frozen=True)
class _Stream:
    """The bytes of an interchange, from its beginning, as often as asked."""

    file: Path | Member

    def __call__(self) -> BinaryIO:
        if isinstance(self.file, Member):
            return BytesIO(self.file.head(self.file.size))
        return self.file.open("rb")


def _shown(file: Path | Member) -> Path:
    return file.archive if isinstance(file, Member) else file


def _year(years: Counter[str], asked: SchoolYear | None, file: Path) -> tuple[SchoolYear, str]:
    """The school year as asked, or the only one that the records name."""
    if asked is not None:
        return asked, f"You say that it is of {asked}."
    named = set()
    for text in years:
        try:
            named.add(SchoolYear.parse(text))
        except ValueError:
            if text.isdigit() and len(text) == 4:  # the REST form: the year in which it ends
                named.add(SchoolYear(int(text) - 1))
    if len(named) == 1:
        year = named.pop()
        return year, f"Its records are of {year}."
    raise InputError.because(
        f"The interchanges name {'several school years' if named else 'no school year'}.",
        "Say of which year they are with --year, for example --year 2023-24.",
        file=file,
    )
