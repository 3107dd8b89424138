"""Rows that share a key: those that say the same are stored once, those that differ are refused.

Almost no file has any, so the search is made cheap: one 64-bit hash a row, sorted. Only rows whose
hashes meet are compared, exactly. Entries that *observe* expect repeats and are not searched.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from accord.station.records.cell_checks import LOCAL_ID
from accord.station.records.plan import Entry, Plan
from accord.station.records.sql import Connection
from accord.station.records.staging import Outcome, rows_of
from accord.station.records.values import working_type


def settle_repeats(con: Connection, plan: Plan) -> None:
    """Find repeated keys in `staged` and settle the outcome of their rows.

    Leaves two tables: `conflict` (row, see: another row of the same key) and `repeated` (row,
    entry: a row that adds nothing to that entry's table).
    """
    con.execute("CREATE OR REPLACE TEMP TABLE conflict (row BIGINT, see BIGINT)")
    con.execute("CREATE OR REPLACE TEMP TABLE repeated (row BIGINT, entry INTEGER)")
    refusing = [number for number, entry in enumerate(plan.entries) if not entry.observes]
    met = []
    for name in dict.fromkeys(plan.entries[number].table.name for number in refusing):
        entries = [number for number in refusing if plan.entries[number].table.name == name]
        if _collect_same_hash(con, plan, entries, f"same_{name}"):
            met.append((name, plan.entries[entries[0]]))
    for name, entry in met:
        _find_conflicts(con, entry, f"same_{name}")
    _set_outcome(con, Outcome.REFUSED, "SELECT row FROM conflict")
    for name, entry in met:
        _find_repeats(con, entry, f"same_{name}")
    if met:
        _set_aside_repeated_lines(con, plan, refusing)


def _collect_same_hash(con: Connection, plan: Plan, entries: list[int], target: str) -> bool:
    """Put the rows of a table whose key's hash occurs more than once into `target`."""
    hashes = " UNION ALL ".join(
        f"SELECT {_key_hash(plan.entries[number])} AS h FROM staged "
        f"WHERE {rows_of(plan.entries[number])}"
        for number in entries
    )
    ordered = np.sort(con.execute(hashes).fetchnumpy()["h"])
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(shared):
        return False
    con.register("shared_hashes", pa.table({"h": shared}))
    rows = " UNION ALL ".join(
        f"SELECT rowid AS row, {number} AS entry, {_content(plan.entries[number])} FROM staged "
        f"WHERE {rows_of(plan.entries[number])} "
        f"AND {_key_hash(plan.entries[number])} IN (SELECT h FROM shared_hashes)"
        for number in entries
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE {target} AS {rows}")
    con.unregister("shared_hashes")
    return True


def _find_conflicts(con: Connection, entry: Entry, same: str) -> None:
    fields = ", ".join(f'"{name}"' for name in entry.values)
    con.execute(
        f"INSERT INTO conflict SELECT row, CASE WHEN row = first THEN last ELSE first END FROM ("
        f"  SELECT row, min(row) OVER k AS first, max(row) OVER k AS last,"
        f"    min(content) OVER k IS DISTINCT FROM max(content) OVER k AS differs"
        f"  FROM (SELECT *, ROW({fields}) AS content FROM {same})"
        f"  WINDOW k AS (PARTITION BY {_key(entry)})"
        f") WHERE differs"
    )


def _find_repeats(con: Connection, entry: Entry, same: str) -> None:
    con.execute(
        f"INSERT INTO repeated SELECT row, entry FROM ("
        f"  SELECT row, entry, row_number() OVER (PARTITION BY {_key(entry)} ORDER BY row) AS nth"
        f"  FROM {same} WHERE row NOT IN (SELECT row FROM conflict)"
        f") WHERE nth > 1"
    )


def _set_aside_repeated_lines(con: Connection, plan: Plan, refusing: list[int]) -> None:
    """A line whose every row is a repeat adds nothing at all."""
    filled = " + ".join(
        f"CAST({plan.entries[number].when or 'TRUE'} AS INT)" for number in refusing
    )
    _set_outcome(
        con,
        Outcome.REPEATED,
        f"SELECT row FROM (SELECT row, count(*) AS n FROM repeated GROUP BY row) AS again "
        f"JOIN staged ON staged.rowid = again.row WHERE n = {filled}",
    )


def _set_outcome(con: Connection, outcome: Outcome, rows: str) -> None:
    con.execute(f"UPDATE staged SET outcome = {outcome:d} WHERE rowid IN ({rows})")


def _typed_values(entry: Entry) -> dict[str, str]:
    """Every field's value cast to one type, so that entries of one table compare alike."""
    values = {
        name: f"CAST({sql} AS {working_type(entry.table.field(name))})"
        for name, sql in entry.values.items()
    }
    person = entry.table.person
    return {person.name: LOCAL_ID, **values} if person else values


def _key_hash(entry: Entry) -> str:
    values = _typed_values(entry)
    return f"hash({', '.join(values[name] for name in entry.table.key)})"


def _content(entry: Entry) -> str:
    return ", ".join(f'{sql} AS "{name}"' for name, sql in _typed_values(entry).items())


def _key(entry: Entry) -> str:
    return ", ".join(f'"{name}"' for name in entry.table.key)
