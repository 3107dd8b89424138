"""`accord receive`: take releases into an exchange folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.canonical import short_hash
from accord.cli.console import JsonOption, home_relative, print_json, say
from accord.exchange.folder import Exchange
from accord.indicators.catalogue import load_catalogue


def verb(
    folder: Annotated[Path, typer.Argument(metavar="EXCHANGE", help="The exchange folder.")],
    releases: Annotated[
        list[Path] | None, typer.Argument(metavar="RELEASE…", help="Files to receive.")
    ] = None,
    charter: Annotated[
        Path | None, typer.Option(help="A signed charter, or an amendment, to keep here first.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Verify releases and keep them, with an entry for each in the sender's ledger here.

    A release that is refused leaves nothing behind. Name the charter the first time.

    Example: accord receive exchange --charter charter.yaml cedar-valley.accord
    """
    if charter is not None:
        Exchange(folder).add_charter(charter)
    exchange = Exchange.open(folder)
    catalogue = load_catalogue()
    received = [exchange.receive(path, catalogue) for path in releases or []]
    if json:
        print_json(
            [
                {
                    "release": release.id,
                    "district": release.manifest.district,
                    "audience": release.manifest.audience,
                    "number": release.manifest.number,
                }
                for release in received
            ]
        )
        return
    for release in received:
        manifest = release.manifest
        say(
            f"✓ received release {manifest.number} of {manifest.district} for "
            f"{manifest.audience} ({short_hash(release.id)}, {len(release.table):,} cells)"
        )
    if not received:
        say("The charter is kept. Nothing was received.")
    say(f"Next: accord report {home_relative(folder)}")
