"""The districts' keys that are unlocked while one request is answered; no longer than that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

Ring = Mapping[int, X25519PrivateKey]
"""Private keys by their district's primary key."""

_ring: ContextVar[Ring] = ContextVar("ring")
_NONE: Ring = {}


def held() -> Ring:
    """What is unlocked now."""
    return _ring.get(_NONE)


@contextmanager
def holding(ring: Ring) -> Iterator[None]:
    """Have these keys unlocked for a while."""
    before = _ring.set(ring)
    try:
        yield
    finally:
        _ring.reset(before)
