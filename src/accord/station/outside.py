"""Figures that others hold about this district: a state's table, a research report, an old reply.

They are registered once, in the station and in its ledger, and from then on every release is
audited together with them: what they tell is known, and can't be hidden any more.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from accord.audit.sources import Source, figures_of_table, read_source
from accord.base.errors import InputError, RefusedError
from accord.base.files import machine_errors, whole_file
from accord.exchange.acts import OUTSIDE
from accord.exchange.ledger import Entry, Ledger
from accord.station.station import Station


def register(station: Station, file: Path, now: datetime | None = None) -> tuple[Entry, bool]:
    """Enter a table of cells, as ``accord cells --csv`` prints one; whether it is new.

    Raises `InputError` when it is no such table or is not about this district, `MachineError`.
    """
    figures = figures_of_table(read_source(file).table, file.name)
    if station.district not in figures.table.distinct("district"):
        raise InputError.because(
            "These figures are not about this district.",
            f"Give a table of cells whose column “district” says {station.district}.",
            file=file,
        )
    with station.lock():
        ledger = Ledger(station.ledger)
        for entry in ledger.entries():
            if entry.kind == OUTSIDE and entry.subject.get("figures") == figures.id:
                return entry, False
        with whole_file(_place(station, figures.id)) as draft, machine_errors(file):
            shutil.copyfile(file, draft)
        subject = {"figures": figures.id, "name": file.name}
        return ledger.append(OUTSIDE, subject, now=now), True


def registered(station: Station, entries: Sequence[Entry]) -> list[Source]:
    """All that was registered. Raises `RefusedError` when a file is gone or is another."""
    return [_opened(station, entry) for entry in entries if entry.kind == OUTSIDE]


def _opened(station: Station, entry: Entry) -> Source:
    figures, name = str(entry.subject.get("figures")), str(entry.subject.get("name"))
    path = _place(station, figures)
    found = figures_of_table(read_source(path).table, name) if path.is_file() else None
    if found is None or found.id != figures:
        raise RefusedError.because(
            f"The outside figures “{name}” are in the ledger, and their file is not here.",
            "A release is audited together with all that others hold. Put the file back.",
            file=path,
        )
    return found


def _place(station: Station, figures: str) -> Path:
    return station.outside_folder / f"{figures}.csv"
