"""`accord import`: take a district's files into its station."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.cli.console import (
    JsonOption,
    TerminalProgress,
    home_relative,
    print_json,
    say,
    show_table,
)
from accord.cli.inside.station import StationFolder
from accord.station.records.importing import ImportedFile, ImportReport, import_files
from accord.station.records.mapping import ImportMapping
from accord.station.records.mapping_checks import read_mapping
from accord.station.station import Station


def verb(
    station: StationFolder,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Files, or a folder with files of the mapping."),
    ],
    mapping: Annotated[
        Path, typer.Option(help="Which column is which field, and what codes mean.")
    ],
    json: JsonOption = False,
) -> None:
    """Import extract files: every line is loaded, set aside by a stated rule, or quarantined.

    All files of one command are imported, or none. The same file again changes nothing; a
    corrected file of the same name takes the earlier one's place, and both are kept. Students'
    identifiers become pseudonyms. Quarantined lines are in a workbook for the district's clerk.

    Example: accord import station --mapping mapping.yaml extracts/
    """
    chosen = expand(files, read_mapping(mapping)[0])
    report = import_files(Station.open(station), mapping, chosen, TerminalProgress())
    if json:
        print_json([_plain(one) for one in report.files])
    else:
        show_import(report)
        say(f"Next: accord quality {home_relative(station)}")


def expand(files: list[Path], mapping: ImportMapping) -> list[Path]:
    """The files named, and of each folder named those that the mapping has a source for."""
    chosen: list[Path] = []
    for path in files:
        if not path.is_dir():
            chosen.append(path)
            continue
        with machine_errors(path):
            inside = sorted(inner for inner in path.iterdir() if inner.is_file())
        found = [
            inner for inner in inside if any(inner.match(one.files) for one in mapping.sources)
        ]
        if not found:
            raise InputError.because(
                "The mapping has no source for any file in this folder.",
                "Compare the names of the files with “files” in the mapping.",
                file=path,
            )
        chosen.extend(found)
    return chosen


def show_import(report: ImportReport) -> None:
    """What became of each file, in a table."""
    rows = []
    for one in report.files:
        lines = one.manifest.lines
        became = "already imported" if one.status == "already imported" else "imported"
        if one.supersedes:
            became = "took the earlier file's place"
        rows.append(
            (one.file.name, lines.read, lines.loaded, lines.set_aside, lines.quarantined, became)
        )
    show_table(
        "Lines",
        ["file", "read", "loaded", "set aside", "quarantined", ""],
        rows,
        right={"read", "loaded", "set aside", "quarantined"},
    )
    for one in report.files:
        if one.quarantine is not None:
            say(f"Quarantined lines of {one.file.name}: {home_relative(one.quarantine)}")


def _plain(one: ImportedFile) -> dict[str, object]:
    lines = one.manifest.lines
    return {
        "file": str(one.file),
        "status": one.status,
        "snapshot": one.manifest.snapshot,
        "supersedes": one.supersedes or None,
        "read": lines.read,
        "loaded": lines.loaded,
        "set_aside": lines.set_aside,
        "quarantined": lines.quarantined,
        "quarantine": str(one.quarantine) if one.quarantine else None,
        "tables": dict(one.manifest.tables),
    }
