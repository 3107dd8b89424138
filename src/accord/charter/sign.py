"""Signing a charter, and telling who has: it is in force when every party has signed its wording.

The signatures lie beside the charter, in ``charter.signatures.json`` for ``charter.yaml``: a DSSE
envelope over the canonical form. Spelling and comments may change without harm; a changed meaning
has another canonical form, so the signatures below the old one no longer count, and that is said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base import signing
from accord.base.documents import LIMIT, Source
from accord.base.errors import AccordError, InputError, RefusedError, StateError
from accord.base.files import machine_errors, whole_file
from accord.base.signing import public_text
from accord.base.words import list_words
from accord.charter.checks import check_charter
from accord.charter.known import CatalogueIndex
from accord.charter.model import Charter, Party
from accord.charter.read import read_charter

PAYLOAD_TYPE = "application/vnd.accord.charter+json"

Envelope = Mapping[str, Any]


@dataclass(frozen=True)
class SignedCharter:
    """A charter and the signatures beside it; `envelope` is `None` where nobody has signed."""

    charter: Charter
    source: Source
    envelope: Envelope | None

    @property
    def is_changed(self) -> bool:
        """Whether the signatures are below another wording than this one."""
        return self.envelope is not None and self._signed_bytes != self.charter.canonical_bytes

    @property
    def signed_parties(self) -> tuple[Party, ...]:
        """Who has signed this wording, in the charter's order."""
        return () if self.is_changed else self._parties_in_envelope

    @property
    def missing_parties(self) -> tuple[Party, ...]:
        """Who has not signed this wording yet."""
        signed = self.signed_parties
        return tuple(party for party in self.charter.parties if party not in signed)

    @property
    def in_force(self) -> bool:
        """Whether every party has signed this wording."""
        return not self.missing_parties

    @property
    def state(self) -> str:
        """Who has signed and who has not, as a sentence."""
        if self.is_changed:
            former = list_words([party.name for party in self._parties_in_envelope])
            return (
                f"This charter was changed after {former or 'somebody'} signed it, so no "
                "signature holds."
            )
        missing = list_words([party.name for party in self.missing_parties])
        if not missing:
            return "Signed by every party, and in force."
        signed = list_words([party.name for party in self.signed_parties])
        return f"{f'Signed by {signed}; not' if signed else 'Not'} signed by {missing}."

    def has_signature_of(self, key: str) -> bool:
        """Whether a public key, as a charter writes it, has signed this wording."""
        if self.envelope is None or self.is_changed:
            return False
        return bool(signing.signers_of(self.envelope, PAYLOAD_TYPE, [key]))

    def require_in_force(self) -> None:
        """Raises `RefusedError`, naming who has not signed, unless the charter is in force."""
        if not self.in_force:
            raise RefusedError.because(
                f"The charter is not in force. {self.state}",
                "Every party signs the same wording with: accord charter sign",
                file=self.source.file,
            )

    @property
    def _signed_bytes(self) -> bytes:
        assert self.envelope is not None
        return signing.payload_of(self.envelope, PAYLOAD_TYPE)

    @property
    def _parties_in_envelope(self) -> tuple[Party, ...]:
        if self.envelope is None:
            return ()
        keys = [party.key for party in self.charter.parties if party.has_key]
        signers = signing.signers_of(self.envelope, PAYLOAD_TYPE, keys)
        return tuple(party for party in self.charter.parties if party.key in signers)


def signatures_path(charter: Path) -> Path:
    """Where the signatures of a charter lie: beside it."""
    return charter.with_name(f"{charter.stem}.signatures.json")


def read_signed(path: Path) -> SignedCharter:
    """A charter with the signatures beside it. Raises `InputError`, `MachineError`."""
    charter, source = read_charter(path)
    return SignedCharter(charter, source, _read_envelope(signatures_path(path)))


def sign_charter(
    path: Path,
    key: Ed25519PrivateKey,
    known: CatalogueIndex,
    previous: SignedCharter | None = None,
) -> SignedCharter:
    """Put one party's signature beside a charter; signing twice changes nothing.

    An amendment is signed by its parties and by those of the charter that it amends, which is then
    given as `previous`. Raises `InputError` when the charter has a problem, `StateError` when a key
    is pending or earlier signatures are below another wording, and `RefusedError` when the key is
    no party's or `previous` is not the charter that this one amends.
    """
    signed = read_signed(path)
    charter = signed.charter
    check_charter(charter, signed.source, known)
    if previous is not None and charter.amends != previous.charter.hash:
        raise RefusedError.because(
            "This charter does not amend the one given as the previous one.",
            f"Write amends: {previous.charter.hash} in it, or give the charter that it amends.",
            file=path,
        )
    pending = [party.name for party in charter.parties if not party.has_key]
    if pending:
        raise StateError.because(
            f"The key of {list_words(pending)} is pending. A key is part of what is signed.",
            "Write every party's public key into the charter first.",
            file=path,
        )
    own = public_text(key)
    if own not in _keys(charter, previous):
        raise RefusedError.because(
            f"The key {own} is not one of this charter's parties.",
            "Sign with the private key whose public key the charter gives for your district.",
            file=path,
        )
    if signed.is_changed:
        raise StateError.because(
            signed.state,
            f"Remove {signatures_path(path).name}, and ask every party to sign the new wording.",
            file=path,
        )
    if signed.has_signature_of(own):
        return signed
    envelope = (
        signing.sign(charter.canonical_bytes, PAYLOAD_TYPE, key)
        if signed.envelope is None
        else signing.add_signature(signed.envelope, key)
    )
    with whole_file(signatures_path(path)) as draft:
        draft.write_text(json.dumps(envelope, indent=2) + "\n", encoding="utf-8")
    return SignedCharter(charter, signed.source, envelope)


def _keys(charter: Charter, previous: SignedCharter | None) -> list[str]:
    parties = [*charter.parties, *(previous.charter.parties if previous else ())]
    return [party.key for party in parties]


def _read_envelope(path: Path) -> Envelope | None:
    if not path.exists():
        return None
    with machine_errors(path):
        data = path.read_bytes()
    try:
        if len(data) > LIMIT:
            raise _unreadable(path)
        envelope = json.loads(data)
        signing.payload_of(envelope, PAYLOAD_TYPE)
    except (ValueError, RecursionError):
        raise _unreadable(path) from None
    return envelope  # type: ignore[no-any-return]


def _unreadable(path: Path) -> AccordError:
    return InputError.because(
        "This is not a file of charter signatures.",
        "Ask the partner who sent it for another copy, or remove it and sign again.",
        file=path,
    )
