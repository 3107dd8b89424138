"""Making one snapshot: from an opened file to a folder of Parquet, manifest and quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from accord.base.files import whole_file, whole_folder
from accord.station.records.accounting import Accounting, account
from accord.station.records.disagreements import write_disagreements
from accord.station.records.findings import find_reasons
from accord.station.records.intake import Intake
from accord.station.records.model import record_model
from accord.station.records.one_year import require_one_year
from accord.station.records.plan import Plan, make_plan
from accord.station.records.pseudonyms import make_pseudonyms
from accord.station.records.quarantine import Quarantine, write_quarantine
from accord.station.records.readers import Opened, Reading
from accord.station.records.repeats import settle_repeats
from accord.station.records.snapshot import Manifest
from accord.station.records.sql import Connection
from accord.station.records.staging import prepare, stage
from accord.station.records.writing import write_tables
from accord.station.station import Station


@dataclass(frozen=True)
class Making:
    """What a snapshot is made from, and the names it will carry."""

    station: Station
    intake: Intake
    opened: Opened
    snapshot: str
    mapping_hash: str


def make_snapshot(making: Making, con: Connection, work: Path) -> Manifest:
    """Build the snapshot's folder, whole or not at all. It counts once the journal says so.

    Raises `RefusedError` when a line can't be accounted for, `MachineError`.
    """
    plan, reading = _stage(making, con)
    if plan.person:
        make_pseudonyms(con, making.station.secret, staff=bool(making.intake.source.staff))
    find_reasons(con, plan, reading, work)
    lines = account(con, reading)
    with whole_folder(making.station.imports_folder / making.snapshot, private=True) as draft:
        tables = write_tables(con, plan, reading.first_line, draft)
        write_disagreements(con, plan, reading.first_line, draft)
        if lines.for_the_clerk:
            about = Quarantine(making.intake.file.name, reading.all_columns, lines)
            write_quarantine(con, about, draft)
        for name in [name for name in tables if record_model().table(name).apart]:
            _keep_apart(making, draft / f"{name}.parquet")
            del tables[name]
        manifest = _manifest(making, lines, tables, reading)
        manifest.write(draft)
    return manifest


def _stage(making: Making, con: Connection) -> tuple[Plan, Reading]:
    """Stage the rows the fast way and, unless every line is then a row, the careful way."""
    reading = making.opened.reading
    plan = make_plan(
        making.intake.source,
        reading.all_columns,
        typed_cells=reading.has_typed_cells,
        lookups=reading.lookups,
        year=making.intake.year,
    )
    prepare(con, plan, making.intake.as_of)
    if making.opened.needs_care or not _is_staged_whole(con, plan, reading):
        reading = making.opened.carefully()
        stage(con, plan, reading)
    if making.intake.year:
        require_one_year(con, plan, reading, making.intake)
    settle_repeats(con, plan)
    return plan, reading


def _is_staged_whole(con: Connection, plan: Plan, reading: Reading) -> bool:
    try:
        return stage(con, plan, reading) == reading.rows
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return False


def _keep_apart(making: Making, written: Path) -> None:
    """Move names out of the snapshot, to the folder that only the station's owner reads."""
    target = making.station.names_folder / f"{making.snapshot}.parquet"
    with whole_file(target, private=True) as draft:
        draft.write_bytes(written.read_bytes())
    written.unlink()


def _manifest(
    making: Making, lines: Accounting, tables: Mapping[str, int], reading: Reading
) -> Manifest:
    nothing = ("No line of this file was loaded.",) if not lines.loaded else ()
    return Manifest(
        snapshot=making.snapshot,
        source=making.intake.source.name,
        slot=making.intake.slot,
        file=making.intake.file.name,
        source_hash=making.opened.source_hash,
        mapping_hash=making.mapping_hash,
        district=making.station.district,
        as_of=making.intake.as_of,
        data_status=making.intake.data_status,
        lines=lines,
        tables=tables,
        notes=(*making.intake.notes, *reading.notes, *nothing),
    )
