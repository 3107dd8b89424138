"""Where a partnership's releases lie: its exchange folder, and the place of pending files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from accord.base.canonical import content_hash
from accord.base.errors import StateError
from accord.charter.amending import chain_of
from accord.charter.model import Charter
from accord.charter.sign import SignedCharter
from accord.exchange.folder import Exchange
from accord.workspace.people.models import Partnership
from accord.workspace.releases.models import Arrival


def exchange_of(partnership: Partnership) -> Exchange:
    """The exchange folder of a partnership. Raises `StateError` while it holds no charter."""
    return Exchange.open(folder_of(partnership) / "exchange")


def charters_now(partnership: Partnership) -> tuple[SignedCharter, ...]:
    """The charter in force and its amendments, oldest first; read anew only when a file changes.

    Raises `StateError` where none is in force.
    """
    folder = exchange_of(partnership).charters_folder
    stamps = sorted([path.name, str(path.stat().st_mtime_ns)] for path in folder.iterdir())
    return _charters(partnership.pk, content_hash(stamps))


def charter_now(partnership: Partnership) -> Charter:
    """The newest charter that is in force."""
    return charters_now(partnership)[-1].charter


@lru_cache(maxsize=16)
def _charters(partnership: str, mark: str) -> tuple[SignedCharter, ...]:
    exchange = exchange_of(Partnership(pk=partnership))
    chain = chain_of(exchange.charters())
    if not chain:
        raise StateError.because(
            "No charter of this partnership is in force.",
            "Every party signs the same wording with: accord charter sign",
        )
    return chain


def place_of(arrival: Arrival) -> Path:
    """Where a release's file lies; nothing lies there once it was withdrawn."""
    if arrival.state == Arrival.State.PENDING:
        return pending_folder(arrival.partnership) / arrival.file
    exchange = exchange_of(arrival.partnership)
    return exchange.place_of(arrival.code, arrival.audience, arrival.sent)


def pending_folder(partnership: Partnership) -> Path:
    """Where releases wait that their district has not shared yet."""
    return folder_of(partnership) / "pending"


def folder_of(partnership: Partnership) -> Path:
    """The folder of everything that is not in the database."""
    home: Path = settings.ACCORD_HOME
    return home / "partnerships" / partnership.pk
