"""The cryptography of sealed text: three standard constructions, none of our own.

A text is sealed with its own key by ChaCha20-Poly1305 (RFC 8439). That key is wrapped for a
district by HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305). A district's private key is
kept under a passphrase by scrypt (RFC 7914) and ChaCha20-Poly1305.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from accord.base.canonical import bytes_hash
from accord.base.errors import InputError, RefusedError

_NONCE, _SALT, _MARK = 12, 16, 16
_COST = {"n": 2**16, "r": 8, "p": 1}
"""64 MB and about a fifth of a second for each guess (RFC 7914)."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def new_text_key() -> bytes:
    """A key for one text: 32 bytes."""
    return ChaCha20Poly1305.generate_key()


def seal(text: str, key: bytes, about: str) -> bytes:
    """`text` under `key`; `about` must be the same when it is opened."""
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, text.encode(), about.encode())


def unseal(sealed: bytes, key: bytes, about: str) -> str:
    """The text again. Raises `RefusedError` where it was altered, or is under another key."""
    try:
        opened = ChaCha20Poly1305(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except InvalidTag:
        raise RefusedError.because(
            "A sealed text was altered where it is kept.", "Restore it from a backup."
        ) from None
    return opened.decode()


def wrap(key: bytes, public: X25519PublicKey, about: str) -> bytes:
    """A text's key, to be opened with the private half of `public` alone."""
    return _SUITE.encrypt(key, public, info=about.encode())


def unwrap(wrapped: bytes, private: X25519PrivateKey, about: str) -> bytes:
    """A text's key again. Raises `RefusedError` where it was wrapped for another."""
    try:
        return _SUITE.decrypt(wrapped, private, info=about.encode())
    except InvalidTag:
        raise RefusedError.because(
            "A text's key was altered where it is kept.", "Restore the shelf of keys."
        ) from None


def mark_of(public: X25519PublicKey) -> str:
    """By what a public key is known: the beginning of its SHA-256."""
    return bytes_hash(public.public_bytes_raw()).removeprefix("sha256:")[:_MARK]


def lock(private: X25519PrivateKey, passphrase: str) -> bytes:
    """A private key under a passphrase."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    cipher = ChaCha20Poly1305(_stretched(passphrase, salt))
    return salt + nonce + cipher.encrypt(nonce, private.private_bytes_raw(), None)


def unlock(locked: bytes, passphrase: str) -> X25519PrivateKey:
    """The private key again. Raises `RefusedError` where the passphrase is another."""
    salt, nonce, rest = locked[:_SALT], locked[_SALT : _SALT + _NONCE], locked[_SALT + _NONCE :]
    try:
        raw = ChaCha20Poly1305(_stretched(passphrase, salt)).decrypt(nonce, rest, None)
    except InvalidTag:
        raise RefusedError.because(
            "This is not the passphrase of your district's key.",
            "Ask whoever made the key, or unlock with the key file from your safe.",
        ) from None
    return X25519PrivateKey.from_private_bytes(raw)


def private_pem(private: X25519PrivateKey) -> str:
    """A private key as the text that a district keeps in its safe."""
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def read_private(pem: bytes) -> X25519PrivateKey:
    """The private key of a file. Raises `InputError`."""
    try:
        key = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, X25519PrivateKey):
        raise InputError.because(
            "This file holds no private key of the kind that districts use here.",
            "Choose the file with BEGIN PRIVATE KEY that was kept when the key was made.",
        )
    return key


def public_pem(public: X25519PublicKey) -> str:
    """A public key as text."""
    return public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def read_public(pem: str) -> X25519PublicKey:
    """The public key of a text. Raises `InputError`."""
    try:
        key = serialization.load_pem_public_key(pem.strip().encode())
    except ValueError:
        key = None
    if not isinstance(key, X25519PublicKey):
        raise InputError.because(
            "This is not an X25519 public key.",
            "Make one with: openssl genpkey -algorithm x25519 -out district.pem, "
            "then openssl pkey -in district.pem -pubout",
        )
    return key


def to_text(raw: bytes) -> str:
    """Bytes as letters."""
    return base64.b64encode(raw).decode()


def from_text(text: str) -> bytes:
    """The bytes of `to_text`."""
    return base64.b64decode(text)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **_COST).derive(passphrase.encode())
