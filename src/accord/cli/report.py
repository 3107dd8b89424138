"""`accord report`: the scorecard and its workbook, from the releases received."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from accord.base.canonical import bytes_hash
from accord.base.errors import StateError
from accord.base.progress import Progress
from accord.base.signing import signers_of
from accord.cells.table import CellTable
from accord.charter.amending import chain_of
from accord.charter.model import Charter
from accord.cli.console import JsonOption, TerminalProgress, home_relative, print_json, say
from accord.exchange.folder import Exchange
from accord.exchange.release import PAYLOAD_TYPE, Release
from accord.indicators.catalogue import load_catalogue
from accord.insight.build import build
from accord.insight.release_info import ReleaseInfo
from accord.reports.scorecard import write_scorecard
from accord.reports.workbook import write_workbook

SCORECARD, WORKBOOK = "scorecard.html", "scorecard.xlsx"


def verb(
    exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE", help="The exchange folder.")],
    to: Annotated[Path, typer.Option(help="The folder for the scorecard and the workbook.")],
    audience: Annotated[
        Literal["partners", "public"], typer.Option(help="Whose edition this is.")
    ] = "partners",
    json: JsonOption = False,
) -> None:
    """Write the scorecard (one HTML file) and its workbook, from the newest releases received.

    An edition is built only from releases made for its audience.

    Example: accord report exchange --to reports
    """
    made = write_reports(Exchange.open(exchange), audience, to, TerminalProgress())
    if json:
        print_json([str(path) for path in made])
        return
    for path in made:
        say(f"Written: {home_relative(path)}")


def write_reports(
    exchange: Exchange, audience: str, folder: Path, progress: Progress
) -> tuple[Path, Path]:
    """Write both files and return their paths. Raises `StateError` when nothing was received."""
    releases = exchange.current(audience)
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
            [describe(release, charter) for release in releases],
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


def describe(release: Release, charter: Charter) -> ReleaseInfo:
    """What a report says about where its numbers come from."""
    manifest = release.manifest
    keys = [party.key for party in charter.parties]
    return ReleaseInfo(
        id=release.id,
        number=manifest.number,
        district=manifest.district,
        audience=manifest.audience,
        charter=manifest.charter,
        signers=tuple(signers_of(release.envelope, PAYLOAD_TYPE, keys)),
        periods=manifest.periods,
        as_of=manifest.as_of,
        data_status=manifest.data_status,
        software=manifest.made_from.software,
        snapshots=manifest.made_from.snapshots,
        facts=manifest.made_from.facts,
        measure=manifest.made_from.measure,
        file=f"{manifest.district}-{manifest.audience}-{manifest.number}.accord",
        file_hash=bytes_hash(release.data),
        schools=manifest.schools,
    )
