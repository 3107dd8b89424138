"""The station: the folder, inside one district, that holds its records and what is made of them.

Plain files only. `station.json` says whose station it is; `secret` (its owner's alone) turns
students' identifiers into pseudonyms and never leaves. Everything else is made by the verbs, each
in its own folder, whole or absent.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from accord import __version__
from accord.base.errors import InputError, StateError
from accord.base.files import machine_errors, whole_file, whole_folder
from accord.base.locks import exclusive

FORMAT = "station/1"
_SECRET_BYTES = 32
_PRIVATE_FOLDERS = ("names", "keys")
_FOLDERS = ("imports", "facts", "measures", "releases")


@dataclass(frozen=True)
class Station:
    """One district's station. Open it with `Station.open`; make it with `Station.create`."""

    folder: Path
    district: str
    name: str
    created: str
    software: str

    @classmethod
    def create(cls, folder: Path, district: str, name: str) -> Station:
        """Make a station with a fresh secret. `folder` must be absent or empty.

        Raises `StateError` when something is there already, `MachineError` when the place can't be
        written.
        """
        with machine_errors(folder):
            taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        if taken:
            raise StateError.because(
                "There is something in this place already.",
                "Choose a new folder for the station, or open the station that is there.",
                file=folder,
            )
        created = datetime.now(UTC).isoformat(timespec="seconds")
        identity = {
            "format": FORMAT,
            "district": district,
            "name": name,
            "created": created,
            "software": __version__,
        }
        with whole_folder(folder, private=True) as draft:
            for inner in _FOLDERS:
                (draft / inner).mkdir()
            for inner in _PRIVATE_FOLDERS:
                (draft / inner).mkdir(mode=0o700)
            with whole_file(draft / "secret", private=True) as secret:
                secret.write_text(secrets.token_hex(_SECRET_BYTES) + "\n", encoding="ascii")
            text = json.dumps(identity, indent=2, ensure_ascii=False)
            (draft / "station.json").write_text(text + "\n", encoding="utf-8")
        return cls(folder, district, name, created, __version__)

    @classmethod
    def open(cls, folder: Path) -> Station:
        """The station in `folder`. Raises `StateError` when there is none, `InputError` when its
        identity can't be read."""
        path = folder / "station.json"
        if not path.is_file():
            raise StateError.because(
                "There is no station in this folder.",
                "Check the path, or make one with: accord station init",
                file=folder,
            )
        with machine_errors(path):
            data = path.read_bytes()
        try:
            identity: Any = json.loads(data)
            if identity["format"] != FORMAT:
                raise ValueError("another format")
            district, name = str(identity["district"]), str(identity["name"])
            created, software = str(identity["created"]), str(identity["software"])
        except (ValueError, KeyError, TypeError) as error:
            raise InputError.because(
                "The station's identity can't be read.",
                "Restore station.json from a backup; it is written once and never changes.",
                file=path,
            ) from error
        return cls(folder, district, name, created, software)

    @property
    def secret(self) -> bytes:
        """The key of the pseudonyms: 32 bytes. Raises `InputError` when it has been damaged."""
        path = self.folder / "secret"
        with machine_errors(path):
            text = path.read_bytes()
        try:
            key = bytes.fromhex(text.decode("ascii").strip())
        except ValueError:
            key = b""
        if len(key) != _SECRET_BYTES:
            raise InputError.because(
                "The station's secret can't be read.",
                "Restore the file from a backup: without it, no student can be matched to the "
                "records imported so far.",
                file=path,
            )
        return key

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the station alone while changing it. Raises `StateError` when another command does.

        The operating system lets go of the lock when the process ends, however it ends.
        """
        with exclusive(self.folder / "station.lock"):
            yield

    @property
    def imports_folder(self) -> Path:
        """One folder a snapshot."""
        return self.folder / "imports"

    @property
    def imports_journal(self) -> Path:
        """Which snapshot stands in which slot, one line a change."""
        return self.folder / "imports.jsonl"

    @property
    def names_folder(self) -> Path:
        """Students' names, apart from their records; its owner's alone."""
        return self.folder / "names"

    @property
    def layouts_folder(self) -> Path:
        """Formats that the district wrote or corrected; absent until there is one."""
        return self.folder / "layouts"

    @property
    def layouts_journal(self) -> Path:
        """Which layouts the district has confirmed, one line an act."""
        return self.folder / "layouts.jsonl"

    @property
    def facts_folder(self) -> Path:
        return self.folder / "facts"

    @property
    def measures_folder(self) -> Path:
        return self.folder / "measures"

    def release_file(self, audience: str, number: int) -> Path:
        """Where a release of this district lies."""
        return self.releases_folder / f"{self.district}-{audience}-{number}.accord"

    @property
    def outside_folder(self) -> Path:
        """Figures that others hold, see `accord.station.outside`."""
        return self.folder / "outside"

    @property
    def drafts_folder(self) -> Path:
        """One folder an audience: the release that waits for its approver."""
        return self.folder / "drafts"

    @property
    def releases_folder(self) -> Path:
        return self.folder / "releases"

    @property
    def keys_folder(self) -> Path:
        """Private keys; its owner's alone."""
        return self.folder / "keys"

    @property
    def ledger(self) -> Path:
        """The district's own chain of releases."""
        return self.folder / "ledger.jsonl"

    @property
    def charter_file(self) -> Path:
        return self.folder / "charter.yaml"

    @property
    def charter_signatures(self) -> Path:
        return self.folder / "charter.signatures.json"
