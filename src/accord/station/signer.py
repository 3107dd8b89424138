"""A person who signs at a station: with a key that the district's ledger knows, in one role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.errors import RefusedError
from accord.base.signing import public_text
from accord.charter.model import Charter
from accord.exchange.acts import delegation_of, revocations, revoked_keys
from accord.exchange.custody import DELEGATION_TYPE, Custody, Delegation, Role
from accord.exchange.ledger import Entry
from accord.exchange.release import Release
from accord.exchange.signatures import Signature, against_signatures, sign_release
from accord.exchange.statements import Envelope, refuse_for, stated
from accord.station.station import Station


@dataclass(frozen=True)
class Signer:
    """A key that may sign at this moment, with the delegation that lets it."""

    key: Ed25519PrivateKey
    delegation: Envelope
    custody: Custody
    at: datetime
    ledger: Path

    @classmethod
    def of(
        cls,
        station: Station,
        charter: Charter,
        entries: Sequence[Entry],
        *,
        key: Ed25519PrivateKey,
        role: Role,
        at: datetime,
    ) -> Signer:
        """The signer with this key. Raises `RefusedError` when it may not sign in this role."""
        ledger = station.ledger
        party = charter.party(station.district)
        if party is None:
            raise RefusedError.because(
                "This district is not a party to the station's charter.",
                "Adopt the charter that this district has signed.",
                file=station.charter_file,
            )
        public = public_text(key)
        if public == party.key:
            raise RefusedError.because(
                "This is the district's root key, which signs delegations only.",
                "Sign with a key that the root has delegated: accord keys delegate",
                file=ledger,
            )
        delegation = delegation_of(entries, public)
        if delegation is None:
            raise RefusedError.because(
                "The district's ledger has no delegation for this key.",
                "Have the root delegate it with accord keys delegate, then enter the delegation: "
                f"accord ledger add {ledger}",
                file=ledger,
            )
        delegated = stated(delegation, DELEGATION_TYPE, Delegation)
        if delegated.role != role:
            raise RefusedError.because(
                f"This key is delegated as {delegated.role}, not as {role}.",
                f"Sign with the key that the root has delegated as {role}.",
                file=ledger,
            )
        custody = Custody(party, revoked_keys(revocations(entries)))
        refuse_for(custody.against_delegation(delegation), ledger)
        refuse_for(custody.against_use(delegated, at), ledger)
        return cls(key, delegation, custody, at, ledger)

    def sign(self, release: str) -> Signature:
        """This signer's signature of a release, by its id."""
        return sign_release(release, self.key, self.delegation, now=self.at)

    def second(self, release: Release) -> Signature:
        """The signature that makes a signed draft a release.

        Raises `RefusedError` unless two people have then signed it who may.
        """
        signature = self.sign(release.id)
        both = {**release.signatures, signature.signing.role: signature}
        refuse_for(against_signatures(both, self.custody, release.id), self.ledger)
        return signature
