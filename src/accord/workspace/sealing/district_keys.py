"""The districts' own keys as they lie on the shelf, and which of a district's is in force.

A change of a key touches many files and one database, and may be killed between any two of them.
So the next key is laid beside the present one first. The district's row (`DistrictKey.name`) says
which is in force, and changes with its transaction; only then is the former taken away (`settle`).
Where the row names none of them, an older backup of the database was restored: the key that was
settled last is in force, for it is the one under which the shelf lies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.conf import settings
from django.db import transaction

from accord.base.files import machine_errors, whole_file
from accord.workspace.people.models import District
from accord.workspace.sealing import shelf
from accord.workspace.sealing.envelope import mark_of, read_public
from accord.workspace.sealing.models import DistrictKey
from accord.workspace.trail.writing import await_turn


@dataclass(frozen=True)
class LockedKey:
    """A district's key: its public half as PEM, and the private one under the passphrase.

    `locked` is empty where the district keeps its private half as a file alone. Another passphrase
    for the same key is another `name`.
    """

    public: str
    locked: str
    name: str = field(default_factory=shelf.new_name)

    @cached_property
    def half(self) -> X25519PublicKey:
        """The public half."""
        return read_public(self.public)

    @cached_property
    def mark(self) -> str:
        """By what the key is known on the shelf."""
        return mark_of(self.half)


@dataclass(frozen=True)
class _Lying:
    """What lies on the shelf for a district: keys by name, and which was settled last."""

    keys: Mapping[str, LockedKey]
    settled: str | None = None

    def in_force(self, named: str | None) -> LockedKey | None:
        """The key that a row names, or the one that was settled last."""
        return self.keys.get(named or "") or self.keys.get(self.settled or "")


def in_force(districts: Iterable[int]) -> dict[int, LockedKey]:
    """The keys of those districts that have one, by the district's primary key."""
    wanted = list(districts)
    rows = DistrictKey.objects.filter(district__in=wanted)
    named = dict(rows.values_list("district", "name"))
    found = {pk: _read(pk).in_force(named.get(pk)) for pk in wanted}
    return {pk: key for pk, key in found.items() if key is not None}


def key_of(district: int) -> LockedKey | None:
    """A district's key; nothing where it has none."""
    return in_force([district]).get(district)


def lay_beside(district: int, key: LockedKey) -> None:
    """Lay a key on the shelf beside the one in force. It counts once the district's row names it.

    Raises `MachineError`.
    """
    lying = _read(district)
    _write(district, _Lying({**lying.keys, key.name: key}, lying.settled))


@transaction.atomic
def settle(district: District) -> None:
    """Take away what is no longer in force: keys of the district, and what was wrapped for them.

    Nothing is taken that the key in force doesn't open too: a key that was lost stays while texts
    lie under it. May be done again at any time, also after a kill. Raises `MachineError`.
    """
    await_turn(district.partnership_id)
    key, lying = key_of(district.pk), _read(district.pk)
    if key is None or (lying.settled == key.name and len(lying.keys) == 1):
        return
    former = {one.mark for one in lying.keys.values()} - {key.mark}
    needed = _take_away(former, key.mark) if former else set()
    kept = {name: one for name, one in lying.keys.items() if one.mark in needed}
    _write(district.pk, _Lying({**kept, key.name: key}, key.name))


def lost(district: int) -> tuple[LockedKey, ...]:
    """Keys that are no longer in force, and under which texts lie that the one in force opens not.

    A district has some where it began anew without the former key.
    """
    key = key_of(district)
    return tuple(one for one in _read(district).keys.values() if key and one.mark != key.mark)


def destroy(district: int) -> None:
    """Take a district's keys away for good. Raises `MachineError`."""
    shelf.wipe(_place(district))


def _take_away(former: Set[str], mark: str) -> set[str]:
    """Drop what is wrapped for `former` marks where `mark` opens it too; those that stay needed."""
    needed, left = set[str](), dict[str, shelf.Kept]()
    for name in shelf.names():
        kept = shelf.take(name)
        if kept is None or not former & kept.wrapped.keys():
            continue
        if mark in kept.wrapped:
            wrapped = {one: raw for one, raw in kept.wrapped.items() if one not in former}
            left[name] = shelf.Kept(None, wrapped)
        else:
            needed |= former & kept.wrapped.keys()
    shelf.put_all(left)
    return needed


def _read(district: int) -> _Lying:
    path = _place(district)
    with machine_errors(path):
        if not path.exists():
            return _Lying({})
        written = json.loads(path.read_text(encoding="utf-8"))
    return _Lying(
        {name: LockedKey(**told, name=name) for name, told in written["keys"].items()},
        written["settled"],
    )


def _write(district: int, lying: _Lying) -> None:
    keys = {name: {"public": k.public, "locked": k.locked} for name, k in lying.keys.items()}
    with whole_file(_place(district), private=True) as draft:
        draft.write_text(json.dumps({"settled": lying.settled, "keys": keys}), encoding="utf-8")


def _place(district: int) -> Path:
    folder: Path = settings.ACCORD_KEYS
    return folder / f"district-{district}.json"
