"""Lines of one file that disagree about a yearly flag of one student.

A flag is stored where it is set; a line on which it is not set leaves nothing. So that the quality
report can still count the student-years of which one line says yes and another no, those are
written beside the snapshot's tables, for that report alone.
"""

from __future__ import annotations

from pathlib import Path

from accord.station.records.cell_checks import LOCAL_ID
from accord.station.records.plan import Entry, Plan
from accord.station.records.sql import Connection, literal
from accord.station.records.staging import Outcome

FILE = "disagreements.parquet"


def write_disagreements(con: Connection, plan: Plan, first_line: int, folder: Path) -> None:
    """Write (student, detail, school_year, line), where the plan has flags that are observed."""
    flags = [entry for entry in plan.entries if _is_flag(entry, plan)]
    if not flags:
        return
    found = " UNION ALL ".join(
        f"SELECT any_value(pseudonym) AS student, "
        f"CAST(any_value({entry.values['programme']}) AS VARCHAR) AS detail, "
        f"{entry.values['school_year']} AS school_year, "
        f"CAST(max(staged.rowid) + {first_line} AS INTEGER) AS line "
        f"FROM staged JOIN pseudonyms ON pseudonyms.id = staged.{LOCAL_ID} "
        f"WHERE outcome = {Outcome.LOADED:d} GROUP BY staged.{LOCAL_ID}, school_year "
        f"HAVING bool_or({entry.when}) AND NOT bool_and({entry.when})"
        for entry in flags
    )
    con.execute(f"COPY ({found}) TO {literal(str(folder / FILE))} (FORMAT parquet)")


def _is_flag(entry: Entry, plan: Plan) -> bool:
    """Whether an entry sets one programme, for a school year, on the lines that say so."""
    return (
        entry.table.name == "programmes"
        and entry.observes
        and entry.when is not None
        and entry.values["programme"] not in plan.typed
        and entry.values["school_year"] in plan.typed
    )
