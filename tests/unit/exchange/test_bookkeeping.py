"""What a district's own ledger takes: its root's delegations and revocations, partners' receipts.

Cedar Valley releases, Harbor Point receives and signs for it, Cedar Valley keeps the receipt.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from accord.base.errors import InputError, RefusedError
from accord.base.signing import new_private_key, public_text
from accord.charter.model import Charter
from accord.charter.sign import read_signed
from accord.exchange.acts import RELEASED, delegation_of, release_subject, revocations
from accord.exchange.bookkeeping import add_document, check_ledger
from accord.exchange.custody import revoke
from accord.exchange.folder import Exchange
from accord.exchange.ledger import Entry, Ledger
from accord.exchange.receipts import issue_receipt
from accord.exchange.release import Release, parse_release
from accord.exchange.statements import write_statement
from accord.exchange.vouched import speaker
from partnership import CEDAR, HARBOR, LAST_DAY, SIGNED, Partnership

FILE = Path("cedar.accord")


@pytest.fixture
def charter(partnership: Partnership) -> Charter:
    return read_signed(partnership.charter_file).charter


@pytest.fixture
def ledger(partnership: Partnership, tmp_path: Path) -> Ledger:
    """Cedar Valley's own: its first release is in it."""
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append(RELEASED, release_subject(first(partnership)))
    return ledger


def first(partnership: Partnership) -> Release:
    return parse_release(partnership.release(), FILE)


def document(folder: Path, value: Any) -> Path:
    write_statement(value, folder / "document.json")
    return folder / "document.json"


def receipt(partnership: Partnership, release: Release, **changes: Any) -> dict[str, Any]:
    """Harbor Point's receipt, signed by its approver's key a day after the release."""
    charter = read_signed(partnership.charter_file).charter
    key = changes.pop("key", partnership.signers[HARBOR, "approver"])
    delegation = changes.pop("delegation", partnership.delegation(HARBOR, "approver"))
    receiver = charter.party(changes.pop("receiver", HARBOR))
    now = changes.pop("now", SIGNED + timedelta(days=1))
    assert receiver is not None
    entry = "sha256:" + "7" * 64
    return issue_receipt(release, entry, receiver, key, delegation, now=now).written()


def refusal(ledger: Ledger, path: Path, charter: Charter) -> str:
    with pytest.raises(RefusedError) as caught:
        add_document(ledger, path, charter)
    assert all(problem.remedy for problem in caught.value.problems)
    return str(caught.value)


def test_a_receipt_is_entered_once(
    partnership: Partnership, ledger: Ledger, charter: Charter, tmp_path: Path
) -> None:
    path = document(tmp_path, receipt(partnership, first(partnership)))
    entry, is_new = add_document(ledger, path, charter)
    assert (entry.kind, entry.subject["by"], is_new) == ("receipt", HARBOR, True)
    assert add_document(ledger, path, charter) == (entry, False)
    assert check_ledger(ledger, charter) == []


def test_a_root_may_sign_a_receipt_itself(
    partnership: Partnership, ledger: Ledger, charter: Charter, tmp_path: Path
) -> None:
    signed = receipt(partnership, first(partnership), key=partnership.keys[HARBOR], delegation=None)
    assert add_document(ledger, document(tmp_path, signed), charter)[1]


def test_a_receipt_for_a_release_that_is_not_here_is_refused(
    partnership: Partnership, ledger: Ledger, charter: Charter, tmp_path: Path
) -> None:
    second = parse_release(partnership.release(number=2, follows="sha256:first"), FILE)
    path = document(tmp_path, receipt(partnership, second))
    assert "release 2 for partners, which this ledger does not have" in refusal(
        ledger, path, charter
    )


def test_a_receipt_for_another_release_of_that_number_is_a_fork(
    partnership: Partnership, ledger: Ledger, charter: Charter, tmp_path: Path
) -> None:
    other = parse_release(partnership.release([partnership.cell(31)]), FILE)
    path = document(tmp_path, receipt(partnership, other))
    assert "received another release 1" in refusal(ledger, path, charter)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": new_private_key()}, "not signed by Harbor Point Unified"),
        ({"receiver": CEDAR}, "by the district that sent the release"),
        ({"now": SIGNED + timedelta(days=700)}, "expired"),
    ],
)
def test_a_receipt_that_the_partner_did_not_rightly_sign_is_refused(
    partnership: Partnership, ledger: Ledger, tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    path = document(tmp_path, receipt(partnership, first(partnership), **changes))
    charter = read_signed(partnership.charter_file).charter
    assert reason in refusal(ledger, path, charter)


def test_the_newest_delegation_of_a_key_counts(
    partnership: Partnership, ledger: Ledger, charter: Charter, tmp_path: Path
) -> None:
    for last in (SIGNED.date(), LAST_DAY):
        value = partnership.delegation(CEDAR, "preparer", last=last)
        add_document(ledger, document(tmp_path, value), charter)
    key = public_text(partnership.signers[CEDAR, "preparer"])
    assert delegation_of(ledger.entries(), key) == partnership.delegation(CEDAR, "preparer")


def test_a_delegation_by_a_stranger_is_not_entered(
    partnership: Partnership, ledger: Ledger, charter: Charter, tmp_path: Path
) -> None:
    value = partnership.delegation(CEDAR, "preparer", root=new_private_key())
    assert "it is a stranger's" in refusal(ledger, document(tmp_path, value), charter)


def test_a_partners_delegation_does_not_go_into_ones_own_ledger(
    partnership: Partnership, ledger: Ledger, charter: Charter, tmp_path: Path
) -> None:
    value = partnership.delegation(HARBOR, "preparer")
    assert "This ledger is another district's" in refusal(
        ledger, document(tmp_path, value), charter
    )


def revocation(partnership: Partnership, root: Any = None) -> dict[str, Any]:
    return revoke(
        root or partnership.keys[CEDAR],
        district=CEDAR,
        key=public_text(partnership.signers[CEDAR, "preparer"]),
        since=SIGNED + timedelta(days=2),
        because="left the post",
    )


def test_a_revocation_is_entered_when_the_root_signed_it(
    partnership: Partnership, ledger: Ledger, charter: Charter, tmp_path: Path
) -> None:
    forged = revocation(partnership, new_private_key())
    assert "not signed by the root key" in refusal(ledger, document(tmp_path, forged), charter)
    add_document(ledger, document(tmp_path, revocation(partnership)), charter)
    assert revocations(ledger.entries()) == [revocation(partnership)]


def test_a_root_is_not_revoked_but_replaced(partnership: Partnership) -> None:
    root = partnership.keys[CEDAR]
    with pytest.raises(ValueError, match="amending the charter"):
        revoke(root, district=CEDAR, key=public_text(root), since=SIGNED, because="lost")


@pytest.mark.parametrize("value", [[], {}, {"payloadType": "x"}, {"statement": {}}, "text"])
def test_another_file_is_no_document(
    ledger: Ledger, charter: Charter, tmp_path: Path, value: Any
) -> None:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(value))
    with pytest.raises(InputError, match="This is not a delegation, a revocation or a receipt"):
        add_document(ledger, path, charter)


def test_checking_names_the_line_of_a_forged_document(
    partnership: Partnership, ledger: Ledger, charter: Charter
) -> None:
    """Somebody with the file can append; only the root can make what is appended count."""
    forged = partnership.delegation(CEDAR, "preparer", root=new_private_key())
    ledger.append("delegated", {"district": CEDAR, "document": forged})
    (problem,) = check_ledger(ledger, charter)
    assert problem.line == 2
    assert "stranger's" in problem.what
    assert check_ledger(ledger) == []  # without the charter, nobody's root is known


def test_checking_finds_a_receipt_whose_release_was_taken_out(
    partnership: Partnership, charter: Charter, tmp_path: Path
) -> None:
    """A rewritten ledger is a sound chain again; the partner's receipt gives it away."""
    rewritten = Ledger(tmp_path / "rewritten.jsonl")
    signed = receipt(partnership, first(partnership))
    subject = {"district": CEDAR, "document": signed}
    rewritten.append("receipt", subject)
    (problem,) = check_ledger(rewritten)
    assert (problem.line, "does not have" in problem.what) == (1, True)


def test_a_release_may_be_named_only_after_it_was_made(
    partnership: Partnership, charter: Charter, tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    release = first(partnership)
    subject = {"district": CEDAR, "document": receipt(partnership, release)}
    entries: list[Entry] = [
        ledger.append("receipt", subject),
        ledger.append(RELEASED, release_subject(release)),
    ]
    assert [problem.line for problem in check_ledger(ledger, charter)] == [entries[0].sequence]


def test_partners_learn_of_a_revocation_from_the_next_release(
    partnership: Partnership, tmp_path: Path
) -> None:
    exchange = Exchange(tmp_path / "exchange")
    exchange.add_charter(partnership.charter_file)
    told = revocation(partnership)
    path = tmp_path / "first.accord"
    path.write_bytes(partnership.release(revocations=[told]))
    release = exchange.receive(path, partnership.catalogue)
    assert [one.because for one in exchange.revocations(CEDAR)] == ["left the post"]
    late = SIGNED + timedelta(days=3)
    second = tmp_path / "second.accord"
    second.write_bytes(
        partnership.release(
            number=2, follows=release.id, sign=lambda id_: partnership.both(id_, now=late)
        )
    )
    with pytest.raises(RefusedError, match="preparer's key was revoked"):
        exchange.receive(second, partnership.catalogue)
    assert [entry.kind for entry in exchange.ledger(CEDAR).entries()] == ["revoked", "received"]


def test_a_key_speaks_for_the_party_that_delegated_it(
    partnership: Partnership, charter: Charter
) -> None:
    delegated = partnership.signers[HARBOR, "approver"]
    party = speaker(charter, delegated, partnership.delegation(HARBOR, "approver"))
    assert party is not None
    assert party.id == HARBOR
    assert speaker(charter, delegated, None) is None
    assert speaker(charter, new_private_key(), partnership.delegation(HARBOR, "approver")) is None
