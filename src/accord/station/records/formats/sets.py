"""Sets of files that belong together: a OneRoster folder or zip, a folder of Ed-Fi interchanges."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from accord.base.files import machine_errors
from accord.station.records.readers.archive import members

Kind = Literal["oneroster", "edfi"]

_ONEROSTER = ({"manifest.csv"}, {"users.csv", "orgs.csv"})


def is_set(folder: Path) -> bool:
    """Whether the files of a folder are to be read together."""
    return kind_of_set(folder) is not None


def kind_of_set(path: Path) -> Kind | None:
    """What set a folder, zip or XML file is, if any. Raises `InputError`, `MachineError`."""
    with machine_errors(path):
        if path.is_dir():
            return _kind(inner.name for inner in path.iterdir() if inner.is_file())
    if path.name.lower().endswith(".zip"):
        return _kind(member.name for member in members(path))
    return "edfi" if path.name.lower().endswith(".xml") else None


def _kind(names: Iterable[str]) -> Kind | None:
    there = {name.lower() for name in names}
    if any(needed <= there for needed in _ONEROSTER):
        return "oneroster"
    return "edfi" if any(name.endswith(".xml") for name in there) else None
