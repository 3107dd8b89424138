"""A station to import recognised files into, and lines written field by field after a layout."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from accord.base.periods import SchoolYear
from accord.station.records import import_intakes
from accord.station.records.accounting import Accounting
from accord.station.records.formats import (
    Asked,
    Taken,
    Wanted,
    confirm,
    find_layout,
    look,
    recognised_intakes,
    shipped_formats,
)
from accord.station.records.importing import ImportedFile
from accord.station.station import Station

DISTRICT = "99100010000000"
LEA, SCHOOL, OTHER = "9910001", "0000001", "0000002"
CDS, OTHER_CDS = LEA + SCHOOL, LEA + OTHER
ANA, BEN, CAI = "1000000001", "1000000002", "1000000003"
SENR, SENR_2015 = "calpads-senr-2016", "calpads-senr-2015"


def cells(layout: str, values: Mapping[str, str], width: int = 0) -> list[str]:
    """The fields of a line of `layout`; those that are not given stay blank."""
    found = find_layout(shipped_formats(), layout)[1]
    names = found.columns(max(width, found.line_width))
    unknown = set(values) - set(names)
    assert not unknown, f"{layout} has no {unknown}"
    return [values.get(name, "") for name in names]


def senr(student: str, layout: str = SENR, **more: str) -> list[str]:
    """An enrolment in grade 9 from August 15; `more` by the words of the layout."""
    plain = {
        "Record Type Code": "SENR",
        "Reporting LEA": LEA,
        "School of Attendance": SCHOOL,
        "Academic Year ID": "2023-2024",
        "SSID": student,
        "Student Birth Date": "05/06/2009",
        "Student Gender Code": "F",
        "Enrollment Start Date": "08/15/2023",
        "Enrollment Status Code": "10",
        "Grade Level Code": "09",
    }
    return cells(layout, plain | {name.replace("_", " "): value for name, value in more.items()})


def fixed(layout: str, values: Mapping[str, str]) -> str:
    """A fixed-width record of `layout`."""
    found = find_layout(shipped_formats(), layout)[1]
    assert found.record_length
    record = [" "] * found.record_length
    for field in found.fields:
        assert field.start
        assert field.end
        value = values.get(field.name, "")
        assert len(value) <= field.end - field.start + 1, field.name
        record[field.start - 1 : field.start - 1 + len(value)] = value
    return "".join(record)


def joined(rows: Sequence[Sequence[str]], delimiter: str = "^", end: str = "\r\n") -> str:
    """Lines of text from fields."""
    return "".join(delimiter.join(row) + end for row in rows)


@dataclass(frozen=True)
class Desk:
    """A folder with a station in it."""

    folder: Path
    station: Station

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def zip(self, name: str, **inside: str | bytes) -> Path:
        """A zip; double underscores in a name stand for its point."""
        path = self.folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for member, content in inside.items():
                zipped.writestr(member.replace("__", "."), content)
        return path

    def confirm(self, *layouts: str) -> None:
        for name in layouts:
            confirm(self.station, find_layout(shipped_formats(), name)[1], "Data coordinator")

    def confirm_all(self) -> None:
        for each in shipped_formats():
            self.confirm(*(layout.layout for layout in each.layouts))

    def look(self, *files: Path, **said: Any) -> tuple[Taken, ...]:
        return look(self.station, files, asked(**said))

    def bring(self, *files: Path, **said: Any) -> list[ImportedFile]:
        """Import files as recognised."""
        intakes = recognised_intakes(self.station, files, asked(**said))
        return list(import_intakes(self.station, intakes).files)

    def rows(self, one: ImportedFile, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """The rows of one table of a snapshot, in the order of their lines."""
        path = self.station.imports_folder / one.manifest.snapshot / f"{table}.parquet"
        return duckdb.sql(f"SELECT {columns} FROM '{path}' ORDER BY line").fetchall()


def asked(named: str | None = None, year: str | None = None, as_of: date | None = None) -> Asked:
    return Asked(Wanted(named, SchoolYear.parse(year) if year else None), as_of)


def reasons(lines: Accounting, outcome: str = "quarantined") -> dict[tuple[str, str], int]:
    """How many lines each reason and column stands against."""
    return {(r.reason, r.column): r.lines for r in lines.reasons if r.outcome == outcome}
