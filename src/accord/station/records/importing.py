"""Import: a district's files become immutable snapshots of typed, pseudonymised records.

All files of one command are read and checked before any of them counts: snapshots count from the
moment the command's line is appended to the journal, which comes last. Whatever stops the command
before that (an error, a full disk, a `kill -9`), the current records are the ones from
before, and the next import clears what was left behind.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal

from accord.base.errors import InputError, StateError
from accord.base.files import PARTIAL, machine_errors, sweep
from accord.base.progress import SILENT, Progress, Step
from accord.station.records.building import Making, make_snapshot
from accord.station.records.intake import Intake, mapped_intakes
from accord.station.records.quarantine import WORKBOOK
from accord.station.records.snapshot import (
    Manifest,
    current_slots,
    mapping_hash,
    read_journal,
    read_manifest,
    snapshot_id,
    take_slots,
)
from accord.station.records.sql import connection, engine_errors
from accord.station.station import Station

_SMALL_AT_ONCE = 3
_LARGE = 500_000_000  # bytes

Status = Literal["imported", "already imported"]


@dataclass(frozen=True)
class ImportedFile:
    """What became of one file.

    `supersedes` is the snapshot that it replaced, if any; `quarantine` the workbook of its refused
    lines, if there are any.
    """

    file: Path
    status: Status
    manifest: Manifest
    supersedes: str
    quarantine: Path | None
    seconds: float


@dataclass(frozen=True)
class ImportReport:
    """What became of the files of one import, in the order given."""

    files: tuple[ImportedFile, ...]


def import_files(
    station: Station, mapping_path: Path, files: Sequence[Path], progress: Progress = SILENT
) -> ImportReport:
    """Import `files` as the mapping says; all of them or none.

    A file that was imported before with the same mapping changes nothing; a corrected file of the
    same name supersedes, and both snapshots are kept. Raises `InputError` (mapping or file can't
    be used), `StateError` (another command is at work, a file changed meanwhile), `MachineError`.
    """
    return import_intakes(station, mapped_intakes(station, mapping_path, files), progress)


def import_intakes(
    station: Station, intakes: Sequence[Intake], progress: Progress = SILENT
) -> ImportReport:
    """Import what was mapped or recognised; all of it or none. Raises as `import_files` does."""
    _check_slots(intakes)
    with station.lock():
        _clear_leftovers(station)
        try:
            built = _build_all(station, intakes, progress)
        except BaseException:
            _clear_leftovers(station)
            raise
        return ImportReport(tuple(_commit(station, intakes, built)))


def _check_slots(intakes: Sequence[Intake]) -> None:
    if not intakes:
        raise InputError.because("No file was given.", "Name the files to import.")
    taken: dict[str, Intake] = {}
    for intake in intakes:
        if intake.slot in taken:
            raise InputError.because(
                f"This file and {taken[intake.slot].file.name} would supersede each other.",
                "Give one of them another name, or import only the right one.",
                file=intake.file,
            )
        taken[intake.slot] = intake


def _build_all(
    station: Station, intakes: Sequence[Intake], progress: Progress
) -> list[tuple[Manifest, float]]:
    """Make every snapshot, in the order of the intakes.

    A small file leaves most of the machine idle, so several are made at once; a large one keeps
    every core busy and wants the memory for itself.
    """
    largest = max((size for each in intakes for size, _ in _states_of(each)), default=0)
    locks: dict[str, Lock] = {}
    with ThreadPoolExecutor(_SMALL_AT_ONCE if largest < _LARGE else 1) as pool:
        building = [pool.submit(_build, station, each, locks, progress) for each in intakes]
        try:
            return [each.result() for each in building]
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _build(
    station: Station, intake: Intake, locks: dict[str, Lock], progress: Progress
) -> tuple[Manifest, float]:
    """Make the snapshot of one file, unless it is there, and say how long it took.

    `locks` has a lock a snapshot: two copies of one file would make the same one.
    """
    began = time.monotonic()
    with (
        progress.step(f"Import {intake.file.name}") as step,
        _work_folder(station) as work,
        engine_errors(intake.file),
        connection(work) as con,
    ):
        before = _states_of(intake)
        opened = intake.open(con, work)
        applies = mapping_hash(
            intake.source, station.district, intake.as_of, intake.data_status, intake.basis
        )
        snapshot = snapshot_id(opened.source_hash, applies)
        folder = station.imports_folder / snapshot
        with locks.setdefault(snapshot, Lock()):
            if folder.exists():
                manifest = read_manifest(folder)
            else:
                making = Making(station, intake, opened, snapshot, applies)
                manifest = make_snapshot(making, con, work)
        if _states_of(intake) != before:
            raise StateError.because(
                "The file changed while it was being imported.",
                "Wait until it is complete, then import it again.",
                file=intake.file,
            )
        _say(step, manifest)
    return manifest, time.monotonic() - began


def _commit(
    station: Station, intakes: Sequence[Intake], built: Sequence[tuple[Manifest, float]]
) -> Iterator[ImportedFile]:
    """Make every new snapshot count, all at once."""
    current = set(current_slots(station).values())
    new: dict[str, str] = {}
    for intake, (manifest, _) in zip(intakes, built, strict=True):
        if manifest.snapshot not in {*current, *new.values()}:
            new[intake.slot] = manifest.snapshot
    entries = take_slots(station, new)
    for intake, (manifest, seconds) in zip(intakes, built, strict=True):
        entry = entries.get(intake.slot)
        folder = station.imports_folder / manifest.snapshot
        yield ImportedFile(
            file=intake.file,
            status="imported" if entry else "already imported",
            manifest=manifest,
            supersedes=entry.supersedes if entry else "",
            quarantine=folder / WORKBOOK if manifest.lines.for_the_clerk else None,
            seconds=seconds,
        )


def _say(step: Step, manifest: Manifest) -> None:
    lines = manifest.lines
    step.note(
        f"{lines.loaded:,} lines loaded, {lines.quarantined:,} quarantined, "
        f"{lines.set_aside:,} set aside"
    )


def _states_of(intake: Intake) -> list[tuple[int, int]]:
    """Size and time of change of every file that is read."""
    states = []
    for file in intake.files:
        with machine_errors(file):
            state = file.stat()
        states.append((state.st_size, state.st_mtime_ns))
    return states


def _clear_leftovers(station: Station) -> None:
    """Remove what no line of the journal ever made count."""
    with machine_errors(station.imports_folder):
        sweep(station.imports_folder)
        sweep(station.names_folder)
        counted = {entry.snapshot for entry in read_journal(station)}
        for folder in station.imports_folder.iterdir():
            if folder.name not in counted:
                shutil.rmtree(folder)
        for file in station.names_folder.glob("*.parquet"):
            if file.stem not in counted:
                file.unlink()


@contextmanager
def _work_folder(station: Station) -> Iterator[Path]:
    """A private folder on the station's own disk for what is made on the way."""
    with (
        machine_errors(station.imports_folder),
        tempfile.TemporaryDirectory(prefix=f"work{PARTIAL}", dir=station.imports_folder) as folder,
    ):
        yield Path(folder)
