"""Another passphrase for a district's key, and another key for all that the former one opened.

Both are asked of somebody who has just shown the former passphrase or the key file. What is killed
half-way leaves the former key in force, or the new one, and every text opens with whichever it is:
a text's key is wrapped for both until the new one is in force (`district_keys.settle`).

A district that has neither passphrase nor file begins anew: what lies under the lost key stays
shut, until it is found again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction

from accord.base.errors import InputError, RefusedError, StateError
from accord.workspace.people.models import District, Person
from accord.workspace.sealing import shelf
from accord.workspace.sealing.district_keys import LockedKey, key_of, lay_beside, settle
from accord.workspace.sealing.envelope import lock, private_pem, to_text, unwrap, wrap
from accord.workspace.sealing.models import DistrictKey
from accord.workspace.sealing.opening import brought, new_pair, put_in_force
from accord.workspace.trail.writing import await_turn, record


@dataclass(frozen=True)
class Shown:
    """A district's key as somebody has just unlocked it."""

    key: LockedKey
    private: X25519PrivateKey


@dataclass(frozen=True)
class Wrapped:
    """How many texts' keys are wrapped for a new key, and how many were spoilt and could not be."""

    count: int
    spoilt: int


@transaction.atomic
def change_passphrase(district: District, shown: Shown, passphrase: str, *, by: Person) -> None:
    """Lock the same key with another passphrase; a key kept as a file alone gets its first one.

    Raises `StateError` where the key was changed meanwhile.
    """
    _require_still(district, shown.key)
    locked = to_text(lock(shown.private, passphrase))
    key = replace(shown.key, locked=locked, name=shelf.new_name())
    put_in_force(district, key, by=by, anew=False)
    _tell("changed the passphrase of the district's key", district, by)


@transaction.atomic
def change_key(
    district: District, shown: Shown, passphrase: str, *, by: Person
) -> tuple[str, Wrapped]:
    """Make another key and wrap every text's key for it; returns its private half as text.

    Raises `StateError` where the key was changed meanwhile.
    """
    private, key = new_pair(passphrase)
    return private_pem(private), _replace(district, shown, key, by)


@transaction.atomic
def bring_another(district: District, shown: Shown, public: str, *, by: Person) -> Wrapped:
    """The same for a public key that the district made itself.

    Raises `InputError` for what is no key or is the present one, `StateError` as `change_key`.
    """
    key = brought(public)
    if key.mark == shown.key.mark:
        raise InputError.because(
            "This is the key that your district has now.", "Make another, and bring that."
        )
    return _replace(district, shown, key, by)


@transaction.atomic
def begin_anew(district: District, lost: LockedKey, key: LockedKey, *, by: Person) -> None:
    """Put another key in force without the former, which is lost; nothing is destroyed.

    Raises `StateError` where the key was changed meanwhile.
    """
    _require_still(district, lost)
    put_in_force(district, key, by=by, anew=True)
    _tell("began anew without the district's former key", district, by, lost.mark, key.mark)


@transaction.atomic
def find_again(district: District, shown: Shown, *, by: Person) -> Wrapped:
    """Wrap what a lost key opens for the key in force, now that somebody has found it."""
    await_turn(district.partnership_id)
    key = key_of(district.pk)
    assert key is not None  # a lost key lies only beside one in force
    done = _wrap_all(shown, key)
    _tell("found a former key of the district's", district, by, shown.key.mark, key.mark)
    transaction.on_commit(partial(settle, district))
    return done


def _replace(district: District, shown: Shown, key: LockedKey, by: Person) -> Wrapped:
    _require_still(district, shown.key)
    lay_beside(district.pk, key)  # first, so that whatever a kill leaves behind is found
    done = _wrap_all(shown, key)
    put_in_force(district, key, by=by, anew=True)
    _tell("changed the district's key", district, by, shown.key.mark, key.mark)
    return done


def _wrap_all(shown: Shown, key: LockedKey) -> Wrapped:
    """Wrap what the former key opens for the new one too."""
    both, spoilt = dict[str, shelf.Kept](), 0
    for name in shelf.names():
        kept = shelf.take(name)
        if kept is None or shown.key.mark not in kept.wrapped:
            continue
        try:
            opened = unwrap(kept.wrapped[shown.key.mark], shown.private, name)
        except RefusedError:
            spoilt += 1
            continue
        wrapped = {**kept.wrapped, key.mark: wrap(opened, key.half, name)}
        both[name] = shelf.Kept(None, wrapped)
    shelf.put_all(both)
    return Wrapped(len(both), spoilt)


def _require_still(district: District, key: LockedKey) -> None:
    await_turn(district.partnership_id)
    if key_of(district.pk) != key:
        raise StateError.because(
            "Somebody of your district changed its key or passphrase meanwhile.",
            "Ask who it was: the trail of acts says so. Then unlock the key as it is now.",
        )


def _tell(
    act: str, district: District, by: Person, before: str | None = None, after: str | None = None
) -> None:
    row, chain = DistrictKey.objects.get(district=district), district.partnership_id
    record(act, row, by=by.email, chain=chain, before=before, after=after)
