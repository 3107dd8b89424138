"""Who has signed a charter, and when it is in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from charter_stub import StubCatalogue
from charter_text import EAST, SMALL, STRANGER, WEST, changed, write

from accord.base import signing
from accord.base.errors import AccordError, InputError, RefusedError, StateError
from accord.charter.sign import PAYLOAD_TYPE, read_signed, sign_charter, signatures_path


def names(parties: object) -> list[str]:
    return [party.short for party in parties]  # type: ignore[attr-defined]


def test_nobody_one_both(tmp_path: Path, known: StubCatalogue) -> None:
    path = write(tmp_path)
    unsigned = read_signed(path)
    assert names(unsigned.missing_parties) == ["East", "West"]
    assert unsigned.state == "Not signed by East Unified and West Unified."

    once = sign_charter(path, WEST, known)
    assert names(once.signed_parties) == ["West"]
    assert not once.in_force
    assert once.state == "Signed by West Unified; not signed by East Unified."
    with pytest.raises(RefusedError, match="not in force.*East Unified"):
        once.require_in_force()

    sign_charter(path, EAST, known)
    both = read_signed(path)
    assert both.in_force
    assert names(both.signed_parties) == ["East", "West"]
    both.require_in_force()


def test_the_payload_is_the_canonical_form(tmp_path: Path, known: StubCatalogue) -> None:
    path = write(tmp_path)
    signed = sign_charter(path, EAST, known)
    envelope = json.loads(signatures_path(path).read_text())
    assert signing.payload_of(envelope, PAYLOAD_TYPE) == signed.charter.canonical_bytes
    assert signatures_path(path).name == "charter.signatures.json"


def test_signing_twice_changes_nothing(tmp_path: Path, known: StubCatalogue) -> None:
    path = write(tmp_path)
    sign_charter(path, EAST, known)
    before = signatures_path(path).read_bytes()
    sign_charter(path, EAST, known)
    assert signatures_path(path).read_bytes() == before


def test_a_comment_leaves_the_signatures_good(tmp_path: Path, known: StubCatalogue) -> None:
    path = write(tmp_path)
    sign_charter(path, EAST, known)
    write(tmp_path, "# adopted\n" + SMALL)
    assert names(read_signed(path).signed_parties) == ["East"]


def test_a_changed_charter_has_no_signatures_and_says_why(
    tmp_path: Path, known: StubCatalogue
) -> None:
    path = write(tmp_path)
    sign_charter(path, EAST, known)
    sign_charter(path, WEST, known)
    write(tmp_path, changed(("step: 2.5", "step: 2")))
    signed = read_signed(path)
    assert signed.is_changed
    assert not signed.in_force
    assert signed.signed_parties == ()
    assert "changed after East Unified and West Unified signed it" in signed.state
    with pytest.raises(RefusedError, match="changed after"):
        signed.require_in_force()
    with pytest.raises(StateError, match="Remove charter.signatures.json"):
        sign_charter(path, EAST, known)


def test_a_strangers_key_is_refused_and_a_strangers_signature_passed_over(
    tmp_path: Path, known: StubCatalogue
) -> None:
    path = write(tmp_path)
    with pytest.raises(RefusedError, match="not one of this charter's parties"):
        sign_charter(path, STRANGER, known)
    assert not signatures_path(path).exists()
    canonical = read_signed(path).charter.canonical_bytes
    envelope = signing.sign(canonical, PAYLOAD_TYPE, STRANGER)
    signatures_path(path).write_text(json.dumps(envelope))
    assert read_signed(path).signed_parties == ()


def test_a_signature_counts_only_for_the_key_that_made_it(tmp_path: Path) -> None:
    path = write(tmp_path)
    charter = read_signed(path).charter
    envelope = signing.sign(charter.canonical_bytes, PAYLOAD_TYPE, STRANGER)
    envelope["signatures"][0]["keyid"] = charter.parties[0].key
    signatures_path(path).write_text(json.dumps(envelope))
    assert not read_signed(path).in_force
    assert read_signed(path).signed_parties == ()


def test_a_signature_on_another_kind_of_document_does_not_count(tmp_path: Path) -> None:
    path = write(tmp_path)
    canonical = read_signed(path).charter.canonical_bytes
    envelope = signing.sign(canonical, "application/vnd.accord.release+json", EAST)
    signatures_path(path).write_text(json.dumps(envelope))
    with pytest.raises(InputError, match="not a file of charter signatures"):
        read_signed(path)


def test_nobody_signs_while_a_key_is_pending(tmp_path: Path, known: StubCatalogue) -> None:
    path = write(tmp_path, changed((f'"{signing.public_text(WEST)}"', "pending")))
    with pytest.raises(StateError, match="The key of West Unified is pending"):
        sign_charter(path, EAST, known)
    assert names(read_signed(path).missing_parties) == ["East", "West"]


def test_nobody_signs_a_charter_with_a_problem(tmp_path: Path, known: StubCatalogue) -> None:
    path = write(tmp_path, changed(("minimum: 11", "minimum: 4")))
    with pytest.raises(InputError, match="Groups of 4 students"):
        sign_charter(path, EAST, known)
    assert not signatures_path(path).exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        "[" * 100_000,
        '{"payload": 1, "payloadType": "x", "signatures": []}',
        '{"payload": "!", "payloadType": "application/vnd.accord.charter+json", "signatures": [1]}',
        " " * 1_100_000,
    ],
)
def test_a_damaged_file_of_signatures_is_named(tmp_path: Path, content: str) -> None:
    path = write(tmp_path)
    signatures_path(path).write_text(content)
    with pytest.raises(AccordError) as caught:
        read_signed(path)
    assert caught.value.problems[0].file == str(signatures_path(path))
