"""The current records: for every slot, the latest snapshot that stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from accord.base.canonical import content_hash
from accord.base.errors import StateError
from accord.station.records.mapping import DataStatus
from accord.station.records.snapshot import Manifest, current_slots, read_manifest
from accord.station.station import Station

_FROM_SUREST = get_args(DataStatus)


@dataclass(frozen=True)
class CurrentRecords:
    """What everything after the import works from.

    `tables` lists, by table, the Parquet files of the current snapshots. `as_of` is the latest day
    that any of them speaks for and `data_status` the least sure of theirs. `hash` changes when
    any snapshot does.
    """

    tables: dict[str, list[Path]]
    as_of: date
    data_status: str
    hash: str
    snapshots: tuple[str, ...]
    manifests: tuple[Manifest, ...]


def current(station: Station) -> CurrentRecords:
    """The current records of a station. Raises `StateError` when nothing was imported yet."""
    snapshots = sorted(set(current_slots(station).values()))
    if not snapshots:
        raise StateError.because(
            "This station has no records yet.",
            "Import some with: accord import",
            file=station.folder,
        )
    manifests = [read_manifest(station.imports_folder / snapshot) for snapshot in snapshots]
    tables: dict[str, list[Path]] = {}
    for manifest in manifests:
        for table in manifest.tables:
            path = station.imports_folder / manifest.snapshot / f"{table}.parquet"
            tables.setdefault(table, []).append(path)
    return CurrentRecords(
        tables=tables,
        as_of=max(manifest.as_of for manifest in manifests),
        data_status=max((manifest.data_status for manifest in manifests), key=_FROM_SUREST.index),
        hash=content_hash(snapshots),
        snapshots=tuple(snapshots),
        manifests=tuple(manifests),
    )
