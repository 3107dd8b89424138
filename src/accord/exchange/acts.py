"""What the entries of a ledger are about: the acts, and how to find them again.

==============  =================================================================================
``released``    the district released this
``received``    a partner received this release from the district
``delegated``   the root gave a key a role
``revoked``     the root took a key back
``receipt``     a partner has signed that it received this release
``outside``     figures that others hold, with which releases are audited
==============  =================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accord.base.errors import RefusedError
from accord.exchange.custody import DELEGATION_TYPE, REVOCATION_TYPE, Delegation, Revocation
from accord.exchange.ledger import Entry
from accord.exchange.release import Release
from accord.exchange.statements import Envelope, stated

RELEASED, RECEIVED = "released", "received"
DELEGATED, REVOKED = "delegated", "revoked"
RECEIPT = "receipt"
OUTSIDE = "outside"


@dataclass(frozen=True)
class Sent:
    """A release as a ledger's entry names it; `signed` is when its approver signed it."""

    number: int
    id: str
    signed: datetime | None = None
    entry: str = ""


def release_subject(release: Release) -> dict[str, Any]:
    """The subject of an entry about a release."""
    manifest = release.manifest
    return {
        "district": manifest.district,
        "release": release.id,
        "number": manifest.number,
        "audience": manifest.audience,
        "signed": release.signatures["approver"].at.isoformat(),
    }


def sent(entries: Iterable[Entry], kind: str, audience: str) -> list[Sent]:
    """The releases of `kind` for an audience, oldest first. Raises `RefusedError`."""
    return [
        _sent(entry)
        for entry in entries
        if entry.kind == kind and entry.subject.get("audience") == audience
    ]


def delegations(entries: Iterable[Entry]) -> list[Envelope]:
    """The envelopes of every delegation in a ledger, oldest first."""
    return _documents(entries, DELEGATED)


def delegation_of(entries: Iterable[Entry], key: str) -> Envelope | None:
    """The newest delegation of a public key."""
    found = [
        envelope
        for envelope in delegations(entries)
        if stated(envelope, DELEGATION_TYPE, Delegation).key == key
    ]
    return found[-1] if found else None


def revocations(entries: Iterable[Entry]) -> list[Envelope]:
    """The envelopes of every revocation in a ledger, oldest first."""
    return _documents(entries, REVOKED)


def revoked_keys(envelopes: Iterable[Envelope]) -> list[Revocation]:
    """What these revocations state."""
    return [stated(envelope, REVOCATION_TYPE, Revocation) for envelope in envelopes]


def _documents(entries: Iterable[Entry], kind: str) -> list[Envelope]:
    return [
        entry.subject["document"]
        for entry in entries
        if entry.kind == kind and "document" in entry.subject
    ]


def _sent(entry: Entry) -> Sent:
    try:
        signed = entry.subject.get("signed")
        return Sent(
            int(entry.subject["number"]),
            str(entry.subject["release"]),
            datetime.fromisoformat(signed) if signed else None,
            entry.hash,
        )
    except (KeyError, TypeError, ValueError):
        raise RefusedError.because(
            f"Entry {entry.sequence} of the ledger does not say which release it is about.",
            "Restore the ledger from a backup.",
        ) from None
