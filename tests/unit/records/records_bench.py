"""A small station to import into, and the plainest mapping that fills what a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from accord.station.records import ImportReport, import_files
from accord.station.records.accounting import Accounting
from accord.station.records.snapshot import Manifest
from accord.station.station import Station

DISTRICT = "470"

TESTS = {
    "school": "School",
    "school_year": "Year",
    "test": {"constant": "sbac"},
    "subject": {"column": "Subject", "codes": {"M": "mathematics", "E": "ela"}},
    "grade": "Grade",
    "tested": {"constant": True},
    "scale_score": "Score",
}
HEADER = "Id,School,Year,Subject,Grade,Score"
GOOD = "101,7001,2023-24,M,5,2400"


def table(name: str, columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One entry of a mapping."""
    return {"table": name, "columns": columns, **more}


def source(*tables: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One source of a mapping; it takes every file and names the student `Id`."""
    return {"name": "extract", "files": "*", "student": "Id", "tables": list(tables), **more}


def results_source(**more: Any) -> dict[str, Any]:
    """The source of test results that most tests use."""
    return source(table("tests", TESTS), **more)


class _Dumper(yaml.SafeDumper):
    """Writes what is used twice twice: mappings may not hold aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass(frozen=True)
class Bench:
    """A folder with a station in it."""

    folder: Path
    station: Station

    def mapping(self, *sources: dict[str, Any], **more: Any) -> Path:
        """Write a mapping file."""
        whole = {
            "mapping": 1,
            "as_of": "2024-06-30",
            "data_status": "certified",
            "sources": list(sources),
        }
        path = self.folder / "mapping.yaml"
        text = yaml.dump(whole | more, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        return path

    def file(self, content: str | bytes | Sequence[str], name: str = "extract.csv") -> Path:
        """Write a data file: bytes as they are, text as UTF-8, lines with line ends."""
        path = self.folder / name
        if not isinstance(content, str | bytes):
            content = "".join(f"{line}\n" for line in content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def bring(self, path: Path, *sources: dict[str, Any]) -> ImportReport:
        """Import one file through sources, or through the one of test results."""
        return import_files(self.station, self.mapping(*(sources or (results_source(),))), [path])

    def manifest(
        self, content: str | bytes | Sequence[str], *sources: dict[str, Any], name: str = "x.csv"
    ) -> Manifest:
        """Import some content and return the manifest of its snapshot."""
        return self.bring(self.file(content, name), *sources).files[0].manifest

    def lines(self, content: str | bytes | Sequence[str], *sources: dict[str, Any]) -> Accounting:
        """Import some content and return what became of its lines."""
        return self.manifest(content, *sources).lines

    def rows(self, manifest: Manifest, name: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """The rows of one table of a snapshot, in the order of their lines."""
        path = self.station.imports_folder / manifest.snapshot / f"{name}.parquet"
        query = f"SELECT {columns} FROM read_parquet('{path}') ORDER BY line"
        return duckdb.sql(query).fetchall()

    def findings(self, lines: Accounting) -> list[tuple[str, str, int]]:
        """Each reason for quarantine, the column it is about, and how many lines it concerns."""
        return [
            (each.reason, each.column, each.lines)
            for each in lines.reasons
            if each.outcome == "quarantined"
        ]

    def aside(self, lines: Accounting) -> dict[str, int]:
        """How many lines were set aside, by reason."""
        return {each.reason: each.lines for each in lines.reasons if each.outcome == "set_aside"}
