"""Canonical JSON (RFC 8785) and the hashes taken of it.

Whatever is signed or compared across districts is hashed in this form, so that spelling, key
order and white space never matter. Floating-point numbers are refused: they have no single
spelling that a person would recognise. Use integers or text.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import rfc8785

_CHUNK = 1 << 20


def canonical_bytes(value: Any) -> bytes:
    """The one spelling of a JSON value. Raises `TypeError` on a float anywhere inside it."""
    _refuse_floats(value)
    return rfc8785.dumps(value)


def content_hash(value: Any) -> str:
    """``sha256:`` and 64 hexadecimal digits of the canonical form of `value`."""
    return "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()


def bytes_hash(data: bytes) -> str:
    """``sha256:`` and 64 hexadecimal digits of `data`."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def file_hash(path: Path) -> str:
    """``sha256:`` and 64 hexadecimal digits of a file's bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
    return "sha256:" + digest.hexdigest()


def short_hash(full: str) -> str:
    """The first 12 digits, for people: never for a comparison."""
    return full.removeprefix("sha256:")[:12]


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no floating-point numbers; use an integer or text")
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
