"""The exchange folder: where a partner keeps the charter and the releases it has received.

=========================================  ======================================================
``charters/HASH.yaml`` and signatures      every charter and amendment that was agreed
``releases/DISTRICT-AUDIENCE-N.accord``    every release received, as it came
``ledgers/DISTRICT.jsonl``                 what was received from each district, in order
``sealed/ROUND/…``                         commitments and openings of sealed exchanges
=========================================  ======================================================

The ledger is the truth: a file that no entry names was never received. That order of writing
(file first, entry second) is what makes an interruption harmless.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import TypeAdapter

from accord.base.canonical import short_hash
from accord.base.errors import RefusedError, StateError
from accord.base.files import machine_errors, sweep, whole_file
from accord.base.locks import exclusive
from accord.charter.amending import chain_of
from accord.charter.model import Charter
from accord.charter.sign import SignedCharter, read_signed, signatures_path
from accord.charter.values import Id
from accord.exchange.acts import (
    RECEIVED,
    REVOKED,
    Sent,
    release_subject,
    revocations,
    revoked_keys,
    sent,
)
from accord.exchange.bookkeeping import document_of
from accord.exchange.custody import Revocation
from accord.exchange.ledger import Ledger
from accord.exchange.release import Release, open_release, write_release
from accord.exchange.sealed import Round
from accord.exchange.verify import verify
from accord.indicators.catalogue import Catalogue


@dataclass(frozen=True)
class Exchange:
    """One exchange folder."""

    folder: Path

    @classmethod
    def open(cls, folder: Path) -> Exchange:
        """The exchange folder at this place. Raises `StateError` when it holds no charter."""
        exchange = cls(folder)
        if not exchange._charter_files():
            raise StateError.because(
                "This folder holds no charter yet.",
                "Receive into it with --charter and the charter that the partners signed.",
                file=folder,
            )
        return exchange

    @property
    def charters_folder(self) -> Path:
        return self.folder / "charters"

    @property
    def releases_folder(self) -> Path:
        return self.folder / "releases"

    @property
    def sealed_folder(self) -> Path:
        return self.folder / "sealed"

    def ledger(self, district: str) -> Ledger:
        """What was received from `district`."""
        return Ledger(self.folder / "ledgers" / f"{district}.jsonl")

    def add_charter(self, path: Path) -> SignedCharter:
        """Keep a signed charter here. Adding it again, or with more signatures, is harmless.

        Raises `InputError` when it can't be read.
        """
        signed = read_signed(path)
        target = self.charters_folder / f"{short_hash(signed.charter.hash)}.yaml"
        for source, copy in (
            (path, target),
            (signatures_path(path), signatures_path(target)),
        ):
            if source.exists():
                with whole_file(copy) as draft, machine_errors(source):
                    shutil.copyfile(source, draft)
        return signed

    def charters(self) -> list[SignedCharter]:
        """Every charter kept here."""
        return [read_signed(path) for path in self._charter_files()]

    def verify(self, release: Release, catalogue: Catalogue, *, file: Path) -> None:
        """Hold a release against all that is known here.

        Raises `RefusedError` with every reason not to believe it, and `StateError` while it is
        sealed.
        """
        manifest = release.manifest
        before = self.newest(manifest.district, manifest.audience)
        known = self.revocations(manifest.district)
        verify(release, self.charters(), catalogue, before, known, file=file)
        for sealed in self.rounds():
            sealed.require_opened(release, file)

    def charter(self) -> Charter:
        """The newest charter in force. Raises `StateError` when none is."""
        chain = chain_of(self.charters())
        if not chain:
            raise StateError.because(
                "No charter in this folder is in force.",
                "Add the one that every party has signed: accord receive --charter",
                file=self.folder,
            )
        return chain[-1].charter

    def receive(self, path: Path, catalogue: Catalogue, *, now: datetime | None = None) -> Release:
        """Verify a release and keep it. Raises `InputError`, `RefusedError` or `MachineError`.

        Nothing is kept of a release that is refused.
        """
        release = open_release(path)
        manifest = release.manifest
        with exclusive(self.folder / "exchange.lock"):
            self.verify(release, catalogue, file=path)
            with machine_errors(self.releases_folder):
                self.releases_folder.mkdir(parents=True, exist_ok=True)
                sweep(self.releases_folder)
            write_release(
                release.data, self._place(manifest.district, manifest.audience, manifest.number)
            )
            self._learn_revocations(release, now)
            subject = release_subject(release)
            self.ledger(manifest.district).append(RECEIVED, subject, now=now)
        return release

    def received(self, district: str, audience: str) -> list[Sent]:
        """Every release received from `district` for `audience`, oldest first."""
        return sent(self.ledger(district).entries(), RECEIVED, audience)

    def entry_of(self, release: Release) -> str | None:
        """The hash of the entry for a release that was received, if it was."""
        manifest = release.manifest
        found = self.received(manifest.district, manifest.audience)
        return next((one.entry for one in found if one.id == release.id), None)

    def opened(self, district: str, audience: str, one: Sent) -> Release:
        """The kept file of a release that was received.

        Raises `RefusedError` when it is no longer what the ledger says was received.
        """
        path = self.place_of(district, audience, one)
        release = open_release(path)
        if release.id != one.id:
            raise RefusedError.because(
                "This file is not the one that was received.",
                "Restore it from a backup, or ask the district for it again.",
                file=path,
            )
        return release

    def place_of(self, district: str, audience: str, one: Sent) -> Path:
        """Where the file of a release that was received is kept."""
        return self._place(district, audience, one.number)

    def newest(self, district: str, audience: str) -> Sent | None:
        """The newest release received from `district` for `audience`."""
        found = self.received(district, audience)
        return found[-1] if found else None

    def revocations(self, district: str) -> list[Revocation]:
        """The revocations of a district's keys that its releases have told of."""
        return revoked_keys(revocations(self.ledger(district).entries()))

    def rounds(self) -> list[Round]:
        """The sealed exchanges in this folder, under the newest charter."""
        folders = sorted(place for place in self.sealed_folder.glob("*") if place.is_dir())
        return [self.round(folder.name) for folder in folders]

    def round(self, name: str) -> Round:
        """The sealed exchange of this name, which may not have begun. Raises `ValueError`."""
        TypeAdapter(Id).validate_python(name)  # it becomes the name of a folder
        return Round(self.sealed_folder / name, self.charter())

    def current(self, audience: str) -> list[Release]:
        """The newest release of each party for `audience`, in the charter's order.

        Raises `RefusedError` when a kept file is no longer what the ledger says was received.
        """
        newest = [(district, self.newest(district, audience)) for district in self._parties()]
        return [self.opened(district, audience, one) for district, one in newest if one]

    def showable(
        self, audience: str, on: date, *, reader: str | None = None
    ) -> tuple[list[Release], list[Release]]:
        """What a report may show on a day, like `current`, and what it must leave out until later.

        In the place of a release under embargo stands the newest before it that may be shown, if
        there is one. A district that is the `reader` sees its own releases at once.
        """
        shown: list[Release] = []
        left_out: list[Release] = []
        for district in self._parties():
            for one in reversed(self.received(district, audience)):
                release = self.opened(district, audience, one)
                embargo = release.manifest.embargo
                if embargo is None or embargo <= on or district == reader:
                    shown.append(release)
                    break
                left_out.append(release)
        return shown, left_out

    def _learn_revocations(self, release: Release, now: datetime | None) -> None:
        ledger = self.ledger(release.manifest.district)
        known = revocations(ledger.entries())
        for envelope in release.revocations:
            if envelope not in known:
                ledger.append(REVOKED, document_of(envelope).subject, now=now)

    def _parties(self) -> list[str]:
        return list(
            dict.fromkeys(
                party.id for signed in self.charters() for party in signed.charter.parties
            )
        )

    def _place(self, district: str, audience: str, number: int) -> Path:
        return self.releases_folder / f"{district}-{audience}-{number}.accord"

    def _charter_files(self) -> list[Path]:
        return sorted(self.charters_folder.glob("*.yaml"))
