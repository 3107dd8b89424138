"""`accord exchange`: a sealed exchange, in which all commit before any opens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.errors import InputError
from accord.base.signing import load_private_key
from accord.base.words import list_words
from accord.cli.console import JsonOption, home_relative, print_json, say, show_table
from accord.exchange.folder import Exchange
from accord.exchange.release import Release, open_release
from accord.exchange.sealed import Round
from accord.exchange.verify import verify
from accord.indicators.catalogue import load_catalogue

app = typer.Typer(
    no_args_is_help=True,
    help="""Exchange releases sealed: every district commits to its release before any opens one.

    A round is a folder of plain files, EXCHANGE/sealed/ROUND, which partners share or keep in step
    by e-mail. Each seals its release; once all have, each opens; then each receives the others'.
    Nobody can choose what to show after seeing the others' figures.""",
)

ExchangeFolder = Annotated[Path, typer.Argument(metavar="EXCHANGE", help="The exchange folder.")]
ReleaseFile = Annotated[
    Path, typer.Argument(metavar="RELEASE", help="Your own release, where it lies in your station.")
]
RoundName = Annotated[str, typer.Option("--round", help="A name that the partners agree on.")]
KeyFile = Annotated[Path, typer.Option(help="The preparer's or the approver's private key.")]


@app.command("seal", no_args_is_help=True)
def seal(folder: ExchangeFolder, release: ReleaseFile, name: RoundName, key: KeyFile) -> None:
    """Commit to a release without showing it: the hash of a secret salt and the file.

    The salt is kept beside your release, for you alone. Keep both until the round is opened.

    Example: accord exchange seal exchange station/releases/cedar-partners-3.accord
    --round fall-2026 --key keys/approver.pem
    """
    sealed, opened = _round(folder, name), _own(folder, release)
    sealed.seal(opened, release, load_private_key(key))
    say(f"✓ committed to release {opened.manifest.number} in the round {name}.")
    _say_next(sealed)


@app.command("open", no_args_is_help=True)
def open_(folder: ExchangeFolder, release: ReleaseFile, name: RoundName, key: KeyFile) -> None:
    """Publish the release that you committed to, once every party has committed.

    Refused while a party has not committed, and for any file but the one that was sealed.
    """
    sealed, opened = _round(folder, name), _own(folder, release)
    target = sealed.open(opened, release, load_private_key(key))
    say(f"✓ opened: {home_relative(target)}")
    say(f"Next, for the partners: accord receive {home_relative(folder)} {home_relative(target)}")


@app.command("show", no_args_is_help=True)
def show(folder: ExchangeFolder, name: RoundName, json: JsonOption = False) -> None:
    """Say who has committed in a round, and who has opened."""
    sealed = _round(folder, name)
    committed, opened = sealed.commitments(), sealed.openings()
    if json:
        print_json(
            {
                party.id: {"committed": party.id in committed, "opened": party.id in opened}
                for party in sealed.charter.parties
            }
        )
        return
    show_table(
        f"Sealed exchange · {name}",
        ["district", "committed", "opened"],
        [
            (party.name, party.id in committed, party.id in opened)
            for party in sealed.charter.parties
        ],
    )
    _say_next(sealed)


def _round(folder: Path, name: str) -> Round:
    try:
        return Exchange.open(folder).round(name)
    except ValueError:
        raise InputError.because(
            "A round's name is lower-case letters and digits, with single hyphens between.",
            "Agree with the partners on a name such as fall-2026.",
            field="--round",
        ) from None


def _own(folder: Path, path: Path) -> Release:
    """The district's own release, believed as a partner would believe it."""
    release = open_release(path)
    verify(release, Exchange.open(folder).charters(), load_catalogue(), file=path)
    return release


def _say_next(sealed: Round) -> None:
    missing = sealed.waiting_for()
    if missing:
        say(f"Waiting for {list_words(missing)}.")
    else:
        say("All have committed. Next: accord exchange open")
