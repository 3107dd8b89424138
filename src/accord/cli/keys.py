"""`accord keys`: the keys that districts sign with, and who holds them for what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import ValidationError

from accord.base.errors import InputError, RefusedError
from accord.base.signing import (
    fingerprint,
    load_private_key,
    new_private_key,
    parse_public,
    public_text,
    save_private_key,
)
from accord.charter.sign import read_signed
from accord.cli.console import JsonOption, home_relative, print_json, say
from accord.exchange.custody import delegate as delegate_key
from accord.exchange.custody import revoke as revoke_key
from accord.exchange.statements import Envelope, write_statement

app = typer.Typer(
    no_args_is_help=True,
    help="""Make keys, give them roles, and take them back.

    A district has one root key. It signs the charter, delegations and revocations, and stays in the
    safe, on a disk that is not connected. The root delegates two more keys, a preparer's and an
    approver's, for a time; these two sign releases. Only public keys, one line of text each, and
    the root's signed files ever travel.""",
)

KeyFile = Annotated[Path, typer.Argument(metavar="KEYFILE", help="Where the private key is.")]
CharterFile = Annotated[Path, typer.Option(help="The charter, which names the root.")]
RootFile = Annotated[Path, typer.Option(help="The district's root key, a private key's file.")]
PublicKey = Annotated[
    str, typer.Option(help="The other key: its public key as text (ed25519:…), or its file.")
]
_DAY = "%Y-%m-%d"
_A_YEAR = timedelta(days=365)


@app.command("new", no_args_is_help=True)
def new(
    path: Annotated[Path, typer.Argument(metavar="KEYFILE", help="Where to put the private key.")],
    json: JsonOption = False,
) -> None:
    """Make a key, and print its public half: for the charter, or for the root to delegate.

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


@app.command("delegate", no_args_is_help=True)
def delegate(
    root: RootFile,
    charter: CharterFile,
    key: PublicKey,
    role: Annotated[
        Literal["preparer", "approver"], typer.Option(help="What the key is to sign as.")
    ],
    title: Annotated[str, typer.Option(help="The post that holds it: a job title, no person.")],
    to: Annotated[Path, typer.Option(help="Where to write the delegation.")],
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=[_DAY], help="The first day it is valid; today if left out."
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=[_DAY], help="Its last day; a year on if left out."),
    ] = None,
) -> None:
    """Give another key a role for a time, signed by the district's root.

    Done where the root is kept. The file goes to the district's ledger, and with every release that
    the key signs.

    Example: accord keys delegate --root root.pem --charter charter.yaml --key ed25519:… --role
    preparer --title "Director of Assessment" --until 2027-06-30 --to preparer.json
    """
    private = load_private_key(root)
    begins = (first or datetime.now(UTC)).date()
    ends = until.date() if until else begins + _A_YEAR
    try:
        envelope = delegate_key(
            private,
            district=_district_of(public_text(private), charter, root),
            key=_public(key),
            role=role,
            title=title,
            first=begins,
            last=ends,
        )
    except ValueError as error:
        raise _unusable(error, "Check --key, --title, --from and --until.") from None
    _write(envelope, to, f"{title} may sign as {role} from {begins} until {ends}.")


@app.command("revoke", no_args_is_help=True)
def revoke(
    root: RootFile,
    charter: CharterFile,
    key: PublicKey,
    because: Annotated[
        Literal["replaced", "lost", "left the post"], typer.Option(help="Why it is taken back.")
    ],
    to: Annotated[Path, typer.Option(help="Where to write the revocation.")],
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=[_DAY, "%Y-%m-%dT%H:%M"],
            help="From when on (UTC) its signatures don't count; now if left out. Of a lost key: "
            "the last moment at which you know that you had it.",
        ),
    ] = None,
) -> None:
    """Take a key back from a moment on, signed by the district's root.

    What the key signed before stays good. The file goes to the district's ledger; from there every
    later release carries it to the partners.

    Example: accord keys revoke --root root.pem --charter charter.yaml --key ed25519:… --because
    lost --to revocation.json
    """
    private = load_private_key(root)
    moment = since.replace(tzinfo=UTC) if since else datetime.now(UTC)
    try:
        envelope = revoke_key(
            private,
            district=_district_of(public_text(private), charter, root),
            key=_public(key),
            since=moment,
            because=because,
        )
    except ValueError as error:
        raise _unusable(error, "Check --key.") from None
    _write(envelope, to, f"The key is revoked from {moment:%Y-%m-%d %H:%M} UTC on ({because}).")


def _district_of(public: str, charter: Path, root: Path) -> str:
    for party in read_signed(charter).charter.parties:
        if party.key == public:
            return party.id
    raise RefusedError.because(
        "This key is not the root of a party to the charter.",
        "Use the private key whose public half stands in the charter.",
        file=root,
    )


def _public(key: str) -> str:
    if key.startswith("ed25519:"):
        return public_text(parse_public(key))
    return public_text(load_private_key(Path(key)))


def _unusable(error: ValueError, remedy: str) -> InputError:
    told = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
    what = told.removeprefix("Value error, ")
    return InputError.because(f"This can't be signed: {what}.", remedy)


def _write(envelope: Envelope, to: Path, done: str) -> None:
    write_statement(envelope, to)
    say(done)
    say(f"Written: {home_relative(to)}")
    say(f"Next: accord ledger add STATION/ledger.jsonl {home_relative(to)} --charter CHARTER")


def _show(path: Path, public: str, as_json: bool) -> None:
    if as_json:
        print_json({"key": str(path), "public": public, "fingerprint": fingerprint(public)})
        return
    say(public)
    say(f"Fingerprint, to read out to a partner: {fingerprint(public)}")
    say(f"The private key is in {home_relative(path)}. Keep it there, and a copy in a safe.")
    say("Next, for a root: accord charter key CHARTER --district ID --key KEYFILE")
    say("Next, for a preparer or approver: accord keys delegate, where the root is kept")
