"""`accord ledger`: add to a ledger, check that it holds together, show what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.canonical import short_hash
from accord.base.errors import MachineError, RefusedError
from accord.charter.sign import read_signed
from accord.cli.console import JsonOption, home_relative, print_json, say, show_table
from accord.exchange.bookkeeping import add_document, check_ledger
from accord.exchange.ledger import Entry, Ledger

app = typer.Typer(
    no_args_is_help=True,
    help="""Keep a district's ledger: its releases, its delegations and revocations of keys, and
    its partners' receipts, each entry chained to the one before.

    A district's own ledger is ledger.jsonl in its station. What a partner has received from it is
    in the partner's exchange folder, in ledgers/.""",
)

LedgerFile = Annotated[Path, typer.Argument(metavar="LEDGER", help="A ledger, a .jsonl file.")]


@app.command("add", no_args_is_help=True)
def add(
    ledger: LedgerFile,
    document: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A delegation, a revocation or a partner's receipt."),
    ],
    charter: Annotated[Path, typer.Option(help="The charter, which names the roots.")],
    json: JsonOption = False,
) -> None:
    """Enter a signed document, once it is believed. Adding it again changes nothing.

    Example: accord ledger add station/ledger.jsonl receipt.json --charter charter.yaml
    """
    signed = read_signed(charter)
    signed.require_in_force()
    entry, is_new = add_document(Ledger(ledger), document, signed.charter)
    if json:
        print_json({"entry": entry.sequence, "kind": entry.kind, "new": is_new})
        return
    said = "entered" if is_new else "there already"
    say(f"✓ {said}: entry {entry.sequence}, {_told(entry)}")


@app.command("check", no_args_is_help=True)
def check(
    ledger: LedgerFile,
    charter: Annotated[
        Path | None, typer.Option(help="The charter: every document's signature is checked too.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Find gaps, forks, altered entries, and receipts for releases that are not there.

    Example: accord ledger check station/ledger.jsonl --charter charter.yaml
    """
    kept = _existing(ledger)
    problems = check_ledger(kept, read_signed(charter).charter if charter else None)
    if problems:
        raise RefusedError(*problems)
    entries = kept.entries()
    if json:
        print_json({"entries": len(entries), "head": kept.head()})
        return
    say(f"✓ {len(entries)} entries, none missing, none altered. Newest: {kept.head()}")


@app.command("show", no_args_is_help=True)
def show(ledger: LedgerFile, json: JsonOption = False) -> None:
    """List what is in a ledger, oldest first."""
    entries = _existing(ledger).entries()
    if json:
        print_json(
            [
                {"entry": one.sequence, "kind": one.kind, "at": one.at, "hash": one.hash}
                | {name: said for name, said in one.subject.items() if name != "document"}
                for one in entries
            ]
        )
        return
    show_table(
        f"Ledger {home_relative(ledger)}",
        ["entry", "when", "what", "hash"],
        [(one.sequence, one.at, _told(one), short_hash(one.hash)) for one in entries],
        right={"entry"},
    )


def _existing(path: Path) -> Ledger:
    if not path.is_file():
        raise MachineError.because(
            "There is no ledger in this place.",
            "A station's is STATION/ledger.jsonl; it begins with its first entry.",
            file=path,
        )
    return Ledger(path)


def _told(entry: Entry) -> str:
    """An entry in words, from what its subject says."""
    said = entry.subject
    release = f"release {said.get('number')} for {said.get('audience')}"
    match entry.kind:
        case "released":
            return f"{release} released ({short_hash(str(said.get('release')))})"
        case "received":
            return f"{release} received ({short_hash(str(said.get('release')))})"
        case "receipt":
            return f"receipt of {said.get('by')} for {release}"
        case "delegated":
            return f"{said.get('role')} delegated: {said.get('title')}, {said.get('key')}"
        case "revoked":
            return (
                f"key revoked ({said.get('because')}) from {said.get('since')}: {said.get('key')}"
            )
        case _:
            return entry.kind
