"""`accord cells`: every cell of a release, as it stands in the file."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from accord.base.numbers import decimal_text
from accord.cells.cell import CSV_COLUMNS, Cell
from accord.cli.console import JsonOption, print_json, say, show_table
from accord.cli.verify import ReleaseFile
from accord.exchange.release import open_release
from accord.reports.marks import STATES

_SHOWN = 40


def verb(
    release: ReleaseFile,
    csv: Annotated[bool, typer.Option("--csv", help="Print every cell as CSV.")] = False,
    indicator: Annotated[str | None, typer.Option(help="Only this indicator.")] = None,
    group: Annotated[str | None, typer.Option(help="Only this student group.")] = None,
    period: Annotated[str | None, typer.Option(help="Only this school year.")] = None,
    school: Annotated[
        str | None, typer.Option(help="Only this school; “district” for the district's own cells.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Print the cells of a release: as a table, as CSV for Excel, or as JSON.

    Opens the file and checks that it is whole; whether to believe it is for accord verify.

    Example: accord cells cedar-valley.accord --csv > cells.csv
    """
    wanted: dict[str, str] = {
        name: value
        for name, value in (("indicator", indicator), ("group", group), ("period", period))
        if value is not None
    }
    if school is not None:
        wanted["school"] = "" if school == "district" else school
    table = open_release(release).table.where(**wanted)
    if csv:
        sys.stdout.write(table.csv_bytes().decode())
        return
    if json:
        print_json([_plain(cell) for cell in table])
        return
    rows = [_row(cell) for cell, _ in zip(table, range(_SHOWN), strict=False)]
    show_table(
        f"{len(table):,} cells",
        ["indicator", "period", "school", "grade", "group", "numerator", "denominator", "value"],
        rows,
        right={"numerator", "denominator", "value"},
    )
    if len(table) > len(rows):
        say(f"The first {len(rows)} are shown. Narrow them down, or print all with --csv.")


def _plain(cell: Cell) -> dict[str, str | None]:
    return {name: _text(getattr(cell, name)) for name in CSV_COLUMNS}


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    return decimal_text(value)  # type: ignore[arg-type]


def _row(cell: Cell) -> tuple[str, ...]:
    mark = STATES[cell.state].text
    if cell.low is not None and cell.high is not None:
        mark = f"{decimal_text(cell.low)}–{decimal_text(cell.high)}"
    return (
        cell.definition,
        cell.period,
        cell.school or "all",
        cell.grade or "all",
        cell.group,
        _text(cell.numerator) or mark,
        _text(cell.denominator) or mark,
        f"{cell.value:f}" if cell.value is not None else mark,
    )
