"""The exchange folder: where a partner keeps the charter and the releases it has received.

=========================================  ======================================================
``charters/HASH.yaml`` and signatures      every charter and amendment that was agreed
``releases/DISTRICT-AUDIENCE-N.accord``    every release received, as it came
``ledgers/DISTRICT.jsonl``                 what was received from each district, in order
=========================================  ======================================================

The ledger is the truth: a file that no entry names was never received. That order of writing
(file first, entry second) is what makes an interruption harmless.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from accord.base.canonical import short_hash
from accord.base.errors import RefusedError, StateError
from accord.base.files import machine_errors, sweep, whole_file
from accord.charter.sign import SignedCharter, read_signed, signatures_path
from accord.exchange.ledger import Entry, Ledger
from accord.exchange.release import Release, open_release, write_release
from accord.exchange.verify import Received, verify
from accord.indicators.catalogue import Catalogue

RECEIVED = "received"


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

    def receive(self, path: Path, catalogue: Catalogue, *, now: datetime | None = None) -> Release:
        """Verify a release and keep it. Raises `InputError`, `RefusedError` or `MachineError`.

        Nothing is kept of a release that is refused.
        """
        release = open_release(path)
        manifest = release.manifest
        before = self.newest(manifest.district, manifest.audience)
        verify(release, self.charters(), catalogue, before, file=path)
        with machine_errors(self.releases_folder):
            self.releases_folder.mkdir(parents=True, exist_ok=True)
            sweep(self.releases_folder)
        write_release(
            release.data, self._place(manifest.district, manifest.audience, manifest.number)
        )
        self.ledger(manifest.district).append(
            RECEIVED,
            {"release": release.id, "number": manifest.number, "audience": manifest.audience},
            now=now,
        )
        return release

    def newest(self, district: str, audience: str) -> Received | None:
        """The newest release received from `district` for `audience`."""
        entries = [
            entry
            for entry in self.ledger(district).entries()
            if entry.kind == RECEIVED and entry.subject.get("audience") == audience
        ]
        return _received(entries[-1]) if entries else None

    def current(self, audience: str) -> list[Release]:
        """The newest release of each party for `audience`, in the charter's order.

        Raises `RefusedError` when a kept file is no longer what the ledger says was received.
        """
        releases = []
        for district in self._parties():
            received = self.newest(district, audience)
            if received is None:
                continue
            path = self._place(district, audience, received.number)
            release = open_release(path)
            if release.id != received.id:
                raise RefusedError.because(
                    "This file is not the one that was received.",
                    "Restore it from a backup, or ask the district for it again.",
                    file=path,
                )
            releases.append(release)
        return releases

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


def _received(entry: Entry) -> Received:
    try:
        return Received(int(entry.subject["number"]), str(entry.subject["release"]))
    except (KeyError, TypeError, ValueError):
        raise RefusedError.because(
            f"Entry {entry.sequence} of the ledger does not say what was received.",
            "Restore the ledger from a backup.",
        ) from None
