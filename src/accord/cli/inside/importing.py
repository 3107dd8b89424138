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
)
from accord.cli.inside.imported import plain_import, show_import
from accord.cli.inside.looking import asked_of, show_look
from accord.cli.inside.station import StationFolder
from accord.station.records.formats import look as look_at
from accord.station.records.formats import recognised_intakes
from accord.station.records.formats.sets import is_set
from accord.station.records.importing import import_files, import_intakes
from accord.station.records.mapping import ImportMapping
from accord.station.records.mapping_checks import read_mapping
from accord.station.station import Station


def verb(
    station: StationFolder,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE…", help="Files, zips, or a folder; none for a mapping of a database."
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help="Which column is which field; without it, files are recognised."),
    ] = None,
    as_: Annotated[
        str | None, typer.Option("--as", help="The format or layout, where it can't be told.")
    ] = None,
    year: Annotated[
        str | None, typer.Option(help="The school year of files that don't say it: 2023-24.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="The day that the files describe: 2024-05-31.")
    ] = None,
    status: Annotated[
        str, typer.Option(help="certified, preliminary or unofficial, for recognised files.")
    ] = "unofficial",
    look: Annotated[
        bool, typer.Option("--look", help="Only say what the files are taken for, and why.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Import extract files: every line is loaded, set aside by a stated rule, or quarantined.

    CALPADS extracts, state test files, OneRoster, Ed-Fi and Clearinghouse files are recognised; for
    any other, give a mapping. All files of one command are imported, or none. The same file again
    changes nothing; a corrected file of the same name takes the earlier one's place, and both are
    kept. Students' identifiers become pseudonyms. Quarantined lines are in a workbook for the
    district's clerk.

    Examples: accord import station SENR.txt SELA.txt · accord import station --look download.zip ·
    accord import station --mapping mapping.yaml extracts/
    """
    opened = Station.open(station)
    if mapping is not None:
        if look or as_ or year or as_of:
            raise InputError.because(
                "A mapping says itself what its files are and when they are of.",
                "Leave out --look, --as, --year and --as-of, or the mapping.",
            )
        chosen = expand(files or [], read_mapping(mapping)[0])
        report = import_files(opened, mapping, chosen, TerminalProgress())
    else:
        asked = asked_of(as_, year, as_of, status)
        chosen = [inner for path in files or [] for inner in _inside(path)]
        if look:
            show_look(station, look_at(opened, chosen, asked), json)
            return
        report = import_intakes(
            opened, recognised_intakes(opened, chosen, asked), TerminalProgress()
        )
    if json:
        print_json([plain_import(one) for one in report.files])
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
        found = [inner for inner in inside if any(one.takes(inner) for one in mapping.sources)]
        if not found:
            raise InputError.because(
                "The mapping has no source for any file in this folder.",
                "Compare the names of the files with “files” in the mapping.",
                file=path,
            )
        chosen.extend(found)
    return chosen


def _inside(path: Path) -> list[Path]:
    """A file itself, or the files of a folder that is no set of files of its own."""
    with machine_errors(path):
        if not path.is_dir() or is_set(path):
            return [path]
        inside = sorted(inner for inner in path.iterdir() if inner.is_file())
    return [inner for inner in inside if not inner.name.startswith(".")]
