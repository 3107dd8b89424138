"""Two people, their keys, and what partners keep: by the command line, on a made-up district."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from accord.exchange.ledger import Ledger
from demonstration import CEDAR, HARBOR, Outcome, both_keys
from district import District


def refused(outcome: Outcome, words: str, code: int = 4) -> None:
    assert (outcome.code, words in outcome.err) == (code, True), outcome.err


def test_three_steps_make_a_release(prepared: District) -> None:
    sent = prepared.folder / "sent.accord"
    assert not list((prepared.station / "releases").glob("*-2.accord"))  # nothing has left
    seen = prepared.step("review")
    assert "Since release 1" in seen.out
    assert "fewer students than the minimum" in seen.out
    made = prepared.step("approve", "approver", "--to", sent)
    assert made.code == 0, made.err
    shown = prepared.done("verify", sent, "--charter", prepared.charter)
    assert "Director of Assessment" in shown.out
    assert "Chief Academic Officer" in shown.out
    refused(prepared.step("approve", "approver"), "No release for partners is prepared", 5)


def test_a_draft_is_refused_by_partners(prepared: District) -> None:
    draft = prepared.station / "drafts" / "partners" / "draft.accord"
    outcome = prepared.accord("verify", draft, "--charter", prepared.charter)
    refused(outcome, "one signature: the approver's is missing")


def test_what_nobody_reviewed_is_not_approved(prepared: District) -> None:
    refused(prepared.step("approve", "approver"), "Nobody has reviewed this draft", 5)


def test_a_draft_prepared_again_is_reviewed_again(prepared: District) -> None:
    assert prepared.step("review").code == 0
    assert prepared.step("prepare", "preparer").code == 0
    refused(prepared.step("approve", "approver"), "Nobody has reviewed this draft as it is", 5)


@pytest.mark.parametrize(
    ("step", "role", "words"),
    [
        ("prepare", "approver", "delegated as approver, not as preparer"),
        ("approve", "preparer", "delegated as preparer, not as approver"),
    ],
)
def test_each_signs_in_their_own_role(prepared: District, step: str, role: str, words: str) -> None:
    assert prepared.step("review").code == 0
    refused(prepared.step(step, role), words)


def test_the_root_key_signs_no_release(district: District) -> None:
    outcome = district.release("--prepare", "--key", district.key())
    refused(outcome, "root key, which signs delegations only")


def test_a_draft_that_a_release_overtook_is_not_approved(prepared: District) -> None:
    """Both audiences are one history: each release must be prepared in view of the last."""
    assert prepared.release("--audience", "public", *both_keys(prepared.folder / "keys")).code == 0
    assert prepared.step("review").code == 0
    refused(prepared.step("approve", "approver"), "another release was made", 5)


@pytest.mark.parametrize(
    "arguments",
    [(), ("--prepare",), ("--prepare", "--approve"), ("--review", "--key", "k.pem")],
)
def test_the_steps_are_taught(district: District, arguments: tuple[str, ...]) -> None:
    outcome = district.release(*arguments)
    assert outcome.code == 3
    assert "--" in outcome.err


def test_the_review_is_one_document_for_programs(prepared: District) -> None:
    review: dict[str, Any] = json.loads(prepared.step("review", "", "--json").out)
    assert review["number"] == 2
    assert review["changes"] == {"new": [], "gone": [], "changed": []}  # the same records
    line = next(one for one in review["lines"] if one["level"] == "district")
    assert sum(line["hidden"].values()) == line["cells"]["suppressed"]
    assert 0 < line["shown_students"] <= line["students"]


def test_a_revoked_key_prepares_no_more_and_partners_learn_of_it(district: District) -> None:
    accord, folder = district.done, district.folder
    for role in ("preparer", "approver"):  # Cedar Valley replaces its preparer
        old, new = district.key(role), folder / "keys" / f"new-{role}.pem"
        accord("keys", "new", new)
        usual = ("--root", district.key(), "--charter", district.charter)
        delegation, revocation = folder / "delegation.json", folder / "revocation.json"
        post = ("--role", role, "--title", "Coordinator of Assessment")
        accord("keys", "delegate", *usual, "--key", new, *post, "--to", delegation)
        accord("keys", "revoke", *usual, "--key", old, "--because", "replaced", "--to", revocation)
        for document in (delegation, revocation):
            added = ("ledger", "add", district.ledger, document, "--charter", district.charter)
            accord(*added)
    refused(district.step("prepare", "preparer"), "preparer's key was revoked")
    keys = [part for role in ("preparer", "approver")
            for part in ("--key", folder / "keys" / f"new-{role}.pem")]  # fmt: skip
    sent = folder / "second.accord"
    accord("release", district.station, *keys, "--to", sent)
    exchange = folder / "exchange"
    first = district.station / "releases" / f"{CEDAR}-partners-1.accord"
    accord("receive", exchange, "--charter", district.charter, first, sent)
    kinds = [entry.kind for entry in Ledger(exchange / "ledgers" / f"{CEDAR}.jsonl").entries()]
    assert kinds == ["received", "revoked", "revoked", "received"]
    accord("ledger", "check", district.ledger, "--charter", district.charter)


def test_a_revocation_after_the_review_sends_the_draft_back(prepared: District) -> None:
    assert prepared.step("review").code == 0
    spare, revocation = prepared.folder / "spare.pem", prepared.folder / "revocation.json"
    prepared.done("keys", "new", spare)
    usual = ("--root", prepared.key(), "--charter", prepared.charter, "--key", spare)
    prepared.done("keys", "revoke", *usual, "--because", "lost", "--to", revocation)
    prepared.done("ledger", "add", prepared.ledger, revocation, "--charter", prepared.charter)
    refused(prepared.step("approve", "approver"), "a key was revoked", 5)


def test_a_partner_signs_for_what_it_received(district: District, demo: Path) -> None:
    exchange, receipt = district.folder / "exchange", district.folder / "receipt.json"
    approver = district.key("approver", HARBOR)
    signed = ("--receipt", receipt, "--key", approver)
    delegation = ("--delegation", approver.with_suffix(".delegation.json"))
    sent = demo / "releases" / f"{CEDAR}.accord"
    district.done("receive", exchange, "--charter", district.charter, sent)
    again = district.accord("receive", exchange, sent)
    refused(again, "it is a replay")
    district.done("receive", exchange, sent, *signed, *delegation)  # only for its receipt
    add = ("ledger", "add", district.ledger, receipt, "--charter", district.charter)
    assert "entered" in district.done(*add).out
    assert "there already" in district.done(*add).out
    assert "receipt of 99200020000000" in district.done("ledger", "show", district.ledger).out
    refused(district.accord("receive", exchange, sent, *signed), "not the root of a party")
    two = district.accord("receive", exchange, sent, sent, *signed)
    refused(two, "A receipt is for one release", 3)


def test_a_broken_ledger_is_told_line_by_line(district: District) -> None:
    lines = district.ledger.read_text().splitlines(keepends=True)
    district.ledger.write_text("".join(lines[:1] + lines[2:]))
    outcome = district.accord("ledger", "check", district.ledger)
    refused(outcome, "line 2")
    assert "one entry is missing between them" in outcome.err
    refused(district.release(*both_keys(district.folder / "keys")), "ledger is broken")


def test_an_embargo_is_kept_and_told(district: District, demo: Path) -> None:
    exchange, keys, reports = district.folder / "exchange", district.folder / "keys", "reports"
    sent = district.folder / "second.accord"
    never = district.step("prepare", "preparer", "--embargo", "2999-01-01")
    refused(never, "An embargo can't end then", 3)
    assert district.step("prepare", "preparer", "--embargo", "2150-01-01").code == 0
    assert district.step("review").code == 0
    assert district.step("approve", "approver", "--to", sent).code == 0
    shutil.copytree(demo / "exchange", exchange)
    received = district.done("receive", exchange, sent)
    assert "Under embargo" in received.out
    told = district.done("report", exchange, "--to", keys.parent / reports)
    assert f"Left out: release 2 of {CEDAR}, under embargo until January 1, 2150" in told.err
    own = ("report", exchange, "--to", keys.parent / reports, "--district", CEDAR)
    assert "Left out" not in district.done(*own).err


def test_a_sealed_exchange(district: District, demo: Path) -> None:
    exchange = district.folder / "exchange"
    district.done("receive", exchange, "--charter", district.charter)
    releases = {}
    for one in (CEDAR, HARBOR):
        releases[one] = district.folder / f"{one}.accord"
        shutil.copyfile(demo / "releases" / f"{one}.accord", releases[one])

    def call(verb: str, one: str) -> Outcome:
        key = ("--key", district.key("approver", one))
        return district.accord("exchange", verb, exchange, releases[one], "--round", "fall", *key)

    assert "Waiting for Harbor Point Unified" in call("seal", CEDAR).out
    refused(call("open", CEDAR), "Harbor Point Unified has not committed", 5)
    assert "All have committed" in call("seal", HARBOR).out
    for one in (CEDAR, HARBOR):
        assert call("open", one).code == 0
    sealed = exchange / "sealed" / "fall"
    shown = json.loads(district.done("exchange", "show", exchange, "--round", "fall", "--json").out)
    assert shown[CEDAR] == {"committed": True, "opened": True}
    district.done("receive", exchange, *(sealed / f"{one}.accord" for one in releases))
    refused(district.accord("exchange", "show", exchange, "--round", "../x"), "round's name", 3)


def test_the_note_is_written_for_web_and_paper(district: District) -> None:
    district.done("charter", "note", district.charter)
    assert district.folder.joinpath("charter-note.pdf").read_bytes().startswith(b"%PDF")
    page = district.folder.joinpath("charter-note.html").read_text()
    assert "A value about fewer than 11 students" in page
    wrong = district.accord("charter", "note", district.charter, "--to", "note.odt")
    refused(wrong, "written as .pdf, .html or .docx", 3)


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (("--key", "ed25519:short"), "can't be signed", 3),
        (("--title", ""), "can't be signed", 3),
        (("--until", "2001-01-01"), "ends on the day it begins", 3),
    ],
)
def test_a_delegation_that_makes_no_sense_is_not_signed(
    district: District, arguments: tuple[str, str], words: str, code: int
) -> None:
    usual = {
        "--root": district.key(),
        "--charter": district.charter,
        "--key": district.key("preparer"),
        "--role": "preparer",
        "--title": "Director of Assessment",
        "--to": district.folder / "delegation.json",
    } | dict([arguments])
    outcome = district.accord(
        "keys", "delegate", *(part for pair in usual.items() for part in pair)
    )
    refused(outcome, words, code)
    assert not (district.folder / "delegation.json").exists()


def test_only_a_root_delegates(district: District) -> None:
    outcome = district.accord(
        *("keys", "delegate", "--root", district.key("preparer"), "--role", "approver"),
        *("--charter", district.charter, "--key", district.key("approver"), "--title", "Head"),
        *("--to", district.folder / "delegation.json"),
    )
    refused(outcome, "not the root of a party")
