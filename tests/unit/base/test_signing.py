"""Keys and envelopes."""

from pathlib import Path

import pytest

from accord.base.errors import InputError, StateError
from accord.base.signing import (
    add_signature,
    load_private_key,
    new_private_key,
    parse_public,
    payload_of,
    public_text,
    save_private_key,
    sign,
    signers_of,
)

KIND = "application/test"


def test_each_signer_is_recognised_and_a_stranger_is_not() -> None:
    one, two, stranger = new_private_key(), new_private_key(), new_private_key()
    known = [public_text(one), public_text(two)]
    envelope = sign(b"we agree", KIND, one)
    assert signers_of(envelope, KIND, known) == [public_text(one)]
    both = add_signature(add_signature(envelope, two), stranger)
    assert signers_of(both, KIND, known) == known


def test_a_changed_payload_has_no_signers() -> None:
    key = new_private_key()
    envelope = sign(b"we agree", KIND, key)
    forged = {**envelope, "payload": sign(b"we don't", KIND, new_private_key())["payload"]}
    assert signers_of(forged, KIND, [public_text(key)]) == []


def test_a_signature_on_one_kind_of_document_is_no_good_for_another() -> None:
    key = new_private_key()
    relabelled = {**sign(b"x", "application/charter", key), "payloadType": KIND}
    assert signers_of(relabelled, KIND, [public_text(key)]) == []
    with pytest.raises(ValueError, match="another kind"):
        payload_of(sign(b"x", "application/charter", key), KIND)


@pytest.mark.parametrize(
    "envelope", [{}, {"payload": 1}, {"payload": "!", "payloadType": KIND, "signatures": [1]}]
)
def test_what_is_no_envelope_is_said_so(envelope: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="envelope"):
        signers_of(envelope, KIND, [])


def test_a_key_goes_to_a_file_and_back_and_is_never_replaced(tmp_path: Path) -> None:
    key, path = new_private_key(), tmp_path / "keys" / "district.pem"
    save_private_key(key, path)
    assert public_text(load_private_key(path)) == public_text(key)
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(StateError, match="already"):
        save_private_key(new_private_key(), path)


def test_a_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("hello")
    with pytest.raises(InputError, match="not an Ed25519 private key"):
        load_private_key(tmp_path / "x.pem")


@pytest.mark.parametrize(
    "text", ["", "ed25519:", "ed25519:short", "rsa:" + "A" * 43, "ed25519:***"]
)
def test_a_misspelt_public_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="public key"):
        parse_public(text)
