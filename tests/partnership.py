"""A small signed partnership and its releases, for the tests of what happens outside a station."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.canonical import canonical_bytes
from accord.base.signing import new_private_key, public_text
from accord.cells.cell import Cell, State
from accord.cells.table import CellTable
from accord.charter.drafts import example, fill_keys
from accord.charter.sign import SignedCharter, read_signed, sign_charter
from accord.exchange.custody import Role, delegate
from accord.exchange.manifest import FORMAT, MadeFrom, Manifest, UsedDefinition
from accord.exchange.release import pack
from accord.exchange.signatures import Signature, sign_release
from accord.indicators.catalogue import load_catalogue

CEDAR, HARBOR = "99100010000000", "99200020000000"
AS_OF = "2025-06-30"
FIRST_DAY, LAST_DAY = date(2025, 7, 1), date(2026, 6, 30)
SIGNED = datetime(2025, 8, 20, 14, 30, tzinfo=UTC)
POSTS: dict[Role, str] = {
    "preparer": "Director of Assessment",
    "approver": "Chief Academic Officer",
}


@dataclass
class Partnership:
    """The example charter of two made-up districts, signed, with everybody's private key.

    `keys` are the districts' roots. Each has delegated a preparer's and an approver's key for the
    school year from `FIRST_DAY` to `LAST_DAY`; releases are signed at `SIGNED`.
    """

    folder: Path
    keys: dict[str, Ed25519PrivateKey] = field(
        default_factory=lambda: {CEDAR: new_private_key(), HARBOR: new_private_key()}
    )

    signers: dict[tuple[str, Role], Ed25519PrivateKey] = field(
        default_factory=lambda: {
            (district, role): new_private_key() for district in (CEDAR, HARBOR) for role in POSTS
        }
    )

    def __post_init__(self) -> None:
        self.catalogue = load_catalogue()
        self.charter_file = self.folder / "charter.yaml"
        publics = {district: public_text(key) for district, key in self.keys.items()}
        text = fill_keys(example("cedar-harbor"), publics, "charter.yaml")
        self.charter_file.write_text(text, encoding="utf-8")

    def sign(self, districts: Iterable[str] = (CEDAR, HARBOR)) -> SignedCharter:
        for district in districts:
            sign_charter(self.charter_file, self.keys[district], self.catalogue)
        return read_signed(self.charter_file)

    def cell(self, chronic: int = 30, students: int = 120, **changes: Any) -> Cell:
        """A published cell of chronic absenteeism, all students of Cedar Valley in 2024–25."""
        definition = self.catalogue.definition("chronic-absenteeism@1.0")
        usual: dict[str, Any] = {
            "partnership": "cedar-harbor",
            "district": CEDAR,
            "school": "",
            "grade": "",
            "group": "all",
            "period": "2024-25",
            "as_of": AS_OF,
            "data_status": "certified",
            "indicator": definition.id,
            "definition_version": definition.version,
            "definition_hash": definition.hash,
            "numerator": Fraction(chronic),
            "denominator": Fraction(students),
            "value": definition.rounded(Fraction(100 * chronic, students)),
            "low": None,
            "high": None,
            "state": State.PUBLISHED,
        }
        return Cell(**(usual | changes))

    def hidden(self, **changes: Any) -> Cell:
        nothing = dict.fromkeys(("numerator", "denominator", "value"))
        return self.cell(**nothing, state=State.SUPPRESSED, **changes)

    def cells(self) -> list[Cell]:
        return [
            self.cell(),
            self.cell(9, 50, group="white"),
            self.hidden(group="foster"),
            self.cell(7, 40, period="2023-24"),
            self.cell(value=Decimal("25.0"), school="99100010000001"),
        ]

    def manifest(self, cells: Sequence[Cell], **changes: Any) -> Manifest:
        references = {cell.definition for cell in cells}
        usual: dict[str, Any] = {
            "format": FORMAT,
            "partnership": "cedar-harbor",
            "district": CEDAR,
            "audience": "partners",
            "number": 1,
            "follows": None,
            "ledger": "sha256:" + "0" * 64,
            "charter": read_signed(self.charter_file).charter.hash,
            "definitions": {
                reference: UsedDefinition(
                    hash=self.catalogue.definition(reference).hash,
                    sums=self.catalogue.definition(reference).sum_keys,
                )
                for reference in sorted(references)
                if reference in self.catalogue.definitions
            },
            "groups": tuple(sorted({cell.group for cell in cells})),
            "schools": {"99100010000001": "Juniper Elementary"},
            "periods": tuple(sorted({cell.period for cell in cells})),
            "as_of": AS_OF,
            "data_status": "certified",
            "disclosure": {"minimum": 11},
            "made_from": MadeFrom(snapshots=(), facts="f", measure="m", software="accord 0"),
            "cells": {},
            "files": {},
        }
        return Manifest(**(usual | changes))

    def delegation(self, of: str, role: Role, **changes: Any) -> dict[str, Any]:
        """A district's delegation of its key for a role; by another `root`, or of another key."""
        usual: dict[str, Any] = {
            "root": self.keys[of],
            "district": of,
            "key": public_text(self.signers[of, role]),
            "role": role,
            "title": POSTS[role],
            "first": FIRST_DAY,
            "last": LAST_DAY,
        }
        told = usual | changes
        return delegate(told.pop("root"), **told)

    def signature(
        self,
        release: str,
        role: Role,
        *,
        district: str = CEDAR,
        now: datetime = SIGNED,
        **changes: Any,
    ) -> Signature:
        """A district's signature of a release, with a delegation changed as told."""
        delegation = self.delegation(district, role, **changes)
        return sign_release(release, self.signers[district, role], delegation, now=now)

    def both(self, release: str, *, now: datetime = SIGNED) -> list[Signature]:
        """What both of Cedar Valley's signers sign."""
        return [self.signature(release, role, now=now) for role in POSTS]

    def release(
        self,
        cells: Sequence[Cell] | None = None,
        *,
        sign: Callable[[str], Iterable[Signature]] | None = None,
        revocations: Sequence[Any] = (),
        **changes: Any,
    ) -> bytes:
        """The bytes of a release of Cedar Valley, signed by both unless `sign` says otherwise."""
        chosen = self.cells() if cells is None else cells
        manifest = self.manifest(chosen, **changes)
        forms = {
            reference: canonical_bytes(self.catalogue.definition(reference).meaning)
            for reference in manifest.definitions
        }
        return pack(
            manifest,
            CellTable.of(chosen),
            forms,
            read_signed(self.charter_file).charter.canonical_bytes,
            revocations=revocations,
            sign=sign or self.both,
        )
