"""Statements by a district: signed with its root, or with a delegated key and its delegation.

Receipts, commitments and openings are such statements. Their files hold the envelope and, beside
it, the delegation of the key that signed, so that each can be checked with the charter alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.signing import public_text
from accord.charter.model import Charter, Party
from accord.exchange.custody import DELEGATION_TYPE, Custody, Delegation
from accord.exchange.statements import (
    BY_ANOTHER_WAY,
    Envelope,
    Reason,
    Statement,
    is_signed_by,
    state,
    stated,
)


@dataclass(frozen=True)
class Vouched(Generic[Statement]):
    """A statement, read but not yet believed; `delegation` is absent where the root signed."""

    statement: Statement
    envelope: Envelope
    delegation: Envelope | None

    def written(self) -> dict[str, Any]:
        """Plain JSON: what its file holds."""
        return {"statement": dict(self.envelope), "delegation": self.delegation}


def vouch(
    statement: Statement, payload_type: str, key: Ed25519PrivateKey, delegation: Envelope | None
) -> Vouched[Statement]:
    """Sign a statement with a district's key."""
    return Vouched(statement, state(statement, payload_type, key), delegation)


def read_vouched(value: Any, payload_type: str, kind: type[Statement]) -> Vouched[Statement]:
    """A statement from its file's JSON. Raises `ValueError` when it isn't one."""
    if not isinstance(value, Mapping) or value.keys() != {"statement", "delegation"}:
        raise ValueError("this is not a statement with its delegation")
    envelope, delegation = value["statement"], value["delegation"]
    if delegation is not None:
        stated(delegation, DELEGATION_TYPE, Delegation)
    return Vouched(stated(envelope, payload_type, kind), envelope, delegation)


def against_vouched(
    vouched: Vouched[Statement], payload_type: str, custody: Custody, at: datetime
) -> Iterator[Reason]:
    """What speaks against the signature of a statement that a party made at a moment."""
    key = custody.party.key
    if vouched.delegation is not None:
        delegation = stated(vouched.delegation, DELEGATION_TYPE, Delegation)
        unsound = list(custody.against_delegation(vouched.delegation))
        yield from unsound or custody.against_use(delegation, at)
        key = delegation.key
    if not is_signed_by(vouched.envelope, payload_type, key):
        yield f"This is not signed by {custody.party.name}.", BY_ANOTHER_WAY


def speaker(charter: Charter, key: Ed25519PrivateKey, delegation: Envelope | None) -> Party | None:
    """The party that a private key speaks for: as its root, or as its delegation says."""
    public = public_text(key)
    if delegation is None:
        return next((party for party in charter.parties if party.key == public), None)
    delegated = stated(delegation, DELEGATION_TYPE, Delegation)
    return charter.party(delegated.district) if delegated.key == public else None
