"""Who may sign what leaves: two people, each with a key that the root delegated, in its time.

Every refusal has its own reason. The delegations of `partnership` run from July 1, 2025 to
June 30, 2026; a release is signed on August 20, 2025 unless a test says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.errors import RefusedError
from accord.base.signing import new_private_key, public_text
from accord.charter.sign import read_signed
from accord.exchange.acts import Sent
from accord.exchange.custody import DELEGATION_TYPE, Delegation, Revocation, Role, revoke
from accord.exchange.release import Release, add_signature, parse_release
from accord.exchange.signatures import Signature, sign_release
from accord.exchange.statements import state
from accord.exchange.verify import verify
from partnership import CEDAR, HARBOR, LAST_DAY, SIGNED, Partnership

FILE = Path("cedar.accord")
Sign = Callable[[str], Iterable[Signature]]


def believe(
    partnership: Partnership,
    sign: Sign | None = None,
    *,
    carried: Sequence[Any] = (),
    known: Sequence[Revocation] = (),
    before: Sent | None = None,
    **changes: Any,
) -> Release:
    """Receive a release with these signatures; raises what a receiver would be told."""
    data = partnership.release(sign=sign, revocations=carried, **changes)
    release = parse_release(data, FILE)
    charters = [read_signed(partnership.charter_file)]
    verify(release, charters, partnership.catalogue, before, known, file=FILE)
    return release


def refusal(partnership: Partnership, sign: Sign | None = None, **known: Any) -> str:
    with pytest.raises(RefusedError) as caught:
        believe(partnership, sign, **known)
    assert all(problem.remedy and problem.file for problem in caught.value.problems)
    return str(caught.value)


def with_preparer(partnership: Partnership, **changes: Any) -> Sign:
    """Both sign, the preparer with a delegation changed as told."""
    return lambda release: [
        partnership.signature(release, "preparer", **changes),
        partnership.signature(release, "approver"),
    ]


def test_two_delegated_people_are_believed(partnership: Partnership) -> None:
    release = believe(partnership)
    assert [one.delegation.title for one in release.signatures.values()] == [
        "Director of Assessment",
        "Chief Academic Officer",
    ]


def test_no_signature_is_refused(partnership: Partnership) -> None:
    assert "it has no signature" in refusal(partnership, lambda _: [])


@pytest.mark.parametrize(("there", "missing"), [("preparer", "approver"), ("approver", "preparer")])
def test_a_single_signature_is_refused(
    partnership: Partnership, there: Role, missing: Role
) -> None:
    found = refusal(partnership, lambda release: [partnership.signature(release, there)])
    assert f"one signature: the {missing}'s is missing" in found


def test_a_draft_becomes_a_release_with_its_second_signature(partnership: Partnership) -> None:
    draft = parse_release(
        partnership.release(sign=lambda release: [partnership.signature(release, "preparer")]), FILE
    )
    second = partnership.signature(draft.id, "approver")
    assert add_signature(draft, second) == partnership.release()


def test_the_same_key_twice_is_refused(partnership: Partnership) -> None:
    key = new_private_key()

    def sign(release: str) -> list[Signature]:
        return [
            sign_release(
                release, key, partnership.delegation(CEDAR, role, key=public_text(key)), now=SIGNED
            )
            for role in ("preparer", "approver")
        ]

    assert "The same key signed as preparer and as approver" in refusal(partnership, sign)


def test_a_role_used_by_the_wrong_key_is_refused(partnership: Partnership) -> None:
    """The approver's signature is put where the preparer's should be, and the other way round."""

    def sign(release: str) -> list[Signature]:
        return [_in_the_place_of(one, partnership, release) for one in partnership.both(release)]

    found = refusal(partnership, sign)
    assert "The key that signed as preparer is delegated as approver" in found
    assert "The key that signed as approver is delegated as preparer" in found


def _in_the_place_of(one: Signature, partnership: Partnership, release: str) -> Signature:
    other: Role = "approver" if one.signing.role == "preparer" else "preparer"
    real = partnership.signature(release, other)
    return Signature(
        one.signing, real.delegation, real.signature_envelope, real.delegation_envelope
    )


def test_a_delegation_that_expired_is_refused(partnership: Partnership) -> None:
    found = refusal(partnership, with_preparer(partnership, last=date(2025, 8, 19)))
    assert "delegation of the preparer's key expired on August 19, 2025" in found


def test_a_delegation_counts_on_its_first_and_its_last_day(partnership: Partnership) -> None:
    day = SIGNED.date()
    believe(partnership, with_preparer(partnership, first=day, last=day))


def test_a_delegation_that_is_not_valid_yet_is_refused(partnership: Partnership) -> None:
    found = refusal(partnership, with_preparer(partnership, first=date(2025, 8, 21)))
    assert "not valid before August 21, 2025" in found


def test_what_counts_is_the_day_of_signing_not_today(partnership: Partnership) -> None:
    """A release that was rightly signed stays good after its delegations have ended."""
    assert datetime.now(UTC).date() > LAST_DAY
    believe(partnership)


def test_a_delegation_by_a_stranger_is_refused(partnership: Partnership) -> None:
    found = refusal(partnership, with_preparer(partnership, root=new_private_key()))
    assert "not signed by the root key of Cedar Valley Unified: it is a stranger's" in found


def test_a_partners_root_can_not_delegate_for_another(partnership: Partnership) -> None:
    found = refusal(partnership, with_preparer(partnership, root=partnership.keys[HARBOR]))
    assert "not signed by the root key of Cedar Valley Unified" in found


def test_a_partners_own_signers_are_strangers_here(partnership: Partnership) -> None:
    def sign(release: str) -> list[Signature]:
        roles: tuple[Role, Role] = ("preparer", "approver")
        return [partnership.signature(release, role, district=HARBOR) for role in roles]

    assert "not signed by the root key of Cedar Valley Unified" in refusal(partnership, sign)


def test_a_delegation_for_another_district_is_refused(partnership: Partnership) -> None:
    """A root that serves two districts by mistake still delegates for one at a time."""
    found = refusal(partnership, _delegated_for(partnership, HARBOR))
    assert "is for another district" in found


def _delegated_for(partnership: Partnership, district: str) -> Sign:
    delegation = partnership.delegation(CEDAR, "preparer", district=district)
    key = partnership.signers[CEDAR, "preparer"]
    return lambda release: [
        sign_release(release, key, delegation, now=SIGNED),
        partnership.signature(release, "approver"),
    ]


def test_the_root_can_not_sign_a_release(partnership: Partnership) -> None:
    root = partnership.keys[CEDAR]
    with pytest.raises(ValueError, match="root can't delegate itself"):
        partnership.delegation(CEDAR, "preparer", key=public_text(root))
    found = refusal(partnership, _signed_by_root(partnership, root))
    assert "root key of Cedar Valley Unified is delegated as preparer of itself" in found


def _signed_by_root(partnership: Partnership, root: Ed25519PrivateKey) -> Sign:
    """As if an altered accord had let the root delegate itself."""
    delegation = Delegation(
        district=CEDAR,
        key=public_text(root),
        role="preparer",
        title="Superintendent",
        valid_from="2025-07-01",
        valid_until="2026-06-30",
    )
    envelope = state(delegation, DELEGATION_TYPE, root)
    return lambda release: [
        sign_release(release, root, envelope, now=SIGNED),
        partnership.signature(release, "approver"),
    ]


def test_a_strangers_signature_below_a_sound_delegation_is_refused(
    partnership: Partnership,
) -> None:
    stranger = new_private_key()

    def sign(release: str) -> list[Signature]:
        real, approver = partnership.both(release)
        delegation = partnership.delegation(CEDAR, "preparer", key=public_text(stranger))
        forged = sign_release(release, stranger, delegation, now=SIGNED)
        return [replace(real, signature_envelope=forged.signature_envelope), approver]

    assert "not by the key of its delegation: the key is a stranger's" in refusal(partnership, sign)


def test_a_signature_can_not_be_moved_to_another_release(partnership: Partnership) -> None:
    other = parse_release(partnership.release([partnership.cell(31)]), FILE)

    def sign(release: str) -> list[Signature]:
        return [partnership.signature(release, "preparer"), other.signatures["approver"]]

    assert "approver's signature was made below another release" in refusal(partnership, sign)


def test_an_approver_does_not_sign_first(partnership: Partnership) -> None:
    def sign(release: str) -> list[Signature]:
        return [
            partnership.signature(release, "preparer", now=SIGNED + timedelta(hours=1)),
            partnership.signature(release, "approver"),
        ]

    assert "approver signed before the preparer" in refusal(partnership, sign)


def revocation(partnership: Partnership, since: datetime, **changes: Any) -> dict[str, Any]:
    told = {"root": partnership.keys[CEDAR], "district": CEDAR} | changes
    key = public_text(partnership.signers[CEDAR, "preparer"])
    return revoke(told["root"], district=told["district"], key=key, since=since, because="lost")


def known(partnership: Partnership, since: datetime) -> Revocation:
    key = public_text(partnership.signers[CEDAR, "preparer"])
    return Revocation(district=CEDAR, key=key, since=since, because="lost")


def test_a_revoked_key_is_refused_by_who_knows_of_it(partnership: Partnership) -> None:
    found = refusal(partnership, known=[known(partnership, SIGNED)])
    assert "preparer's key was revoked from August 20, 2025 at 14:30 UTC on (lost)" in found


def test_a_release_that_tells_of_its_own_signers_revocation_is_refused(
    partnership: Partnership,
) -> None:
    found = refusal(partnership, carried=[revocation(partnership, SIGNED)])
    assert "preparer's key was revoked" in found


def test_what_was_signed_before_a_revocation_stays_good(partnership: Partnership) -> None:
    later = SIGNED + timedelta(seconds=1)
    believe(partnership, known=[known(partnership, later)])
    believe(partnership, carried=[revocation(partnership, later)])


@pytest.mark.parametrize("changes", [{"root": new_private_key()}, {"district": HARBOR}])
def test_a_revocation_that_the_root_did_not_sign_is_refused(
    partnership: Partnership, changes: dict[str, Any]
) -> None:
    carried = [revocation(partnership, SIGNED + timedelta(days=1), **changes)]
    assert "has not signed" in refusal(partnership, carried=carried)


def test_a_thief_can_not_date_a_release_before_the_last_one(partnership: Partnership) -> None:
    """A stolen key could sign under an earlier date; the order of the releases forbids it."""
    before = Sent(1, "sha256:first", SIGNED + timedelta(days=1))
    found = refusal(partnership, before=before, number=2, follows="sha256:first")
    assert "was signed on August 20, 2025 at 14:30 UTC, before the one that it follows" in found


def test_nobody_can_use_a_delegation_of_another_key(partnership: Partnership) -> None:
    delegation = partnership.delegation(CEDAR, "preparer")
    with pytest.raises(ValueError, match="for another key"):
        sign_release("sha256:" + "0" * 64, new_private_key(), delegation)


def test_a_delegation_ends_after_it_begins(partnership: Partnership) -> None:
    with pytest.raises(ValueError, match="ends on the day it begins, or later"):
        partnership.delegation(CEDAR, "preparer", first=date(2026, 1, 2), last=date(2026, 1, 1))
