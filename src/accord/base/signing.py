"""Ed25519 keys and DSSE envelopes: who said this, and has a byte of it changed since.

A public key is written ``ed25519:`` and 43 characters of URL-safe base64. A private key is a PEM
file that only its owner may read. A signed thing is a DSSE envelope: the payload, its type, and
one signature a signer, each over the payload *and* its type, so that a signature on one kind of
document is never good for another.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import FormatError, VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey

from accord.base.canonical import bytes_hash
from accord.base.errors import InputError, StateError
from accord.base.files import machine_errors, whole_file

_PREFIX = "ed25519:"


def new_private_key() -> Ed25519PrivateKey:
    """A fresh private key from the system's source of randomness."""
    return Ed25519PrivateKey.generate()


def fingerprint(key: str) -> str:
    """A public key's fingerprint, for people to compare: 32 hexadecimal digits in fours."""
    digits = bytes_hash(key.encode()).removeprefix("sha256:")[:32]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def save_private_key(key: Ed25519PrivateKey, path: Path) -> None:
    """Write a private key readable by its owner only. Refuses to replace one: `StateError`."""
    if path.exists():
        raise StateError.because(
            "There is a key here already.",
            "Keep it: whatever it signed could no longer be checked. Choose another place.",
            file=path,
        )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with whole_file(path, private=True) as draft:
        draft.write_bytes(pem)


def load_private_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key. Raises `InputError` when the file isn't one, `MachineError`."""
    with machine_errors(path):
        pem = path.read_bytes()
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError.because(
            "This is not an Ed25519 private key.", "Make one with: accord keys new", file=path
        )
    return key


def public_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """How a public key is written in a charter."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return _PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def parse_public(text: str) -> Ed25519PublicKey:
    """Read a public key as a charter writes it. Raises `ValueError`."""
    problem = ValueError("a public key is written “ed25519:” and 43 letters, digits, “-” or “_”")
    if not text.startswith(_PREFIX):
        raise problem
    body = text.removeprefix(_PREFIX)
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        return Ed25519PublicKey.from_public_bytes(raw)
    except (ValueError, binascii.Error):
        raise problem from None


def sign(payload: bytes, payload_type: str, key: Ed25519PrivateKey) -> dict[str, Any]:
    """A DSSE envelope, as plain JSON, with one signature over `payload`."""
    envelope = Envelope(payload, payload_type, {})
    envelope.sign(_signer(key))
    return envelope.to_dict()


def add_signature(envelope: Mapping[str, Any], key: Ed25519PrivateKey) -> dict[str, Any]:
    """The same envelope with one more signature. Raises `ValueError` when it isn't one."""
    opened = _open(envelope)
    opened.sign(_signer(key))
    return opened.to_dict()


def payload_of(envelope: Mapping[str, Any], payload_type: str) -> bytes:
    """The payload, unverified. Raises `ValueError` when it isn't an envelope of that type."""
    opened = _open(envelope)
    if opened.payload_type != payload_type:
        raise ValueError("the envelope holds another kind of document")
    return opened.payload


def signers_of(envelope: Mapping[str, Any], payload_type: str, known: list[str]) -> list[str]:
    """Which of the `known` public keys (as written in a charter) have signed this envelope.

    Signatures by others are passed over. Raises `ValueError` when it isn't an envelope of that
    type.
    """
    payload_of(envelope, payload_type)
    opened = _open(envelope)
    found = []
    for text in known:
        try:
            opened.verify([_public(parse_public(text), text)], threshold=1)
        except VerificationError:
            continue
        found.append(text)
    return found


def _open(envelope: Mapping[str, Any]) -> Envelope:
    try:
        copy = {
            "payload": envelope["payload"],
            "payloadType": envelope["payloadType"],
            "signatures": [dict(signature) for signature in envelope["signatures"]],
        }
        opened = Envelope.from_dict(copy)
    except (KeyError, TypeError, ValueError, AttributeError, FormatError) as error:
        raise ValueError("this is not a signature envelope") from error
    if not isinstance(opened.payload_type, str):
        raise ValueError("this is not a signature envelope")
    return opened


def _public(key: Ed25519PublicKey, text: str) -> SSlibKey:
    return SSlibKey.from_crypto(key, keyid=text)


def _signer(key: Ed25519PrivateKey) -> CryptoSigner:
    return CryptoSigner(key, _public(key.public_key(), public_text(key)))
