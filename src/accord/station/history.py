"""Everything that a station ever released: what every new release is audited together with."""

from __future__ import annotations

from collections.abc import Sequence

from accord.base.errors import RefusedError
from accord.charter.model import AUDIENCES
from accord.exchange.acts import RELEASED, Sent, sent
from accord.exchange.ledger import Entry
from accord.exchange.release import Release, open_release
from accord.station.station import Station


def released(station: Station, entries: Sequence[Entry]) -> list[Release]:
    """The releases that the station's ledger names, those for partners first.

    Raises `RefusedError` when one is not in the station or is not the one that was entered,
    `InputError` when it is no release, `MachineError`.
    """
    return [
        _opened(station, audience, one)
        for audience in AUDIENCES
        for one in sent(entries, RELEASED, audience)
    ]


def _opened(station: Station, audience: str, entered: Sent) -> Release:
    path = station.release_file(audience, entered.number)
    release = open_release(path) if path.is_file() else None
    if release is None or release.id != entered.id:
        raise RefusedError.because(
            f"Release {entered.number} for {audience} is in the ledger, and its file is "
            f"{'not here' if release is None else 'another'}.",
            "A new release is audited together with all that is out. Put the file back; partners "
            "hold copies of it.",
            file=path,
        )
    return release
