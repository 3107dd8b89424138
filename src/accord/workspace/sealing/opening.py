"""A district's key: making it, and unlocking it for a session.

An unlocked key is kept in two halves that are useless alone: in the session it lies under a random
key, and that random key is in the browser's cookie only. Neither the database nor a backup of it
opens anything.
"""

from __future__ import annotations

from functools import partial

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accord.base.errors import AccordError, RefusedError, StateError
from accord.workspace.people.models import District, Person
from accord.workspace.sealing.district_keys import (
    LockedKey,
    in_force,
    key_of,
    lay_beside,
    settle,
)
from accord.workspace.sealing.envelope import (
    from_text,
    lock,
    mark_of,
    new_text_key,
    private_pem,
    public_pem,
    read_private,
    read_public,
    seal,
    to_text,
    unlock,
    unseal,
)
from accord.workspace.sealing.models import DistrictKey
from accord.workspace.sealing.ring import Ring
from accord.workspace.trail.writing import await_turn, record

COOKIE = "accord_unlocked"
_SESSION = "unlocked_keys"


@transaction.atomic
def make_key(district: District, passphrase: str, *, by: Person) -> str:
    """Make a district's key; returns the private half as text, which is kept nowhere else open.

    Raises `StateError` where the district has one.
    """
    private, key = new_pair(passphrase)
    _keep(district, key, by)
    return private_pem(private)


@transaction.atomic
def bring_key(district: District, public: str, *, by: Person) -> None:
    """Take a public key that the district made itself; it unlocks with its file alone.

    Raises `InputError`, `StateError`.
    """
    _keep(district, brought(public), by)


def new_pair(passphrase: str) -> tuple[X25519PrivateKey, LockedKey]:
    """A new private key, and how it lies on the shelf under a passphrase."""
    private = X25519PrivateKey.generate()
    public = public_pem(private.public_key())
    return private, LockedKey(public, to_text(lock(private, passphrase)))


def brought(public: str) -> LockedKey:
    """A public key whose private half is kept as a file alone. Raises `InputError`."""
    return LockedKey(public_pem(read_public(public)), "")


def unlocked_by_passphrase(key: LockedKey, passphrase: str) -> X25519PrivateKey:
    """Raises `RefusedError` for another passphrase, or where the key is kept as a file alone."""
    if not key.locked:
        raise RefusedError.because(
            "Your district keeps its key as a file alone.", "Choose the key file."
        )
    return unlock(from_text(key.locked), passphrase)


def unlocked_by_file(key: LockedKey, pem: bytes) -> X25519PrivateKey:
    """Raises `InputError` for a file of another kind, `RefusedError` for another district's key."""
    private = read_private(pem)
    if private.public_key() != key.half:
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
    """The keys that a request unlocks; none where a half is missing, is not ours, or is of a key
    that was changed meanwhile."""
    half, kept = request.COOKIES.get(COOKIE), request.session.get(_SESSION)
    if not half or not kept:
        return {}
    try:
        key = from_text(half)
        opened = {
            int(district): X25519PrivateKey.from_private_bytes(
                from_text(unseal(from_text(locked), key, district))
            )
            for district, locked in kept.items()
        }
    except (ValueError, AccordError):
        return {}
    return _in_force_still(opened)


def _in_force_still(opened: Ring) -> Ring:
    keys = in_force(opened)
    return {
        district: private
        for district, private in opened.items()
        if district in keys and keys[district].mark == mark_of(private.public_key())
    }


def _keep(district: District, key: LockedKey, by: Person) -> None:
    await_turn(district.partnership_id)
    if key_of(district.pk) is not None:
        raise StateError.because(
            f"{district.name} has a key already.", "Unlock it with its passphrase or its file."
        )
    put_in_force(district, key, by=by, anew=True)
    row = DistrictKey.objects.get(district=district)
    record("made the district's key", row, by=by.email, chain=district.partnership_id)


def put_in_force(district: District, key: LockedKey, *, by: Person, anew: bool) -> None:
    """Have a key be the district's once the transaction is committed, and the former go then.

    `anew` is whether it was made now, or is the same under another passphrase.
    """
    lay_beside(district.pk, key)
    named = {"name": key.name}
    made = named | {"made_by": by, "made_at": timezone.now()}
    DistrictKey.objects.update_or_create(
        district=district, defaults=made if anew else named, create_defaults=made
    )
    transaction.on_commit(partial(settle, district))
