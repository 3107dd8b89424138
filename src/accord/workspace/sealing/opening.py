"""A district's key: making it, unlocking it for a session, and sealing what was written before.

An unlocked key is kept in two halves that are useless alone: in the session it lies under a random
key, and that random key is in the browser's cookie only. Neither the database nor a backup of it
opens anything.
"""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accord.base.errors import AccordError, RefusedError, StateError
from accord.workspace.people.models import District, Person
from accord.workspace.sealing.envelope import (
    from_text,
    lock,
    new_text_key,
    private_pem,
    read_private,
    read_public,
    seal,
    to_text,
    unlock,
    unseal,
)
from accord.workspace.sealing.fields import rewrap
from accord.workspace.sealing.models import DistrictKey, Sealed
from accord.workspace.sealing.ring import Ring
from accord.workspace.trail.writing import record

COOKIE = "accord_unlocked"
_SESSION = "unlocked_keys"


@transaction.atomic
def make_key(district: District, passphrase: str, *, by: Person) -> str:
    """Make a district's key; returns the private half as text, which is kept nowhere else open.

    Raises `StateError` where the district has one.
    """
    private = X25519PrivateKey.generate()
    _keep(district, private.public_key(), to_text(lock(private, passphrase)), by)
    return private_pem(private)


@transaction.atomic
def bring_key(district: District, public: str, *, by: Person) -> None:
    """Take a public key that the district made itself; it unlocks with its file alone.

    Raises `InputError`, `StateError`.
    """
    _keep(district, read_public(public), "", by)


def seal_again(things: Iterable[Sealed]) -> int:
    """Wrap the keys of things that were written before their district had one; returns how many."""
    return sum(rewrap(thing) for thing in things)


def unlocked_by_passphrase(key: DistrictKey, passphrase: str) -> X25519PrivateKey:
    """Raises `RefusedError` for another passphrase, or where the key is kept as a file alone."""
    if not key.locked:
        raise RefusedError.because(
            "Your district keeps its key as a file alone.", "Choose the key file."
        )
    return unlock(from_text(key.locked), passphrase)


def unlocked_by_file(key: DistrictKey, pem: bytes) -> X25519PrivateKey:
    """Raises `InputError` for a file of another kind, `RefusedError` for another district's key."""
    private = read_private(pem)
    if private.public_key() != read_public(key.public):
        raise RefusedError.because(
            "This is another key than your district's.", "Choose the file kept when it was made."
        )
    return private


def keep_unlocked(
    request: HttpRequest, response: HttpResponse, district: int, private: X25519PrivateKey
) -> None:
    """Have the key at hand until this person signs out, or the session ends."""
    half = new_text_key()
    request.session[_SESSION] = {
        str(district): to_text(seal(to_text(private.private_bytes_raw()), half, str(district)))
    }
    response.set_cookie(
        COOKIE,
        to_text(half),
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Lock again."""
    request.session.pop(_SESSION, None)
    response.delete_cookie(COOKIE)


def ring_of(request: HttpRequest) -> Ring:
    """The keys that a request unlocks; none where a half is missing or is not ours."""
    half, kept = request.COOKIES.get(COOKIE), request.session.get(_SESSION)
    if not half or not kept:
        return {}
    try:
        key = from_text(half)
        return {
            int(district): X25519PrivateKey.from_private_bytes(
                from_text(unseal(from_text(locked), key, district))
            )
            for district, locked in kept.items()
        }
    except (ValueError, AccordError):
        return {}


def _keep(district: District, public: X25519PublicKey, locked: str, by: Person) -> None:
    if DistrictKey.objects.filter(district=district).exists():
        raise StateError.because(
            f"{district.name} has a key already.", "Unlock it with its passphrase or its file."
        )
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()
    key = DistrictKey.objects.create(
        district=district, public=pem, locked=locked, made_by=by, made_at=timezone.now()
    )
    record("made the district's key", key, by=by.email, chain=district.partnership_id)
