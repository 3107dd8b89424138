"""Receipts: a partner's signed word that it holds a release, for the ledger of who sent it.

A receipt names the release and the entry that it has in the receiver's own ledger. With it in the
sender's ledger neither can later hold another history than the other: the sender can't replace what
it sent, nor the receiver deny that it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field

from accord.base.documents import Written
from accord.charter.model import Charter, Party
from accord.charter.values import DistrictId, Hash
from accord.exchange.acts import RELEASED, sent
from accord.exchange.custody import Custody
from accord.exchange.ledger import Entry
from accord.exchange.release import Release
from accord.exchange.statements import BY_ANOTHER_WAY, Envelope, Moment, Reason, moment
from accord.exchange.vouched import Vouched, against_vouched, read_vouched, vouch

RECEIPT_TYPE = "application/vnd.accord.receipt+json"


class Receipt(Written):
    """A release that `receiver` has received from `sender`, with its entry in their ledger."""

    format: Literal["accord-receipt/1"] = "accord-receipt/1"
    sender: DistrictId
    audience: Literal["partners", "public"]
    number: int = Field(ge=1)
    release: Hash
    receiver: DistrictId
    entry: Hash
    at: Moment


def issue_receipt(
    release: Release,
    entry: str,
    receiver: Party,
    key: Ed25519PrivateKey,
    delegation: Envelope | None,
    *,
    now: datetime | None = None,
) -> Vouched[Receipt]:
    """Sign that `receiver` has an entry, by its hash, for a release in its ledger."""
    manifest = release.manifest
    receipt = Receipt(
        sender=manifest.district,
        audience=manifest.audience,
        number=manifest.number,
        release=release.id,
        receiver=receiver.id,
        entry=entry,
        at=moment(now),
    )
    return vouch(receipt, RECEIPT_TYPE, key, delegation)


def read_receipt(value: Any) -> Vouched[Receipt]:
    """A receipt from its file's JSON. Raises `ValueError` when it isn't one."""
    return read_vouched(value, RECEIPT_TYPE, Receipt)


def against_receipt(vouched: Vouched[Receipt], charter: Charter) -> Iterator[Reason]:
    """What speaks against a receipt: another party of the charter must have signed it."""
    receipt = vouched.statement
    party = charter.party(receipt.receiver)
    if party is None:
        yield "This receipt is by a district that is not a party to the charter.", BY_ANOTHER_WAY
        return
    if receipt.receiver == receipt.sender:
        yield "This receipt is by the district that sent the release.", BY_ANOTHER_WAY
    yield from against_vouched(vouched, RECEIPT_TYPE, Custody(party), receipt.at)


def against_history(receipt: Receipt, entries: Sequence[Entry]) -> Iterator[Reason]:
    """What speaks against a receipt in the ledger of the sender: it must be for a release there."""
    released = sent(entries, RELEASED, receipt.audience)
    if any(one.id == receipt.release for one in released):
        return
    if any(one.number == receipt.number for one in released):
        yield (
            f"The partner received another release {receipt.number} for {receipt.audience} than "
            "the one in this ledger: the two histories fork.",
            "Compare the ids of both releases with the partner; one of you holds another file.",
        )
    else:
        yield (
            f"This receipt is for release {receipt.number} for {receipt.audience}, which this "
            "ledger does not have.",
            "Restore the ledger from a backup that has it, or ask the partner what they received.",
        )
