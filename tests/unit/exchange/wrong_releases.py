"""Releases that must be refused, made at random: what was done to each, and the reason to be told.

Each kind takes an honest release and does one thing to it that a clumsy sender, a thief or a
stranger might do. Only the signatures are made anew where that is enough, which is quick.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from accord.base.canonical import canonical_bytes
from accord.base.signing import new_private_key, public_text
from accord.exchange.acts import Sent
from accord.exchange.archive import archive_bytes, archive_entries
from accord.exchange.custody import ROLES, Revocation, Role, revoke
from accord.exchange.release import MANIFEST, PARQUET, SIGNATURES, Release, parse_release
from accord.exchange.signatures import Signature, sign_release
from partnership import CEDAR, FIRST_DAY, HARBOR, LAST_DAY, SIGNED, Partnership

FILE = Path("wrong.accord")


@dataclass(frozen=True)
class Wrong:
    """A release to refuse: its bytes, what its receiver knows, and words of the reason."""

    data: bytes
    reason: str
    before: Sent | None = None
    known: Sequence[Revocation] = ()


@dataclass
class Maker:
    """Makes wrong releases out of one honest release and the one that follows it."""

    partnership: Partnership
    chance: random.Random
    honest: Release = field(init=False)

    def __post_init__(self) -> None:
        self.honest = parse_release(self.partnership.release(number=7, follows="sha256:six"), FILE)
        self.stranger = new_private_key()

    def one(self) -> tuple[str, Wrong]:
        """A wrong release of a random kind, with the kind's name."""
        kind = self.chance.choice(KINDS)
        return kind.__name__, kind(self)

    def signed(self, signatures: Iterable[Signature]) -> bytes:
        """The honest release with other signatures."""
        entries = archive_entries(self.honest.data)
        written = {one.signing.role: one.written() for one in signatures}
        return archive_bytes(entries | {SIGNATURES: canonical_bytes(written)})

    def role(self) -> Role:
        return self.chance.choice(ROLES)

    def with_other(self, role: Role, **changes: Any) -> bytes:
        """The honest release, one role's delegation changed as told."""
        other = self.partnership.signature(self.honest.id, role, **changes)
        return self.signed({**self.honest.signatures, role: other}.values())

    def days(self, least: int = 1) -> timedelta:
        return timedelta(days=self.chance.randrange(least, 5_000))


def altered(maker: Maker) -> Wrong:
    entries = archive_entries(maker.honest.data)
    name = maker.chance.choice(sorted(entries.keys() - {SIGNATURES, MANIFEST}))
    content = bytearray(entries[name])
    content[maker.chance.randrange(len(content))] ^= maker.chance.randrange(1, 256)
    return Wrong(archive_bytes(entries | {name: bytes(content)}), "altered")


def manifest_altered(maker: Maker) -> Wrong:
    """A manifest that is sound in itself, and is not what was signed."""
    entries = archive_entries(maker.honest.data)
    manifest = json.loads(entries[MANIFEST])
    field_, value = maker.chance.choice(
        [("number", 8), ("as_of", "2026-06-30"), ("data_status", "preliminary"), ("schools", {})]
    )
    entries[MANIFEST] = canonical_bytes(manifest | {field_: value})
    return Wrong(archive_bytes(entries), "manifest.json is not what was signed")


def cells_of_another(maker: Maker) -> Wrong:
    other = maker.partnership.release([maker.partnership.cell(maker.chance.randrange(20, 90))])
    entries = archive_entries(maker.honest.data) | {PARQUET: archive_entries(other)[PARQUET]}
    return Wrong(archive_bytes(entries), "altered: cells.parquet")


def replayed(maker: Maker) -> Wrong:
    later = maker.chance.randrange(7, 500)
    return Wrong(maker.honest.data, "it is a replay", Sent(later, f"sha256:{later}"))


def out_of_turn(maker: Maker) -> Wrong:
    earlier = maker.chance.randrange(1, 6)
    return Wrong(maker.honest.data, f"Ask for release {earlier + 1}", Sent(earlier, "sha256:x"))


def of_another_history(maker: Maker) -> Wrong:
    other = f"sha256:{maker.chance.random()}"
    return Wrong(maker.honest.data, "sender's history differs", Sent(6, other))


def dated_back(maker: Maker) -> Wrong:
    before = Sent(6, "sha256:six", SIGNED + maker.days())
    return Wrong(maker.honest.data, "before the one that it follows", before)


def downgraded(maker: Maker) -> Wrong:
    """The former form, which one key could sign."""
    entries = archive_entries(maker.honest.data)
    manifest = json.loads(entries[MANIFEST]) | {"format": "accord-release/1"}
    entries[MANIFEST] = canonical_bytes(manifest)
    for name in maker.chance.sample(["revocations.json", SIGNATURES], maker.chance.randrange(3)):
        del entries[name]
    return Wrong(archive_bytes(entries), "a former form (accord-release/1)")


def signed_by_strangers(maker: Maker) -> Wrong:
    """Strangers who have delegated themselves."""
    roles = ROLES if maker.chance.random() < 0.5 else (maker.role(),)
    signatures = dict(maker.honest.signatures)
    for role in roles:
        delegation = maker.partnership.delegation(
            CEDAR, role, root=maker.stranger, key=public_text(key := new_private_key())
        )
        signatures[role] = sign_release(maker.honest.id, key, delegation, now=SIGNED)
    return Wrong(maker.signed(signatures.values()), "it is a stranger's")


def signed_by_a_strangers_key(maker: Maker) -> Wrong:
    """A stranger's signature below an honest delegation."""
    role, key = maker.role(), new_private_key()
    delegation = maker.partnership.delegation(CEDAR, role, key=public_text(key))
    forged = sign_release(maker.honest.id, key, delegation, now=SIGNED).signature_envelope
    mixed = replace(maker.honest.signatures[role], signature_envelope=forged)
    data = maker.signed({**maker.honest.signatures, role: mixed}.values())
    return Wrong(data, "the key is a stranger's")


def signed_by_the_partner(maker: Maker) -> Wrong:
    role = maker.role()
    return Wrong(maker.with_other(role, district=HARBOR), "not signed by the root key")


def delegated_for_another(maker: Maker) -> Wrong:
    role = maker.role()
    delegation = maker.partnership.delegation(CEDAR, role, district=HARBOR)
    key = maker.partnership.signers[CEDAR, role]
    other = sign_release(maker.honest.id, key, delegation, now=SIGNED)
    data = maker.signed({**maker.honest.signatures, role: other}.values())
    return Wrong(data, "for another district")


def signed_by_one(maker: Maker) -> Wrong:
    role = maker.role()
    return Wrong(maker.signed([maker.honest.signatures[role]]), "has one signature")


def signed_by_nobody(maker: Maker) -> Wrong:
    return Wrong(maker.signed([]), "it has no signature")


def signed_twice_by_one_key(maker: Maker) -> Wrong:
    key = new_private_key()
    signatures = [
        sign_release(
            maker.honest.id,
            key,
            maker.partnership.delegation(CEDAR, role, key=public_text(key)),
            now=SIGNED,
        )
        for role in ROLES
    ]
    return Wrong(maker.signed(signatures), "same key signed as preparer and as approver")


def in_the_wrong_role(maker: Maker) -> Wrong:
    preparer, approver = (maker.honest.signatures[role] for role in ROLES)
    swapped = [
        replace(approver, signing=preparer.signing),
        replace(preparer, signing=approver.signing),
    ]
    kept = swapped if maker.chance.random() < 0.5 else [swapped[0], approver]
    return Wrong(maker.signed(kept), "is delegated as approver")


def expired(maker: Maker) -> Wrong:
    last = SIGNED.date() - maker.days()
    first = min(FIRST_DAY, last)
    return Wrong(maker.with_other(maker.role(), first=first, last=last), "expired on")


def not_yet_valid(maker: Maker) -> Wrong:
    first = SIGNED.date() + maker.days()
    last = max(LAST_DAY, first)
    return Wrong(maker.with_other(maker.role(), first=first, last=last), "is not valid before")


def revoked(maker: Maker) -> Wrong:
    """Signed at or after the moment from which its receiver knows the key to be revoked."""
    key = public_text(maker.partnership.signers[CEDAR, maker.role()])
    since = SIGNED - maker.days(least=0)
    known = Revocation(district=CEDAR, key=key, since=since, because="lost")
    return Wrong(maker.honest.data, "key was revoked from", known=[known])


def telling_of_its_own_revocation(maker: Maker) -> Wrong:
    key = public_text(maker.partnership.signers[CEDAR, maker.role()])
    root, since = maker.partnership.keys[CEDAR], SIGNED - maker.days(least=0)
    envelope = revoke(root, district=CEDAR, key=key, since=since, because="replaced")
    return Wrong(maker.partnership.release(revocations=[envelope]), "key was revoked from")


def with_a_forged_revocation(maker: Maker) -> Wrong:
    key = public_text(maker.stranger)
    since = SIGNED + maker.days()
    envelope = revoke(new_private_key(), district=CEDAR, key=key, since=since, because="lost")
    return Wrong(maker.partnership.release(revocations=[envelope]), "carries a revocation")


def with_anothers_signature(maker: Maker) -> Wrong:
    """One signature taken from another release of the same district."""
    role, other = maker.role(), f"sha256:{maker.chance.randrange(16**64):064x}"
    moved = maker.partnership.signature(other, role)
    data = maker.signed({**maker.honest.signatures, role: moved}.values())
    return Wrong(data, "was made below another release")


def approved_before_prepared(maker: Maker) -> Wrong:
    later = SIGNED + timedelta(seconds=maker.chance.randrange(1, 10_000_000))
    return Wrong(maker.with_other("preparer", now=later), "approver signed before the preparer")


KINDS: tuple[Callable[[Maker], Wrong], ...] = (
    altered,
    manifest_altered,
    cells_of_another,
    replayed,
    out_of_turn,
    of_another_history,
    dated_back,
    downgraded,
    signed_by_strangers,
    signed_by_a_strangers_key,
    signed_by_the_partner,
    delegated_for_another,
    signed_by_one,
    signed_by_nobody,
    signed_twice_by_one_key,
    in_the_wrong_role,
    expired,
    not_yet_valid,
    revoked,
    telling_of_its_own_revocation,
    with_a_forged_revocation,
    with_anothers_signature,
    approved_before_prepared,
)
