"""The shelf: one small file for the key of each sealed text, outside of the database.

The districts' own keys lie there too (`district_keys`).

A backup of the database holds sealed texts; the shelf is copied beside it, over the copy of the day
before, and never kept in generations. So a key that is destroyed is destroyed everywhere, and with
it the text in every backup there ever was.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from accord.base.files import machine_errors, whole_file, write_whole
from accord.workspace.sealing.envelope import from_text, to_text


@dataclass(frozen=True)
class Kept:
    """A text's key as it lies on the shelf: open, or wrapped for each of some districts.

    `wrapped` is by the mark of the district's key (`envelope.mark_of`). Exactly one of the two is
    there.
    """

    open: bytes | None
    wrapped: Mapping[str, bytes]


def new_name() -> str:
    """A name for a key that nobody has."""
    return uuid.uuid4().hex


def put(name: str, kept: Kept) -> None:
    """Lay a key on the shelf, in place of what lay there. Raises `MachineError`."""
    with whole_file(_place(name), private=True) as draft:
        draft.write_text(_written(kept), encoding="utf-8")


def put_all(kept: Mapping[str, Kept]) -> None:
    """The same for many keys by name, as fast as the disk takes them. Raises `MachineError`."""
    write_whole({_place(name): _written(one) for name, one in kept.items()}, private=True)


def take(name: str) -> Kept | None:
    """A key; nothing where it was destroyed. Raises `MachineError`."""
    path = _place(name)
    with machine_errors(path):
        if not path.exists():
            return None
        written = json.loads(path.read_text(encoding="utf-8"))
    if "open" in written:
        return Kept(from_text(written["open"]), {})
    return Kept(None, {mark: from_text(raw) for mark, raw in written["wrapped"].items()})


def destroy(name: str) -> None:
    """Take a key away for good: its file is written over, then removed. Raises `MachineError`."""
    wipe(_place(name))


def wipe(path: Path) -> None:
    """Write over a small file, and remove it. Raises `MachineError`."""
    with machine_errors(path):
        if path.exists():
            path.write_bytes(b"\0" * path.stat().st_size)
            path.unlink()


def names() -> list[str]:
    """All keys that lie on the shelf."""
    folder: Path = settings.ACCORD_KEYS
    return sorted(path.stem for path in folder.glob("*/*.json"))


def _written(kept: Kept) -> str:
    if kept.open is not None:
        return json.dumps({"open": to_text(kept.open)})
    return json.dumps({"wrapped": {mark: to_text(raw) for mark, raw in kept.wrapped.items()}})


def _place(name: str) -> Path:
    folder: Path = settings.ACCORD_KEYS
    return folder / name[:2] / f"{name}.json"
