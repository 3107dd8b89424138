"""One pass over a file's rows: typed values and, for every row, what becomes of it.

The result is DuckDB's temporary table `staged`, whose row number r (DuckDB's `rowid`, which
follows the order of the file) stands for line `first_line` + r. Repeated keys are looked for
afterwards, in `repeats`; nothing else changes a row's outcome.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from accord.station.records.cell_checks import LOCAL_ID
from accord.station.records.plan import Entry, Plan
from accord.station.records.readers.reading import HOLE, Reading
from accord.station.records.sql import Connection, literal
from accord.station.records.values import SCHOOL_YEARS


class Outcome(IntEnum):
    """What becomes of a row. A `HOLE` stands for a line that the reader has accounted for."""

    LOADED = 0
    NOT_KEPT = 1
    REFUSED = 2
    REPEATED = 3
    NO_TABLE = 4
    HOLE = 5
    BLANK = 6


def prepare(con: Connection, plan: Plan, as_of: date) -> None:
    """Create the enumerations and functions that the plan's SQL uses. Once a connection."""
    for name, sql in plan.types.items():
        con.execute(f"CREATE TYPE {name} AS {sql}")
    for macro, days in (
        ("first_day", [year.first_day for year in SCHOOL_YEARS]),
        ("last_day", [year.last_day for year in SCHOOL_YEARS]),
    ):
        listed = ", ".join(f"DATE '{day.isoformat()}'" for day in days)
        position = "CAST(enum_code(CAST(year AS school_year)) AS INTEGER) + 1"
        con.execute(f"CREATE OR REPLACE TEMP MACRO {macro}(year) AS ([{listed}])[{position}]")
    con.execute(f"CREATE OR REPLACE TEMP MACRO as_of() AS DATE {literal(as_of.isoformat())}")


def stage(con: Connection, plan: Plan, reading: Reading) -> int:
    """Fill `staged` from the reading's rows and return how many there are."""
    con.execute("DROP TABLE IF EXISTS staged")
    noted = " OR ".join(f"({check.bad})" for check in plan.notes) or "FALSE"
    con.execute(
        f"CREATE TEMP TABLE staged AS SELECT {', '.join(_kept_columns(plan))}, "
        f"{_outcome(plan, reading)} AS outcome, ({noted}) IS TRUE AS noted "
        f"FROM ({computed(plan, reading.relation)})"
    )
    return int(con.execute("SELECT count(*) FROM staged").fetchall()[0][0])


def computed(plan: Plan, relation: str) -> str:
    """SQL of the rows of `relation` with the person's identifier, typed values and conditions."""
    made = {**plan.typed, **plan.conditions}
    if plan.person:
        made[LOCAL_ID] = plan.person
    columns = "".join(f", {sql} AS {name}" for name, sql in made.items())
    return f"SELECT *{columns} FROM {relation}"


def rows_of(entry: Entry) -> str:
    """The condition, over `staged`, under which a row fills an entry."""
    loaded = f"outcome = {Outcome.LOADED}"
    return f"{loaded} AND {entry.when}" if entry.when else loaded


def _kept_columns(plan: Plan) -> list[str]:
    names = [*plan.typed, *plan.conditions]
    return [LOCAL_ID, *names] if plan.person else names


def _outcome(plan: Plan, reading: Reading) -> str:
    cases = []
    if reading.has_holes:
        cases.append((f"c0 IS NOT DISTINCT FROM {literal(HOLE)}", Outcome.HOLE))
    if plan.keep:
        cases.append((f"NOT ({plan.keep})", Outcome.NOT_KEPT))
    if plan.checks:
        cases.append((" OR ".join(f"({check.bad})" for check in plan.checks), Outcome.REFUSED))
    if all(entry.when for entry in plan.entries):
        taken = " OR ".join(str(entry.when) for entry in plan.entries)
        cases.append((f"NOT ({taken})", Outcome.NO_TABLE))
    whens = " ".join(f"WHEN {condition} THEN {outcome:d}" for condition, outcome in cases)
    chosen = f"CASE {whens} ELSE {Outcome.LOADED:d} END" if cases else f"{Outcome.LOADED:d}"
    return f"CAST({chosen} AS UTINYINT)"
