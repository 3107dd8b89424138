"""A snapshot: one file's import, immutable, and the journal that says which ones are current.

A snapshot is a folder named by what it was made of (the file's bytes and the part of the mapping
that applies), so the same import always has the same name. It counts from the moment its line is
in the journal: a folder without a line is what a crash left behind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from accord import __version__
from accord.base.canonical import content_hash, short_hash
from accord.base.errors import InputError
from accord.base.files import append_line, machine_errors, read_lines
from accord.station.records.accounting import Accounting, ReasonCount
from accord.station.records.mapping import SourceMapping
from accord.station.station import Station

FORMAT = "snapshot/1"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds and came from; counts and hashes, no student's value.

    `tables` counts rows by table; `lines` accounts for the file.
    """

    snapshot: str
    source: str
    slot: str
    file: str
    source_hash: str
    mapping_hash: str
    district: str
    as_of: date
    data_status: str
    lines: Accounting
    tables: Mapping[str, int]
    notes: tuple[str, ...]
    software: str = __version__

    def write(self, folder: Path) -> None:
        plain = {"format": FORMAT, **asdict(self), "as_of": self.as_of.isoformat()}
        text = json.dumps(plain, indent=2, ensure_ascii=False)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True)
class JournalEntry:
    """A snapshot has taken a slot, superseding another or none (``""``)."""

    slot: str
    snapshot: str
    supersedes: str
    at: str


def snapshot_id(source_hash: str, mapping_hash: str) -> str:
    """The name of the snapshot that this file and this mapping make: 12 hexadecimal digits."""
    return short_hash(content_hash([FORMAT, source_hash, mapping_hash]))


def mapping_hash(
    source: SourceMapping, district: str, as_of: date, data_status: str, basis: str = ""
) -> str:
    """The hash of the part of a mapping that applies to one source, ``{district}`` filled in.

    `basis` is what else decides what the records are, if anything.
    """
    plain = source.model_dump(mode="json")
    parts = [plain, district, as_of.isoformat(), data_status]
    return content_hash([*parts, basis] if basis else parts)


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a snapshot's folder. Raises `InputError`, `MachineError`."""
    path = folder / MANIFEST
    with machine_errors(path):
        data = path.read_bytes()
    try:
        plain: dict[str, Any] = json.loads(data)
        if plain.pop("format") != FORMAT:
            raise ValueError("another format")
        lines = plain.pop("lines")
        counts = tuple(ReasonCount(**count) for count in lines.pop("reasons"))
        return Manifest(
            lines=Accounting(**lines, reasons=counts),
            as_of=date.fromisoformat(plain.pop("as_of")),
            notes=tuple(plain.pop("notes")),
            **plain,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError.because(
            "The manifest of this snapshot can't be read.",
            "Restore the station's folder from a backup.",
            file=path,
        ) from error


def read_journal(station: Station) -> list[JournalEntry]:
    """Every change of a slot, oldest first. Raises `InputError` when a line was damaged."""
    path = station.imports_journal
    entries = []
    for number, line in enumerate(read_lines(path), start=1):
        try:
            command = json.loads(line)
            entries += [JournalEntry(**each, at=command["at"]) for each in command["changes"]]
        except (ValueError, TypeError, KeyError) as error:
            raise InputError.because(
                "A line of the journal of imports can't be read.",
                "Restore the station's folder from a backup.",
                file=path,
                line=number,
            ) from error
    return entries


def current_slots(station: Station) -> dict[str, str]:
    """The snapshot that stands in each slot."""
    return {entry.slot: entry.snapshot for entry in read_journal(station)}


def take_slots(station: Station, taken: Mapping[str, str]) -> dict[str, JournalEntry]:
    """Make finished snapshots the current ones of their slots: the moment an import counts.

    All of a command's changes are one line of the journal, so that they count together or not at
    all.
    """
    if not taken:
        return {}
    at = datetime.now(UTC).isoformat(timespec="seconds")
    before = current_slots(station)
    changes = [
        {"slot": slot, "snapshot": snapshot, "supersedes": before.get(slot, "")}
        for slot, snapshot in taken.items()
    ]
    line = json.dumps({"at": at, "changes": changes}, ensure_ascii=False)
    append_line(station.imports_journal, line)
    return {change["slot"]: JournalEntry(**change, at=at) for change in changes}
