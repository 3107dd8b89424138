"""Who may sign for a district: keys that its root has delegated, for a role and for a time.

A district's key in the charter is its *root*. It stays in the safe; it signs the charter,
delegations and revocations, and nothing else. A **delegation** gives another key a role, `preparer`
or `approver`, from one day to another, both included, and names the post that holds it. A
**revocation** takes a key back from a moment on: what it signed before stays good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import model_validator

from accord.base.documents import Written
from accord.base.signing import public_text
from accord.base.words import day_words
from accord.charter.model import Party
from accord.charter.values import Day, DistrictId, Name
from accord.exchange.statements import (
    BY_ANOTHER_WAY,
    Envelope,
    Moment,
    PublicKey,
    Reason,
    is_signed_by,
    not_a,
    read_json,
    state,
    stated,
)

Role = Literal["preparer", "approver"]
ROLES: tuple[Role, ...] = ("preparer", "approver")

DELEGATION_TYPE = "application/vnd.accord.delegation+json"
REVOCATION_TYPE = "application/vnd.accord.revocation+json"


class Delegation(Written):
    """A key's role in a district, with the title of the post that holds it: never a person."""

    format: Literal["accord-delegation/1"] = "accord-delegation/1"
    district: DistrictId
    key: PublicKey
    role: Role
    title: Name
    valid_from: Day
    valid_until: Day

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_until < self.valid_from:
            raise ValueError("a delegation ends on the day it begins, or later")
        return self


class Revocation(Written):
    """A key whose signatures count no more, from `since` on."""

    format: Literal["accord-revocation/1"] = "accord-revocation/1"
    district: DistrictId
    key: PublicKey
    since: Moment
    because: Literal["replaced", "lost", "left the post"]


@dataclass(frozen=True)
class Custody:
    """A district's keys as somebody knows them: its root, from the charter, and revocations."""

    party: Party
    revocations: Sequence[Revocation] = ()

    def against_delegation(self, envelope: Envelope) -> Iterator[Reason]:
        """What speaks against a delegation as such. Raises `ValueError` when it isn't one."""
        delegation = stated(envelope, DELEGATION_TYPE, Delegation)
        role, name = delegation.role, self.party.name
        if delegation.key == self.party.key:
            yield (
                f"The root key of {name} is delegated as {role} of itself.",
                "A root signs delegations only. Delegate two other keys with: accord keys delegate",
            )
        if not is_signed_by(envelope, DELEGATION_TYPE, self.party.key):
            yield (
                f"The delegation of the {role}'s key is not signed by the root key of {name}: "
                "it is a stranger's.",
                BY_ANOTHER_WAY,
            )
        elif delegation.district != self.party.id:
            yield f"The delegation of the {role}'s key is for another district.", BY_ANOTHER_WAY

    def against_use(self, delegation: Delegation, at: datetime) -> Iterator[Reason]:
        """What speaks against a signature made at a moment with the key of a sound delegation."""
        day, role = at.date(), delegation.role
        if day < delegation.valid_from:
            yield (
                f"The delegation of the {role}'s key is not valid before "
                f"{day_words(delegation.valid_from)}; it signed on {day_words(day)}.",
                "Ask for a signature by a key whose delegation covers the day of signing.",
            )
        if day > delegation.valid_until:
            yield (
                f"The delegation of the {role}'s key expired on "
                f"{day_words(delegation.valid_until)}; it signed on {day_words(day)}.",
                "Ask for a signature by a key whose delegation covers the day of signing.",
            )
        for revocation in self.revocations:
            if revocation.key == delegation.key and revocation.since <= at:
                yield (
                    f"The {role}'s key was revoked from {moment_words(revocation.since)} on "
                    f"({revocation.because}); it signed on {moment_words(at)}.",
                    BY_ANOTHER_WAY,
                )


def delegate(
    root: Ed25519PrivateKey,
    *,
    district: str,
    key: str,
    role: Role,
    title: str,
    first: date,
    last: date,
) -> dict[str, Any]:
    """A root's delegation of another public key, in its envelope. Raises `ValueError`."""
    if key == public_text(root):
        raise ValueError("a root can't delegate itself: make another key for each role")
    delegation = Delegation(
        district=district,
        key=key,
        role=role,
        title=title,
        valid_from=first.isoformat(),
        valid_until=last.isoformat(),
    )
    return state(delegation, DELEGATION_TYPE, root)


def revoke(
    root: Ed25519PrivateKey,
    *,
    district: str,
    key: str,
    since: datetime,
    because: Literal["replaced", "lost", "left the post"],
) -> dict[str, Any]:
    """A root's revocation of a delegated key, in its envelope. Raises `ValueError`."""
    if key == public_text(root):
        raise ValueError("a root is replaced by amending the charter")
    revocation = Revocation(district=district, key=key, since=since, because=because)
    return state(revocation, REVOCATION_TYPE, root)


def read_delegation(path: Path) -> dict[str, Any]:
    """The envelope of a delegation's file. Raises `InputError`, `MachineError`."""
    envelope = read_json(path, "a delegation")
    try:
        stated(envelope, DELEGATION_TYPE, Delegation)
    except ValueError:
        raise not_a("a delegation", path) from None
    return dict(envelope)


def moment_words(at: datetime) -> str:
    """``November 21, 2026 at 14:05 UTC``."""
    return f"{day_words(at.date())} at {at:%H:%M} UTC"
