"""A file that is of one school year by nature, and holds lines of several: exports were mixed.

A line or two of another year are a slip, and wait in quarantine. Beyond that the whole file is
refused, with what it holds: it would be half in quarantine otherwise.
"""

from __future__ import annotations

from accord.base.errors import InputError
from accord.station.records.intake import Intake
from accord.station.records.plan import Plan
from accord.station.records.readers.reading import Reading
from accord.station.records.sql import Connection

_YEAR = "school_year"
_SLIPS = 100  # one line in so many


def require_one_year(con: Connection, plan: Plan, reading: Reading, intake: Intake) -> None:
    """Raise `InputError` when many staged lines are of another year than the file."""
    told = {entry.values[_YEAR] for entry in plan.entries if _YEAR in entry.values}
    for year in sorted(told & set(plan.typed)):
        counted = con.execute(
            f"SELECT CAST({year} AS VARCHAR), count(*), min(rowid) + {reading.first_line} "
            f"FROM staged WHERE {year} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        lines = sum(count for _, count, _ in counted)
        others = sum(count for name, count, _ in counted if name != intake.year)
        if others * _SLIPS > lines:
            years = "; ".join(
                f"{name} on {count:,} lines, first on line {line:,}"
                for name, count, line in counted
            )
            raise InputError.because(
                f"The file mixes school years: {years}.",
                "Export each school year to a file of its own.",
                file=intake.file,
            )
