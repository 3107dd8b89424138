"""`accord verify`: whether a release may be believed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.canonical import short_hash
from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.base.words import day_words
from accord.charter.sign import read_signed
from accord.cli.console import JsonOption, print_json, say, show_table
from accord.exchange.custody import moment_words
from accord.exchange.folder import Exchange
from accord.exchange.release import Release, open_release
from accord.exchange.verify import verify
from accord.indicators.catalogue import load_catalogue

ReleaseFile = Annotated[Path, typer.Argument(metavar="RELEASE", help="A .accord file.")]


def verb(
    release: ReleaseFile,
    charter: Annotated[
        Path | None, typer.Option(help="The charter that the partners signed.")
    ] = None,
    exchange: Annotated[
        Path | None,
        typer.Option(help="An exchange folder: its charters, and what was received before."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check a release: unaltered, signed by two who may, under the charter, in turn, in its plan.

    Says what the release holds when nothing speaks against it, and every reason when something
    does. Needs no records and no network.

    Example: accord verify cedar-valley.accord --charter charter.yaml
    """
    opened = open_release(release)
    catalogue = load_catalogue()
    if exchange is not None:
        kept = Exchange.open(exchange)
        kept.verify(opened, catalogue, file=release)
    elif charter is not None:
        verify(opened, [read_signed(charter)], catalogue, file=release)
    else:
        raise InputError.because(
            "There is nothing to check this release against.",
            "Name the charter with --charter, or the exchange folder with --exchange.",
            file=release,
        )
    show_release(opened, json, done="believed: nothing speaks against it")


def show_release(release: Release, as_json: bool, *, done: str) -> None:
    """What a release says of itself, for people or for programs."""
    manifest = release.manifest
    if as_json:
        signed = {role: one.written() for role, one in release.signatures.items()}
        print_json({"release": release.id, **manifest.model_dump(mode="json"), "signed": signed})
        return
    periods = [SchoolYear.parse(period).shown for period in sorted(manifest.periods)]
    show_table(
        f"Release {short_hash(release.id)} · {done}",
        ["", ""],
        [
            ("district", manifest.district),
            ("audience", manifest.audience),
            ("number", manifest.number),
            ("school years", f"{periods[0]} to {periods[-1]}" if periods else "none"),
            ("as of", f"{manifest.as_of}, {manifest.data_status}"),
            ("indicators", len(manifest.definitions)),
            *(
                (f"cells {state.replace('_', ' ')}", count)
                for state, count in manifest.cells.items()
                if count
            ),
            *(
                (f"{role} signed", f"{one.delegation.title}, {moment_words(one.at)}")
                for role, one in release.signatures.items()
            ),
            *((("embargo", day_words(manifest.embargo)),) if manifest.embargo else ()),
            ("charter", short_hash(manifest.charter)),
            ("made with", manifest.made_from.software),
        ],
    )
    say()
