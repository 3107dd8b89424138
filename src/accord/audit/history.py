"""What else is out: releases in a folder, or those that a ledger names."""

from __future__ import annotations

from pathlib import Path

from accord.audit.sources import Source, read_source
from accord.base.errors import InputError, RefusedError
from accord.exchange.ledger import Ledger

_RELEASE = ".accord"
_LEDGER = ".jsonl"
_ENTERED = ("released", "received")


def read_history(path: Path) -> list[Source]:
    """The releases that a file, a folder or a ledger holds.

    A ledger's releases are looked for in ``releases`` beside it or one folder up. Raises
    `RefusedError` when one that it names is missing, `InputError`, `MachineError`.
    """
    if path.is_dir():
        files = sorted(path.rglob(f"*{_RELEASE}"))
        if not files:
            raise InputError.because(
                "There is no release in this folder.", "Name another.", file=path
            )
        return [read_source(file) for file in files]
    return _of_ledger(path) if path.suffix == _LEDGER else [read_source(path)]


def _of_ledger(path: Path) -> list[Source]:
    named = [
        (entry.sequence, str(entry.subject.get("release")))
        for entry in Ledger(path).entries()
        if entry.kind in _ENTERED
    ]
    folders = [path.parent / "releases", path.parent.parent / "releases"]
    files = [file for folder in folders for file in sorted(folder.glob(f"*{_RELEASE}"))]
    held = {source.id: source for source in map(read_source, files)}
    for sequence, release in named:
        if release not in held:
            raise RefusedError.because(
                f"The release of entry {sequence} of this ledger is not here.",
                "An audit needs everything that ever left. Put the file back and run it again.",
                file=path,
            )
    return [held[release] for _, release in named]
