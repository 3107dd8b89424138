"""`accord receive`: take releases into an exchange folder, and sign for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.canonical import short_hash
from accord.base.errors import InputError, RefusedError
from accord.base.signing import load_private_key
from accord.base.words import day_words
from accord.cli.console import JsonOption, home_relative, print_json, say
from accord.exchange.custody import read_delegation
from accord.exchange.folder import Exchange
from accord.exchange.receipts import against_receipt, issue_receipt
from accord.exchange.release import Release, open_release
from accord.exchange.statements import refuse_for, write_statement
from accord.exchange.vouched import speaker
from accord.indicators.catalogue import Catalogue, load_catalogue


def verb(
    folder: Annotated[Path, typer.Argument(metavar="EXCHANGE", help="The exchange folder.")],
    releases: Annotated[
        list[Path] | None, typer.Argument(metavar="RELEASE…", help="Files to receive.")
    ] = None,
    charter: Annotated[
        Path | None, typer.Option(help="A signed charter, or an amendment, to keep here first.")
    ] = None,
    receipt: Annotated[
        Path | None, typer.Option(help="Write a signed receipt for the one release named, here.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="With --receipt: your district's key that signs it.")
    ] = None,
    delegation: Annotated[
        Path | None, typer.Option(help="With --receipt: the delegation of that key.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Verify releases and keep them, with an entry for each in the sender's ledger here.

    A release that is refused leaves nothing behind. Name the charter the first time. The receipt
    goes back to the sender, who adds it to their own ledger; for a release that was received before
    it can be written at any time.

    Example: accord receive exchange --charter charter.yaml cedar-valley.accord

    Example: accord receive exchange cedar-valley.accord --receipt receipt.json --key approver.pem
    --delegation approver.json
    """
    if charter is not None:
        Exchange(folder).add_charter(charter)
    exchange = Exchange.open(folder)
    catalogue = load_catalogue()
    paths = releases or []
    if receipt is not None:
        _check_receipt(paths, key, receipt)
    received = [_take(exchange, path, catalogue, again=receipt is not None) for path in paths]
    if receipt is not None and key is not None:
        _write_receipt(exchange, received[0], receipt, key, delegation)
    if json:
        print_json([_as_json(release) for release in received])
        return
    for release in received:
        manifest = release.manifest
        say(
            f"✓ received release {manifest.number} of {manifest.district} for "
            f"{manifest.audience} ({short_hash(release.id)}, {len(release.table):,} cells)"
        )
        if manifest.embargo:
            say(f"  Under embargo: reports leave it out before {day_words(manifest.embargo)}.")
    if receipt is not None:
        say(f"Receipt: {home_relative(receipt)}. Send it to the district, for its own ledger.")
    if not received:
        say("The charter is kept. Nothing was received.")
    say(f"Next: accord report {home_relative(folder)}")


def _check_receipt(paths: list[Path], key: Path | None, receipt: Path) -> None:
    if len(paths) != 1:
        raise InputError.because(
            "A receipt is for one release.", "Receive one release at a time.", file=receipt
        )
    if key is None:
        raise InputError.because(
            "A receipt is signed.", "Name your district's key with --key.", file=receipt
        )


def _take(exchange: Exchange, path: Path, catalogue: Catalogue, *, again: bool) -> Release:
    """Receive a release; `again` lets one that was received before pass, for its receipt."""
    release = open_release(path)
    if again and exchange.entry_of(release) is not None:
        return release
    return exchange.receive(path, catalogue)


def _write_receipt(
    exchange: Exchange, release: Release, path: Path, key: Path, delegation: Path | None
) -> None:
    private = load_private_key(key)
    envelope = read_delegation(delegation) if delegation is not None else None
    party = speaker(exchange.charter(), private, envelope)
    if party is None:
        raise RefusedError.because(
            "This key is not the root of a party to the charter.",
            "Name the delegation of the key with --delegation.",
            file=key,
        )
    entry = exchange.entry_of(release)
    assert entry is not None  # it was received just now, or before
    vouched = issue_receipt(release, entry, party, private, envelope)
    refuse_for(against_receipt(vouched, exchange.charter()), key)
    write_statement(vouched.written(), path)


def _as_json(release: Release) -> dict[str, object]:
    manifest = release.manifest
    return {
        "release": release.id,
        "district": manifest.district,
        "audience": manifest.audience,
        "number": manifest.number,
    }
