"""The two signatures of a release: a preparer's and an approver's, each dated, each delegated.

What a signer signs names the release, the role and the moment, so that a signature can't be moved
to another release, used in another role or given another date. With it travels the delegation of
its key, so that a release can be checked with nothing but the charter at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.documents import Written
from accord.base.signing import public_text
from accord.charter.values import Hash
from accord.exchange.custody import DELEGATION_TYPE, ROLES, Custody, Delegation, Role
from accord.exchange.statements import (
    BY_ANOTHER_WAY,
    Envelope,
    Moment,
    Reason,
    is_signed_by,
    moment,
    state,
    stated,
)

SIGNATURE_TYPE = "application/vnd.accord.release-signature+json"


class Signing(Written):
    """What a signer signs: this release, in this role, at this moment."""

    format: Literal["accord-signature/1"] = "accord-signature/1"
    release: Hash
    role: Role
    at: Moment


@dataclass(frozen=True)
class Signature:
    """One role's signature, read but not yet believed."""

    signing: Signing
    delegation: Delegation
    signature_envelope: Envelope
    delegation_envelope: Envelope

    @property
    def at(self) -> datetime:
        return self.signing.at

    @property
    def key(self) -> str:
        """The public key that the delegation names."""
        return self.delegation.key

    def written(self) -> dict[str, Any]:
        """Plain JSON, as it stands in a release."""
        return {
            "signature": dict(self.signature_envelope),
            "delegation": dict(self.delegation_envelope),
        }


Signatures = Mapping[Role, Signature]


def sign_release(
    release: str,
    key: Ed25519PrivateKey,
    delegation: Envelope,
    *,
    now: datetime | None = None,
) -> Signature:
    """Sign a release, by its id, in the role that a delegation gives to `key`.

    Raises `ValueError` when the delegation is another key's.
    """
    delegated = stated(delegation, DELEGATION_TYPE, Delegation)
    if delegated.key != public_text(key):
        raise ValueError("the delegation is for another key")
    signing = Signing(release=release, role=delegated.role, at=moment(now))
    return Signature(signing, delegated, state(signing, SIGNATURE_TYPE, key), delegation)


def read_signatures(value: Any) -> dict[Role, Signature]:
    """The signatures in a release's JSON, by role. Raises `ValueError` when it isn't that."""
    if not isinstance(value, dict) or not value.keys() <= set(ROLES):
        raise ValueError("a release has a preparer's and an approver's signature")
    return {role: _read(value[role]) for role in ROLES if role in value}


def against_signatures(signatures: Signatures, custody: Custody, release: str) -> Iterator[Reason]:
    """Everything that speaks against the signatures of a release of the custody's party."""
    if not signatures:
        yield (
            f"This release is not signed by {custody.party.name}: it has no signature.",
            BY_ANOTHER_WAY,
        )
        return
    for role in ROLES:
        if role in signatures:
            yield from _against(role, signatures[role], custody, release)
        else:
            yield (
                f"This release has one signature: the {role}'s is missing.",
                "Ask the district for the release with both signatures, the preparer's and the "
                "approver's.",
            )
    if len(signatures) < len(ROLES):
        return
    preparer, approver = signatures["preparer"], signatures["approver"]
    if preparer.key == approver.key:
        yield "The same key signed as preparer and as approver.", _TWO_PEOPLE
    if approver.at < preparer.at:
        yield "The approver signed before the preparer did.", BY_ANOTHER_WAY


def _against(role: Role, signature: Signature, custody: Custody, release: str) -> Iterator[Reason]:
    if signature.signing.release != release:
        yield f"The {role}'s signature was made below another release.", BY_ANOTHER_WAY
    if signature.delegation.role != role or signature.signing.role != role:
        yield (
            f"The key that signed as {role} is delegated as {signature.delegation.role}.",
            "Ask the district for a signature by the key that its root delegated to that role.",
        )
    if not is_signed_by(signature.signature_envelope, SIGNATURE_TYPE, signature.key):
        yield (
            f"The {role}'s signature is not by the key of its delegation: the key is a stranger's.",
            BY_ANOTHER_WAY,
        )
    unsound = list(custody.against_delegation(signature.delegation_envelope))
    yield from unsound or custody.against_use(signature.delegation, signature.at)


def _read(value: Any) -> Signature:
    if not isinstance(value, dict) or value.keys() != {"signature", "delegation"}:
        raise ValueError("a signature goes with the delegation of its key")
    return Signature(
        stated(value["signature"], SIGNATURE_TYPE, Signing),
        stated(value["delegation"], DELEGATION_TYPE, Delegation),
        value["signature"],
        value["delegation"],
    )


_TWO_PEOPLE = "Two people sign a release, each with a key of their own. Don't use it."
