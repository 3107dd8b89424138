"""Signing norms, and keeping a station's: which ones it applies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.errors import InputError, RefusedError
from accord.base.files import whole_file
from accord.exchange.statements import (
    BY_ANOTHER_WAY,
    is_signed_by,
    read_json,
    state,
    stated,
    write_statement,
)
from accord.station.growth.norms import PAYLOAD, Norms
from accord.station.station import Station

_FOLDER = "norms"


def write_norms(norms: Norms, key: Ed25519PrivateKey, path: Path) -> None:
    """Sign norms with their holder's key and write them. Raises `MachineError`."""
    write_statement(state(norms, PAYLOAD, key), path)


def read_norms(path: Path, holder_key: str) -> Norms:
    """Norms that the holder of a public key has signed.

    Raises `InputError` when the file holds no norms, `RefusedError` when somebody else signed them
    or a byte has changed since.
    """
    envelope, norms = _opened(path)
    if not is_signed_by(envelope, PAYLOAD, holder_key):
        raise RefusedError.because(
            "These norms are not signed with this key, or were changed after signing.",
            BY_ANOTHER_WAY,
            file=path,
        )
    return norms


def adopt(station: Station, path: Path, holder_key: str) -> Norms:
    """Let a station apply norms from now on, in place of earlier ones of their test and subject.

    Raises as `read_norms`, `StateError` when another command is at work, `MachineError`.
    """
    norms = read_norms(path, holder_key)
    folder = station.folder / _FOLDER
    with station.lock():
        folder.mkdir(exist_ok=True)
        with whole_file(folder / f"{norms.test}-{norms.subject}.json") as draft:
            draft.write_bytes(path.read_bytes())
    return norms


def adopted(station: Station) -> tuple[Norms, ...]:
    """The norms that a station applies. Raises `InputError` when a file can't be read."""
    folder = station.folder / _FOLDER
    return tuple(_opened(path)[1] for path in sorted(folder.glob("*.json")))


def _opened(path: Path) -> tuple[Any, Norms]:
    what = "a file of growth norms"
    envelope = read_json(path, what)
    try:
        return envelope, stated(envelope, PAYLOAD, Norms)
    except ValueError:
        raise InputError.because(
            f"This is not {what}.", "Ask whoever sent it for the file once more.", file=path
        ) from None
