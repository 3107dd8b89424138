"""A made-up district on disk, read back without any of accord: DuckDB over the files themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from python_calamine import CalamineWorkbook

from accord.base.periods import SchoolYear
from accord.base.progress import SILENT
from accord.station.synth import load_profile, make_district
from accord.station.synth.layout import FileLayout, Layout, load_layout
from accord.station.synth.profile import Profile

SEED = 20220815
STUDENTS = 4000
YEARS = [SchoolYear(start) for start in range(2020, 2025)]


@dataclass
class Made:
    """One district's folder."""

    folder: Path
    profile: Profile

    @cached_property
    def layout(self) -> Layout:
        return load_layout(self.profile)

    @cached_property
    def truth(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "truth.json").read_text()))

    def file_layout(self, extract: str) -> FileLayout:
        return next(file for file in self.layout.files if file.extract == extract)

    def files(self, extract: str) -> list[str]:
        """The names of an extract's files, first year first."""
        pattern = self.file_layout(extract).file
        years = [str(year) for year in YEARS] if "{year}" in pattern else [""]
        return [pattern.format(year=year) for year in years]

    def lines(self, file: str) -> list[str]:
        """Every line after the header, without its end."""
        return (self.folder / file).read_text(encoding="utf-8-sig").split("\n")[1:-1]

    def planted(self, file: str) -> dict[int, str]:
        """Line number to kind, of every planted line."""
        kinds = self.truth["files"][file]["planted"]
        return {line: kind for kind, lines in kinds.items() for line in lines}

    def good_lines(self, file: str) -> list[str]:
        planted = self.planted(file)
        return [
            line for number, line in enumerate(self.lines(file), start=2) if number not in planted
        ]

    @cached_property
    def database(self) -> duckdb.DuckDBPyConnection:
        """One table of text an extract, of its good lines in all years."""
        connection = duckdb.connect()
        scratch = self.folder.parent / f"{self.folder.name}-good"
        scratch.mkdir(exist_ok=True)
        for file in self.layout.files:
            rows: list[str] = []
            if file.file.endswith(".xlsx"):
                book = CalamineWorkbook.from_path(str(self.folder / file.file))
                table = book.get_sheet_by_index(0).to_python()
                rows = [self.layout.delimiter.join(map(str, row)) for row in table[1:]]
            else:
                for name in self.files(file.extract):
                    rows += self.good_lines(name)
            good = scratch / f"{file.extract}.txt"
            good.write_text("\n".join([self.layout.delimiter.join(file.columns), *rows]) + "\n")
            connection.execute(
                f"CREATE TABLE {file.extract} AS FROM read_csv(?, delim=?, quote='', header=true, "
                "all_varchar=true)",
                [str(good), self.layout.delimiter],
            )
        return connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.database.execute(query).fetchall()

    def by_year(self, query: str) -> dict[str, Any]:
        """The second column of `query`, by the school year in its first, however it is written."""
        return {str(SchoolYear.parse(str(year))): value for year, value in self.rows(query)}


def make(profile: str, folder: Path) -> Made:
    loaded = load_profile(profile)
    made = make_district(loaded, folder / profile, YEARS, SEED, SILENT, students=STUDENTS)
    return Made(made, loaded)
