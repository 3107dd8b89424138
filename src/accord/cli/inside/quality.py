"""`accord quality`: what is odd in the records, when it matters, and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.cli.console import (
    JsonOption,
    TerminalProgress,
    home_relative,
    print_json,
    say,
    show_table,
)
from accord.cli.inside.station import StationFolder
from accord.station.records.quality import QualityReport, check_quality, write_quality
from accord.station.station import Station

WORKBOOK = "quality.xlsx"


def verb(
    station: StationFolder,
    to: Annotated[
        Path | None, typer.Option(help=f"The workbook; STATION/{WORKBOOK} if left out.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check the current records and write a workbook: what was found, why it matters, what to do.

    The workbook names files and lines, never students. It is for the district's own people.
    """
    opened = Station.open(station)
    report = check_quality(opened, TerminalProgress())
    workbook = to or opened.folder / WORKBOOK
    write_quality(report, workbook)
    if json:
        print_json(_plain(report))
        return
    show_quality(report)
    say(f"Written: {home_relative(workbook)}")
    say(f"Next: accord facts {home_relative(station)}")


def show_quality(report: QualityReport) -> None:
    """The checks that found something, the gravest first."""
    found = [result for result in report.checks if result.count]
    show_table(
        f"Quality of {report.name}: {found_text(report)}",
        ["check", "severity", "found"],
        [
            (result.check.title, result.check.severity, f"{result.count:,} {result.check.counts}")
            for result in found
        ],
    )


def found_text(report: QualityReport) -> str:
    """In a few words: ``7 of 21 checks found something``."""
    found = sum(1 for result in report.checks if result.count)
    return f"{found} of {len(report.checks)} checks found something"


def _plain(report: QualityReport) -> dict[str, object]:
    return {
        "district": report.district,
        "as_of": report.as_of.isoformat(),
        "data_status": report.data_status,
        "checks": [
            {
                "check": result.check.id,
                "severity": result.check.severity,
                "ran": result.ran,
                "found": result.count,
                "by": [
                    {"detail": one.detail, "school_year": one.school_year, "found": one.count}
                    for one in result.tallies
                ],
            }
            for result in report.checks
        ],
    }
