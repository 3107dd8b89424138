"""OneRoster CSV sets, version 1.1 and 1.2: a folder or a zip with a manifest.

A set is bulk (everything) or delta (what has changed). A delta says nothing without its bulk, so
the two are given together, the bulk first: their files are stacked, and of several lines with one
id the last one stands.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.base.periods import SchoolYear
from accord.station.records.formats.parts import FileSet, Part
from accord.station.records.mapping import Format
from accord.station.records.readers import Opened
from accord.station.records.readers.archive import Member, members
from accord.station.records.readers.delimited import read_delimited
from accord.station.records.readers.text import plain_text
from accord.station.records.sql import Connection

MANIFEST = "manifest.csv"
_COMMA = Format(delimiter="comma")
_LARGEST_READ_WHOLE = 50_000_000  # bytes; manifests and sessions are small

_Inside = Mapping[str, "Path | Member"]


@dataclass(frozen=True)
class _Set:
    """One folder or zip: its files by name in small letters, and what its manifest says of each."""

    path: Path
    inside: _Inside
    modes: Mapping[str, str]
    version: str


def oneroster_set(paths: Sequence[Path], year: SchoolYear | None) -> FileSet:
    """A bulk set with the deltas that follow it. Raises `InputError`."""
    sets = [_read_set(path) for path in paths]
    names = sorted({name.removesuffix(".csv") for each in sets for name in each.inside})
    parts = {}
    for name in names:
        if name != "manifest" and (part := _part(name, sets)):
            parts[part.name] = part
    found, first_day, said = _year(sets, year)
    version = sets[0].version
    why = (
        f"Taken for: a OneRoster set{f', version {version}' if version else ''}: "
        f"it holds {', '.join(parts)}.",
        *(f"{each.path.name} changes the set before it." for each in sets[1:]),
        said,
    )
    return FileSet(tuple(paths), parts, found, first_day, why)


def _read_set(path: Path) -> _Set:
    if path.is_dir():
        with machine_errors(path):
            found: list[Path | Member] = [one for one in path.iterdir() if one.is_file()]
    else:
        found = list(members(path))
    inside = {one.name.lower(): one for one in found if one.name.lower().endswith(".csv")}
    properties: dict[str, str] = {}
    if MANIFEST in inside:
        for row in _rows(inside[MANIFEST]):
            if len(row) > 1:
                properties[row[0].strip().lower()] = row[1].strip()
    modes = {
        name.removeprefix("file."): value.lower()
        for name, value in properties.items()
        if name.startswith("file.")
    }
    for name, mode in modes.items():
        if mode in ("bulk", "delta") and f"{name}.csv" not in inside:
            raise InputError.because(
                f"The manifest says that {name}.csv is there ({mode}), and it is not.",
                "Export the set again, whole.",
                file=path,
                field=f"file.{name}",
            )
    return _Set(path, inside, modes, properties.get("oneroster.version", ""))


def _part(name: str, sets: Sequence[_Set]) -> Part | None:
    """A file of the sets, the bulk one first. Raises `InputError` for a delta without its bulk."""
    file = f"{name}.csv"
    given = [each for each in sets if file in each.inside and each.modes.get(name) != "absent"]
    if not given:
        return None
    modes = [each.modes.get(name, "bulk") for each in given]
    if modes[0] == "delta":
        raise InputError.because(
            f"{file} holds only what has changed (delta), and the bulk export that it changes was "
            "not given.",
            "Give the bulk set first and its deltas after it, in one command.",
            file=given[0].path,
        )
    if "bulk" in modes[1:]:
        raise InputError.because(
            f"{file} is there twice as a bulk export.",
            "Give one bulk set, and the deltas that follow it.",
            file=given[modes.index("bulk", 1)].path,
        )
    header = _header(given[0].inside[file], given[0].path)
    for each in given[1:]:
        if _header(each.inside[file], each.path) != header:
            raise InputError.because(
                f"{file} has other columns than in the bulk set.",
                "Export bulk and delta with the same columns.",
                file=each.path,
                line=1,
            )
    return Part(
        name=name,
        label=f"{file} of {' and '.join(each.path.name for each in given)}",
        columns=header,
        open=_Stack(tuple(each.inside[file] for each in given)),
        is_stacked=len(given) > 1,
    )


@dataclass(frozen=True)
class _Stack:
    """Opens one file, or several of the same columns as one, the header of the first on top."""

    files: tuple[Path | Member, ...]

    def __call__(self, con: Connection, work: Path) -> Opened:
        plain = []
        for number, file in enumerate(self.files):
            folder = work / str(number)
            folder.mkdir()
            plain.append(file.take_out(folder) if isinstance(file, Member) else file)
        if len(plain) == 1:
            path = plain[0]
        else:
            path = work / "stacked.csv"
            with machine_errors(path), path.open("wb") as stacked:
                for number, file in enumerate(plain):
                    lines = file.read_bytes().splitlines(keepends=True)
                    stacked.writelines(lines[min(number, 1) :])
                    if lines and not lines[-1].endswith(b"\n"):
                        stacked.write(b"\n")
        text = plain_text(path, "auto", work)
        reading = read_delimited(text, path, _COMMA, ())
        return Opened(reading, text.source_hash, work, text)


def _year(sets: Sequence[_Set], asked: SchoolYear | None) -> tuple[SchoolYear, date | None, str]:
    """The school year of the sets and its first day: as asked, or the only one they name."""
    years: dict[SchoolYear, date] = {}
    for each in sets:
        for session in _sessions(each):
            try:
                first = date.fromisoformat(session["startdate"])
            except (KeyError, ValueError):
                continue
            if session.get("type") == "schoolYear":
                years[SchoolYear.of(first)] = first
    if asked is not None:
        return asked, years.get(asked), f"You say that it is of {asked}."
    if len(years) == 1:
        year, first = next(iter(years.items()))
        return year, first, f"Its one school year is {year}, from {first}."
    many = "several school years" if years else "no school year"
    raise InputError.because(
        f"The set's academic sessions hold {many}.",
        "Say of which year it is with --year, for example --year 2023-24.",
        file=sets[0].path,
    )


def _sessions(each: _Set) -> list[dict[str, str]]:
    file = each.inside.get("academicsessions.csv")
    rows = _rows(file) if file else []
    header = [name.strip().lower() for name in rows[0]] if rows else []
    return [dict(zip(header, row, strict=False)) for row in rows[1:]]


def _header(file: Path | Member, path: Path) -> tuple[str, ...]:
    rows = _rows(file)
    if not rows:
        raise InputError.because(
            f"{file.name} is empty: not even a header is there.",
            "Export the set again, whole.",
            file=path,
        )
    return tuple(cell.strip() for cell in rows[0])


def _rows(file: Path | Member) -> list[list[str]]:
    if isinstance(file, Member):
        data = file.head(_LARGEST_READ_WHOLE)
    else:
        with machine_errors(file), file.open("rb") as stream:
            data = stream.read(_LARGEST_READ_WHOLE)
    text = data.decode("utf-8-sig", "replace")
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]
