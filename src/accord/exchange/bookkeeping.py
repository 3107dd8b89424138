"""Documents into a ledger, and whether a ledger holds together.

A district's own ledger takes delegations and revocations by its root, and receipts by its partners.
Each is believed before it is entered, and again whenever the ledger is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from accord.base.errors import Problem
from accord.charter.model import Charter
from accord.exchange.acts import DELEGATED, RECEIPT, REVOKED
from accord.exchange.custody import (
    DELEGATION_TYPE,
    REVOCATION_TYPE,
    Custody,
    Delegation,
    Revocation,
)
from accord.exchange.ledger import Entry, Ledger
from accord.exchange.receipts import against_history, against_receipt, read_receipt
from accord.exchange.statements import (
    BY_ANOTHER_WAY,
    Reason,
    is_signed_by,
    not_a,
    read_json,
    refuse_for,
    stated,
)


@dataclass(frozen=True)
class Document:
    """A document that a ledger can take: whose ledger, as what, and what its entry says."""

    district: str
    kind: str
    value: Any
    told: dict[str, Any]

    @property
    def subject(self) -> dict[str, Any]:
        return {"district": self.district, **self.told, "document": self.value}


def document_of(value: Any) -> Document:
    """A delegation, revocation or receipt from its file's JSON. Raises `ValueError`."""
    if isinstance(value, dict) and "statement" in value:
        receipt = read_receipt(value).statement
        told = {
            "release": receipt.release,
            "number": receipt.number,
            "audience": receipt.audience,
            "by": receipt.receiver,
        }
        return Document(receipt.sender, RECEIPT, value, told)
    kind = value.get("payloadType") if isinstance(value, dict) else None
    if kind == DELEGATION_TYPE:
        delegation = stated(value, DELEGATION_TYPE, Delegation)
        about = delegation.model_dump(mode="json", exclude={"format", "district"})
        return Document(delegation.district, DELEGATED, value, about)
    if kind == REVOCATION_TYPE:
        revocation = stated(value, REVOCATION_TYPE, Revocation)
        about = revocation.model_dump(mode="json", exclude={"format", "district"})
        return Document(revocation.district, REVOKED, value, about)
    raise ValueError("this is no document that a ledger takes")


def add_document(
    ledger: Ledger, path: Path, charter: Charter, *, now: datetime | None = None
) -> tuple[Entry, bool]:
    """Enter the document in a file. Returns its entry, and whether it is new.

    Raises `InputError` when the file is no such document, `RefusedError` when something speaks
    against it or against the ledger.
    """
    kind = "a delegation, a revocation or a receipt"
    value = read_json(path, kind)
    try:
        document = document_of(value)
    except ValueError:
        raise not_a(kind, path) from None
    entries = ledger.entries()
    for entry in entries:
        if entry.kind == document.kind and entry.subject.get("document") == value:
            return entry, False
    refuse_for(against_document(document, charter, entries), path)
    return ledger.append(document.kind, document.subject, now=now), True


def check_ledger(ledger: Ledger, charter: Charter | None = None) -> list[Problem]:
    """Everything wrong with a ledger, line by line: its chain first, then what its entries say.

    Without the charter, only the chain and the receipts' releases can be checked.
    """
    problems = ledger.problems()
    if problems:
        return problems
    entries = ledger.entries()
    for line, entry in enumerate(entries, start=1):
        if entry.kind in (DELEGATED, REVOKED, RECEIPT):
            for what, remedy in _against_entry(entry, charter, entries[: line - 1]):
                problems.append(Problem(what, remedy, file=str(ledger.path), line=line))
    return problems


def against_document(
    document: Document, charter: Charter, entries: Sequence[Entry]
) -> Iterator[Reason]:
    """What speaks against entering a document in the ledger that has these entries."""
    party = charter.party(document.district)
    owners = {entry.subject["district"] for entry in entries if "district" in entry.subject}
    if owners - {document.district}:
        yield "This ledger is another district's.", "Name the ledger of the document's district."
    if party is None:
        yield "This document is of a district that is not a party to the charter.", BY_ANOTHER_WAY
    elif document.kind == RECEIPT:
        yield from against_receipt(read_receipt(document.value), charter)
    elif document.kind == DELEGATED:
        yield from Custody(party).against_delegation(document.value)
    elif not is_signed_by(document.value, REVOCATION_TYPE, party.key):
        yield f"This revocation is not signed by the root key of {party.name}.", BY_ANOTHER_WAY
    if document.kind == RECEIPT:
        yield from against_history(read_receipt(document.value).statement, entries)


def _against_entry(
    entry: Entry, charter: Charter | None, before: Sequence[Entry]
) -> Iterator[Reason]:
    try:
        document = document_of(entry.subject.get("document"))
    except ValueError:
        yield f"This entry holds no {entry.kind} document.", "Restore the file from a backup."
        return
    if charter is not None:
        yield from against_document(document, charter, before)
    elif document.kind == RECEIPT:
        yield from against_history(read_receipt(document.value).statement, before)
