"""From staged rows to one typed Parquet file a table."""

from __future__ import annotations

from pathlib import Path

from accord.station.records.cell_checks import LOCAL_ID
from accord.station.records.model import FieldType
from accord.station.records.plan import Entry, Plan
from accord.station.records.sql import Connection, literal
from accord.station.records.staging import rows_of
from accord.station.records.values import working_type


def write_tables(con: Connection, plan: Plan, first_line: int, folder: Path) -> dict[str, int]:
    """Write `TABLE.parquet` into `folder` for every table of the plan; rows by table.

    Rows keep the order of the file. A table that is observed holds every observation, so that facts
    can tell what was said most often.
    """
    repeating = {row[0] for row in con.execute("SELECT DISTINCT entry FROM repeated").fetchall()}
    counts = {}
    for table in {entry.table.name: entry.table for entry in plan.entries}.values():
        entries = {
            number: entry
            for number, entry in enumerate(plan.entries)
            if entry.table.name == table.name
        }
        rows = " UNION ALL ".join(
            _rows(entry, first_line) + (_but_repeats(number) if number in repeating else "")
            for number, entry in entries.items()
        )
        target = folder / f"{table.name}.parquet"
        written = con.execute(
            f"COPY ({rows}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)"
        ).fetchall()
        counts[table.name] = int(written[0][0])
    return counts


def _rows(entry: Entry, first_line: int) -> str:
    columns = ", ".join(
        f'{_stored(entry, name)} AS "{name}"' for name in entry.table.columns if name != "line"
    )
    joined = f"JOIN pseudonyms ON pseudonyms.id = staged.{LOCAL_ID}" if entry.has_person else ""
    return (
        f"SELECT {columns}, CAST(staged.rowid + {first_line} AS INTEGER) AS line "
        f"FROM staged {joined} WHERE {rows_of(entry)}"
    )


def _but_repeats(number: int) -> str:
    return f" AND staged.rowid NOT IN (SELECT row FROM repeated WHERE entry = {number})"


def _stored(entry: Entry, name: str) -> str:
    field = entry.table.field(name)
    if field.is_pseudonym:
        return "pseudonym"
    if field.type is FieldType.LOCAL_ID:
        return f"staged.{LOCAL_ID}"
    return f"CAST({entry.values[name]} AS {working_type(field)})"
