"""Who a release is from: under a charter in force, from a party, signed by two who may."""

from __future__ import annotations

from collections.abc import Iterator

from accord.base.canonical import short_hash
from accord.exchange.acts import revoked_keys
from accord.exchange.checks.case import Case, Check
from accord.exchange.custody import REVOCATION_TYPE, Custody
from accord.exchange.signatures import against_signatures
from accord.exchange.statements import BY_ANOTHER_WAY, Reason, is_signed_by


def _charter_known(case: Case) -> Iterator[Reason]:
    if case.charter is None:
        yield (
            "This release was made under another charter "
            f"({short_hash(case.release.manifest.charter)}).",
            "Check that you hold the charter, or the amendment, that the partners signed.",
        )


def _charter_in_force(case: Case) -> Iterator[Reason]:
    for signed in case.charters:
        if signed.charter is case.charter and not signed.in_force:
            yield (
                f"The charter is not in force. {signed.state}",
                "Nothing may be released under it until every party has signed.",
            )


def _from_a_party(case: Case) -> Iterator[Reason]:
    manifest, charter = case.release.manifest, case.charter
    if charter is None:
        return
    if manifest.partnership != charter.partnership.id:
        yield "This release belongs to another partnership.", BY_ANOTHER_WAY
    if case.party is None:
        yield "The district of this release is not a party to the charter.", BY_ANOTHER_WAY


def _revocations_sound(case: Case) -> Iterator[Reason]:
    party = case.party
    if party is None:
        return
    for envelope, revocation in zip(
        case.release.revocations, revoked_keys(case.release.revocations), strict=True
    ):
        is_sound = is_signed_by(envelope, REVOCATION_TYPE, party.key)
        if not is_sound or revocation.district != party.id:
            yield (
                f"This release carries a revocation that the root key of {party.name} "
                "has not signed.",
                BY_ANOTHER_WAY,
            )


def _signed_by_two(case: Case) -> Iterator[Reason]:
    if case.party is None:
        return
    carried = revoked_keys(case.release.revocations)
    custody = Custody(case.party, tuple(dict.fromkeys([*case.revocations, *carried])))
    yield from against_signatures(case.release.signatures, custody, case.release.id)


SENDER: tuple[Check, ...] = (
    _charter_known,
    _charter_in_force,
    _from_a_party,
    _revocations_sound,
    _signed_by_two,
)
