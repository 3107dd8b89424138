"""`accord report`: the scorecard and its workbook, from the releases received."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from accord.base.errors import StateError
from accord.base.progress import Progress
from accord.base.words import day_words
from accord.cells.table import CellTable
from accord.charter.amending import chain_of
from accord.cli.console import (
    JsonOption,
    TerminalProgress,
    home_relative,
    note,
    print_json,
    say,
)
from accord.exchange.folder import Exchange
from accord.indicators.catalogue import load_catalogue
from accord.insight.build import build
from accord.insight.release_info import describe
from accord.reports.scorecard import write_scorecard
from accord.reports.workbook import write_workbook

SCORECARD, WORKBOOK = "scorecard.html", "scorecard.xlsx"


def verb(
    exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE", help="The exchange folder.")],
    to: Annotated[Path, typer.Option(help="The folder for the scorecard and the workbook.")],
    audience: Annotated[
        Literal["partners", "public"], typer.Option(help="Whose edition this is.")
    ] = "partners",
    district: Annotated[
        str | None,
        typer.Option(help="Whose report this is: its own releases need not wait for an embargo."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Write the scorecard (one HTML file) and its workbook, from the newest releases received.

    An edition is built only from releases made for its audience. A release under embargo is left
    out, which is said, until its day comes; the release before it stands in its place.

    Example: accord report exchange --to reports
    """
    made = write_reports(Exchange.open(exchange), audience, to, TerminalProgress(), reader=district)
    if json:
        print_json([str(path) for path in made])
        return
    for path in made:
        say(f"Written: {home_relative(path)}")


def write_reports(
    exchange: Exchange,
    audience: str,
    folder: Path,
    progress: Progress,
    *,
    reader: str | None = None,
) -> tuple[Path, Path]:
    """Write both files and return their paths. Raises `StateError` when nothing may be shown.

    Releases under embargo are left out, save those of `reader`, and each of them is named.
    """
    releases, left_out = exchange.showable(audience, datetime.now(UTC).date(), reader=reader)
    for manifest in (release.manifest for release in left_out):
        if manifest.embargo:
            note(
                f"Left out: release {manifest.number} of {manifest.district}, under embargo until "
                f"{day_words(manifest.embargo)}."
            )
    if left_out and not releases:
        raise StateError.because(
            f"Every release for {audience} is under embargo.",
            "Make the report on or after the day that each names; a district sees its own with "
            "--district.",
            file=exchange.folder,
        )
    if not releases:
        raise StateError.because(
            f"No release for {audience} was received yet.",
            "Receive one with: accord receive",
            file=exchange.folder,
        )
    charter = chain_of(exchange.charters())[-1].charter
    with progress.step("Comparing with targets, groups and years"):
        view = build(
            charter,
            load_catalogue(),
            [describe(release) for release in releases],
            CellTable.joined(release.table for release in releases),
            audience,
        )
    scorecard, workbook = folder / SCORECARD, folder / WORKBOOK
    with progress.step("Drawing the scorecard") as step:
        write_scorecard(view, scorecard)
        step.note(f"{scorecard.stat().st_size / 1e6:.1f} MB")
    with progress.step("Writing the workbook") as step:
        write_workbook(view, workbook)
        step.note(f"{workbook.stat().st_size / 1e6:.1f} MB")
    return scorecard, workbook
