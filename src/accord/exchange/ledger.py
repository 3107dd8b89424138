"""A district's ledger: an append-only chain of what it has released or what was received from it.

One JSON entry a line. Each entry carries the hash of the one before, so that nothing can be taken
out, put in or changed without breaking every later hash. A line is flushed to disk before the act
it records counts as done; a line torn by a crash never counted and is cut off.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from accord.base.canonical import content_hash
from accord.base.errors import RefusedError
from accord.base.files import append_line, read_lines

BEGINNING = "sha256:" + "0" * 64


@dataclass(frozen=True)
class Entry:
    """One act: its place in the chain, its kind, when, what, and its hash."""

    sequence: int
    previous: str
    kind: str
    at: str
    subject: Mapping[str, Any]
    hash: str


class Ledger:
    """The chain in one file. Reading checks the whole chain."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self) -> list[Entry]:
        """Every entry, oldest first.

        Raises `RefusedError` naming the line where the chain breaks.
        """
        entries: list[Entry] = []
        previous = BEGINNING
        for number, line in enumerate(read_lines(self.path), start=1):
            entry = self._read(line, number)
            if entry.sequence != number or entry.previous != previous:
                raise self._broken(number, "does not follow the one before it")
            previous = entry.hash
            entries.append(entry)
        return entries

    def head(self) -> str:
        """The hash of the newest entry, or `BEGINNING`."""
        entries = self.entries()
        return entries[-1].hash if entries else BEGINNING

    def append(
        self, kind: str, subject: Mapping[str, Any], *, now: datetime | None = None
    ) -> Entry:
        """Add an act at the end and flush it to disk. Raises `RefusedError`, `MachineError`."""
        entries = self.entries()
        body = {
            "sequence": len(entries) + 1,
            "previous": entries[-1].hash if entries else BEGINNING,
            "kind": kind,
            "at": (now or datetime.now(UTC)).isoformat(timespec="seconds"),
            "subject": dict(subject),
        }
        line = json.dumps({**body, "hash": content_hash(body)}, ensure_ascii=False, sort_keys=True)
        append_line(self.path, line)
        return self._read(line, len(entries) + 1)

    def _read(self, line: str, number: int) -> Entry:
        try:
            body = json.loads(line)
            entry = Entry(**body)
            stated = body.pop("hash")
            sound = stated == content_hash(body) and isinstance(entry.subject, dict)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise self._broken(number, "can't be read") from None
        if not sound:
            raise self._broken(number, "was changed after it was written")
        return entry

    def _broken(self, number: int, how: str) -> RefusedError:
        return RefusedError.because(
            f"The ledger is broken: this entry {how}.",
            "Restore the file from a backup or ask the partner for theirs; don't edit it.",
            file=self.path,
            line=number,
        )
