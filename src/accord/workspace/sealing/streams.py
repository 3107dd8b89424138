"""Sealed files: the payload of the age format (C2SP, age-encryption.org/v1), under a text's key.

A file is cut into pieces of 64 KiB, each sealed by ChaCha20-Poly1305 with its place and whether it
is the last as the nonce: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015). So
pieces that are altered, left out, put elsewhere or cut off at the end are found, and no file needs
more memory than two pieces. The pieces' key is derived by HKDF (RFC 5869) from the file's own one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from accord.base.errors import RefusedError

PIECE = 1 << 16
_SALT, _TAG, _COUNTER = 16, 16, 11


def seal_file(source: Path, target: Path, key: bytes, about: str) -> None:
    """Write the file at `source` to `target`, sealed; `about` must be the same when it is opened.

    Raises `OSError`.
    """
    salt = os.urandom(_SALT)
    cipher = _cipher(key, salt, about)
    with source.open("rb") as stream, target.open("wb") as sealed:
        sealed.write(salt)
        for number, (piece, is_last) in enumerate(_pieces(stream, PIECE)):
            sealed.write(cipher.encrypt(_nonce(number, is_last), piece, None))


def unsealed(path: Path, key: bytes, about: str) -> Iterator[bytes]:
    """The pieces of a sealed file in the clear.

    Raises `RefusedError` at the first piece that was altered, and where the end is missing;
    `OSError`.
    """
    with path.open("rb") as sealed:
        cipher = _cipher(key, sealed.read(_SALT), about)
        for number, (piece, is_last) in enumerate(_pieces(sealed, PIECE + _TAG)):
            try:
                yield cipher.decrypt(_nonce(number, is_last), piece, None)
            except InvalidTag:
                raise RefusedError.because(
                    "A sealed file was altered where it is kept.", "Restore it from a backup."
                ) from None


def _pieces(stream: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The pieces of a stream, and whether each is the last; an empty stream has one."""
    piece = stream.read(size)
    while following := stream.read(size):
        yield piece, False
        piece = following
    yield piece, True


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(_COUNTER, "big") + bytes([is_last])


def _cipher(key: bytes, salt: bytes, about: str) -> ChaCha20Poly1305:
    derived = HKDF(SHA256(), 32, salt, f"accord sealed file {about}".encode()).derive(key)
    return ChaCha20Poly1305(derived)
