"""Layouts that no official document confirms: the district confirms each once, and that is kept.

An act names the layout, the hash of what it says, who confirmed it by post and when. A layout that
is corrected later has another hash and is confirmed anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from accord.base.errors import InputError, StateError
from accord.base.files import append_line, read_lines
from accord.station.records.formats.model import FileFormat, Layout
from accord.station.records.formats.sourcing import fields_used
from accord.station.station import Station


@dataclass(frozen=True)
class Confirmation:
    """That a post of the district has checked a layout."""

    layout: str
    hash: str
    by: str
    at: str


def needs_confirmation(written: FileFormat, layout: Layout) -> bool:
    """Whether an import would read a field that no official document confirms."""
    return any(not layout.is_verified(field) for field in fields_used(written, layout))


def confirmations(station: Station) -> tuple[Confirmation, ...]:
    """Every act, oldest first. Raises `InputError` when a line was damaged."""
    path = station.layouts_journal
    acts = []
    for number, line in enumerate(read_lines(path), start=1):
        try:
            acts.append(Confirmation(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise InputError.because(
                "A line of the journal of layouts can't be read.",
                "Restore the station's folder from a backup.",
                file=path,
                line=number,
            ) from error
    return tuple(acts)


def is_confirmed(station: Station, written: FileFormat, layout: Layout) -> bool:
    """Whether an import may read a file by this layout."""
    return not needs_confirmation(written, layout) or any(
        act.layout == layout.layout and act.hash == layout.hash for act in confirmations(station)
    )


def confirm(station: Station, layout: Layout, by: str) -> Confirmation:
    """Record that the post `by` has checked a layout. Raises `InputError`, `MachineError`."""
    if not by.strip():
        raise InputError.because(
            "A confirmation names the post that gives it.", 'For example: --by "Data coordinator".'
        )
    at = datetime.now(UTC).isoformat(timespec="seconds")
    act = Confirmation(layout.layout, layout.hash, by.strip(), at)
    append_line(station.layouts_journal, json.dumps(asdict(act), ensure_ascii=False))
    return act


def require_confirmed(station: Station, read: Iterable[tuple[FileFormat, Layout]]) -> None:
    """Raise `StateError` that names every layout that waits to be confirmed."""
    waiting = {
        layout.layout: (written, layout)
        for written, layout in read
        if not is_confirmed(station, written, layout)
    }
    if not waiting:
        return
    names = " ".join(sorted(waiting))
    raise StateError.because(
        _told(list(waiting.values())),
        "Compare with your files: accord import STATION --look FILE… shows what each field looks "
        f'like. Then: accord layouts confirm STATION {names} --by "your post".',
    )


def _told(waiting: list[tuple[FileFormat, Layout]]) -> str:
    """Which layouts wait; of a single one, the fields too."""
    if len(waiting) > 1:
        names = ", ".join(sorted(layout.layout for _, layout in waiting))
        return (
            f"No official document at hand confirms {len(waiting)} of the layouts, so your "
            f"district confirms each once: {names}."
        )
    [(written, layout)] = waiting
    fields = [
        field.shown for field in fields_used(written, layout) if not layout.is_verified(field)
    ]
    return (
        f"No official document at hand confirms layout {layout.layout}, so your district confirms "
        f"it once. It would be read by: {', '.join(fields)}."
    )
