"""Which charter governs a school year, when one amends another."""

from __future__ import annotations

from pathlib import Path

import pytest
from charter_stub import StubCatalogue
from charter_text import EAST, SMALL, STRANGER, WEST, changed, write
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.errors import RefusedError
from accord.base.periods import SchoolYear
from accord.base.signing import public_text
from accord.charter.amending import chain_of, in_force_for
from accord.charter.sign import SignedCharter, read_signed, sign_charter


@pytest.fixture
def first(tmp_path: Path, known: StubCatalogue) -> SignedCharter:
    return signed_by(write(tmp_path), known, EAST, WEST)


def signed_by(
    path: Path,
    known: StubCatalogue,
    *keys: Ed25519PrivateKey,
    previous: SignedCharter | None = None,
) -> SignedCharter:
    for key in keys:
        sign_charter(path, key, known, previous)
    return read_signed(path)


def amendment(of: SignedCharter, year: str, *changes: tuple[str, str]) -> str:
    head = f"amends: {of.charter.hash}\ngoverns_from: {year}\ngoal: Every student thrives."
    return changed(("goal: Every student thrives.", head), *changes)


def governing(charters: list[SignedCharter]) -> dict[int, str | None]:
    found = {}
    for year in (2021, 2023, 2024, 2026):
        signed = in_force_for(charters, SchoolYear(year))
        found[year] = signed.charter.hash if signed else None
    return found


def test_an_amendment_governs_from_its_year_on(
    tmp_path: Path, known: StubCatalogue, first: SignedCharter
) -> None:
    text = amendment(first, "2024-25", ("minimum: 11", "minimum: 20"))
    second = signed_by(write(tmp_path, text, "second.yaml"), known, EAST, WEST)
    one, two = first.charter.hash, second.charter.hash
    assert governing([second, first]) == {2021: one, 2023: one, 2024: two, 2026: two}
    assert chain_of([second, first]) == (first, second)


def test_a_half_signed_amendment_changes_nothing(
    tmp_path: Path, known: StubCatalogue, first: SignedCharter
) -> None:
    text = amendment(first, "2024-25", ("minimum: 11", "minimum: 20"))
    draft = signed_by(write(tmp_path, text, "second.yaml"), known, EAST)
    assert set(governing([first, draft]).values()) == {first.charter.hash}


def test_without_a_charter_in_force_nothing_governs(tmp_path: Path) -> None:
    assert in_force_for([read_signed(write(tmp_path))], SchoolYear(2023)) is None
    assert chain_of([]) == ()


def test_nobody_is_given_a_new_key_without_signing_with_the_old_one(
    tmp_path: Path, known: StubCatalogue, first: SignedCharter
) -> None:
    new_key = (public_text(WEST), public_text(STRANGER))
    path = write(tmp_path, amendment(first, "2024-25", new_key), "second.yaml")
    usurped = signed_by(path, known, EAST, STRANGER)
    assert usurped.in_force
    assert set(governing([first, usurped]).values()) == {first.charter.hash}

    rotated = signed_by(path, known, WEST, previous=first)
    assert governing([first, rotated])[2026] == rotated.charter.hash


def test_the_old_key_signs_only_with_the_charter_that_is_amended(
    tmp_path: Path, known: StubCatalogue, first: SignedCharter
) -> None:
    new_key = (public_text(WEST), public_text(STRANGER))
    path = write(tmp_path, amendment(first, "2024-25", new_key), "second.yaml")
    with pytest.raises(RefusedError, match="not one of this charter's parties"):
        sign_charter(path, WEST, known)
    other = write(tmp_path, changed(("name: West Unified", "name: West")), "other.yaml")
    with pytest.raises(RefusedError, match="does not amend the one given"):
        sign_charter(path, WEST, known, read_signed(other))


def test_two_charters_that_claim_the_same_place_are_refused(
    tmp_path: Path, known: StubCatalogue, first: SignedCharter
) -> None:
    rival = signed_by(
        write(tmp_path, SMALL.replace("minimum: 11", "minimum: 20"), "rival.yaml"),
        known,
        EAST,
        WEST,
    )
    with pytest.raises(RefusedError, match="do not amend one another"):
        chain_of([first, rival])
