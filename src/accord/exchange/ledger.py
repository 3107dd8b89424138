"""A district's ledger: an append-only chain of what it has released or what was received from it.

One JSON entry a line. Each entry carries the hash of the one before, so that nothing can be taken
out, put in or changed without breaking every later hash. A line is flushed to disk before the act
it records counts as done; a line torn by a crash never counted and is cut off.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from accord.base.canonical import content_hash
from accord.base.errors import Problem, RefusedError
from accord.base.files import append_line, read_lines
from accord.base.locks import exclusive
from accord.base.words import count_words
from accord.exchange.statements import moment

BEGINNING = "sha256:" + "0" * 64
_RESTORE = "Restore the file from a backup or ask the partner for theirs; don't edit it."


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

        Raises `RefusedError` naming every line where the chain breaks.
        """
        entries, problems = self._walk()
        if problems:
            raise RefusedError(*problems)
        return entries

    def problems(self) -> list[Problem]:
        """Every line at which the chain has a gap or a fork, or was altered; none when it holds."""
        return self._walk()[1]

    def head(self) -> str:
        """The hash of the newest entry, or `BEGINNING`."""
        return head_of(self.entries())

    def append(
        self, kind: str, subject: Mapping[str, Any], *, now: datetime | None = None
    ) -> Entry:
        """Add an act at the end and flush it to disk.

        Raises `RefusedError` when the chain is broken, `StateError` while another command writes
        to it, `MachineError`.
        """
        with exclusive(self.path.with_name(f"{self.path.name}.lock")):
            entries = self.entries()
            body = {
                "sequence": len(entries) + 1,
                "previous": head_of(entries),
                "kind": kind,
                "at": moment(now).isoformat(),
                "subject": dict(subject),
            }
            hash_ = content_hash(body)
            line = json.dumps({**body, "hash": hash_}, ensure_ascii=False, sort_keys=True)
            append_line(self.path, line)
        return Entry(**body, hash=hash_)  # type: ignore[arg-type]

    def _walk(self) -> tuple[list[Entry], list[Problem]]:
        entries: list[Entry] = []
        problems: list[Problem] = []
        followed: dict[str, int] = {}  # the line of the entry that follows each hash
        for line, text in enumerate(read_lines(self.path), start=1):
            entry, is_sound = _read(text)
            if entry is None:
                problems.append(self._broken(line, "can't be read"))
                continue
            if not is_sound:
                problems.append(self._broken(line, "was changed after it was written"))
            elif how := _misplaced(entry, entries, followed):
                problems.append(self._broken(line, how))
            followed.setdefault(entry.previous, line)
            entries.append(entry)
        return entries, problems

    def _broken(self, line: int, how: str) -> Problem:
        what = f"The ledger is broken: this entry {how}."
        return Problem(what, _RESTORE, file=str(self.path), line=line)


def head_of(entries: Sequence[Entry]) -> str:
    """The hash of the newest of these entries, or `BEGINNING`."""
    return entries[-1].hash if entries else BEGINNING


def _read(text: str) -> tuple[Entry | None, bool]:
    """A line as an entry, and whether its hash is that of what it says."""
    try:
        body = json.loads(text)
        entry = Entry(**body)
        stated = body.pop("hash")
        if not isinstance(entry.subject, dict) or not isinstance(entry.sequence, int):
            return None, False
        return entry, stated == content_hash(body)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None, False


def _misplaced(entry: Entry, before: Sequence[Entry], followed: Mapping[str, int]) -> str:
    """How an entry fails to follow the one before it; nothing when it does."""
    expected = before[-1].sequence + 1 if before else 1
    if entry.previous == head_of(before) and entry.sequence == expected:
        return ""
    if entry.previous in followed:
        return f"and that of line {followed[entry.previous]} follow the same one: the ledger forks"
    if entry.sequence > expected:
        missing = count_words(entry.sequence - expected, "entry is", "entries are")
        return f"does not follow the one before it: {missing} missing between them"
    return "does not follow the one before it"
