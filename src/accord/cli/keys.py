"""`accord keys`: the keys that districts sign with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.signing import (
    fingerprint,
    load_private_key,
    new_private_key,
    public_text,
    save_private_key,
)
from accord.cli.console import JsonOption, home_relative, print_json, say

app = typer.Typer(
    no_args_is_help=True,
    help="""Make and show the keys that a district signs with.

    The private key stays in the district, on an encrypted disk, with a copy in the safe. Only the
    public key, one line of text, goes into the charter.""",
)

KeyFile = Annotated[Path, typer.Argument(metavar="KEYFILE", help="Where the private key is.")]


@app.command("new", no_args_is_help=True)
def new(
    path: Annotated[Path, typer.Argument(metavar="KEYFILE", help="Where to put the private key.")],
    json: JsonOption = False,
) -> None:
    """Make a key for a district, and print its public half for the charter.

    A key that is there already is never replaced.

    Example: accord keys new keys/cedar-valley.pem
    """
    key = new_private_key()
    save_private_key(key, path)
    _show(path, public_text(key), json)


@app.command("show", no_args_is_help=True)
def show(path: KeyFile, json: JsonOption = False) -> None:
    """Print the public half of a private key."""
    _show(path, public_text(load_private_key(path)), json)


def _show(path: Path, public: str, as_json: bool) -> None:
    if as_json:
        print_json({"key": str(path), "public": public, "fingerprint": fingerprint(public)})
        return
    say(public)
    say(f"Fingerprint, to read out to a partner: {fingerprint(public)}")
    say(f"The private key is in {home_relative(path)}. Keep it there, and a copy in a safe.")
    say("Next: accord charter key CHARTER --district ID --key KEYFILE")
