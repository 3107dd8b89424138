"""The proof that no line was lost: read = loaded + quarantined + set aside, in physical lines.

`read` comes from counting line ends in the bytes; the three parts come from what became of each
row and of each line that is no row. They are added up here and must meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from accord.base.errors import RefusedError
from accord.station.records.readers.reading import Reading
from accord.station.records.reasons import reasons
from accord.station.records.sql import Connection
from accord.station.records.staging import Outcome

_ASIDE = {
    Outcome.NOT_KEPT: "not-kept",
    Outcome.REPEATED: "repeated-line",
    Outcome.NO_TABLE: "no-table",
    Outcome.BLANK: "blank-line",
}


@dataclass(frozen=True)
class ReasonCount:
    """How many lines one reason stands against. A line may have several reasons.

    `column` is the file's column (or the record's field, when a constant fills it).
    """

    outcome: str
    reason: str
    table: str
    column: str
    lines: int


@dataclass(frozen=True)
class Accounting:
    """What became of the physical lines of one file, its header apart.

    A reason of outcome ``kept`` stands against lines that are loaded all the same.
    """

    read: int
    loaded: int
    quarantined: int
    set_aside: int
    reasons: tuple[ReasonCount, ...]

    @property
    def for_the_clerk(self) -> bool:
        """Whether some line waits to be mended."""
        return any(reason.outcome != "set_aside" for reason in self.reasons)


def account(con: Connection, reading: Reading) -> Accounting:
    """Add up the lines. Raises `RefusedError` when they don't meet: nothing may be imported."""
    by_outcome = _physical_lines_by_outcome(con, reading)
    aside = {name: by_outcome.get(outcome, 0) for outcome, name in _ASIDE.items()}
    quarantined = by_outcome.get(Outcome.REFUSED, 0)
    for reason, lines in reading.refused.items():
        if reasons()[reason].outcome == "set_aside":
            aside[reason] = aside.get(reason, 0) + len(lines)
        else:
            quarantined += len(lines)
    counted = Accounting(
        read=reading.lines,
        loaded=by_outcome.get(Outcome.LOADED, 0),
        quarantined=quarantined,
        set_aside=sum(aside.values()),
        reasons=(
            *_finding_counts(con, "quarantined"),
            *_finding_counts(con, "kept"),
            *(ReasonCount("set_aside", name, "", "", n) for name, n in aside.items() if n),
        ),
    )
    unexplained = con.execute(
        f"SELECT count(*) FROM staged WHERE outcome = {Outcome.REFUSED:d} "
        f"AND rowid + {reading.first_line} NOT IN "
        "(SELECT line FROM finding WHERE outcome = 'quarantined')"
    ).fetchall()[0][0]
    if counted.read != counted.loaded + counted.quarantined + counted.set_aside or unexplained:
        raise RefusedError.because(
            "The lines of this file could not all be accounted for, so nothing was imported.",
            "Please report this, with the mapping but without the file.",
        )
    return counted


def _physical_lines_by_outcome(con: Connection, reading: Reading) -> dict[int, int]:
    """Rows by outcome, each with the further lines of its record; holes left out."""
    counts = dict(con.execute("SELECT outcome, count(*) FROM staged GROUP BY 1").fetchall())
    counts.pop(Outcome.HOLE, None)
    if reading.joined:
        owners = pa.table({"owner": pa.array(reading.joined.values(), pa.int64())})
        con.register("owners", owners)
        further = con.execute(
            f"SELECT outcome, count(*) FROM owners JOIN staged "
            f"ON staged.rowid + {reading.first_line} = owner GROUP BY 1"
        ).fetchall()
        con.unregister("owners")
        for outcome, lines in further:
            counts[outcome] = counts.get(outcome, 0) + lines
    return counts


def _finding_counts(con: Connection, outcome: str) -> list[ReasonCount]:
    rows = con.execute(
        'SELECT reason, "table", field, count(DISTINCT line) FROM finding '
        f"WHERE outcome = '{outcome}' GROUP BY ALL ORDER BY 4 DESC, 1, 2, 3"
    ).fetchall()
    return [ReasonCount(outcome, *row) for row in rows]
