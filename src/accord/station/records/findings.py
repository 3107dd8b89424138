"""Why each refused line was refused, and what stands on it: what the district's clerk needs.

Only refused lines, and lines kept with something on them that counts as missing, are read again.
Lines that are rows go through the very SQL that refused them, check by check; lines that are no
rows keep the reader's reason. What they hold is gathered for the quarantine workbook and for
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from accord.station.records.plan import Check, Plan
from accord.station.records.readers.reading import BLANK, Reading
from accord.station.records.reasons import reasons
from accord.station.records.sql import Connection, literal, literals
from accord.station.records.staging import Outcome, computed

Lines = npt.NDArray[np.integer[Any]]

_CHUNK = 1 << 22


def find_reasons(con: Connection, plan: Plan, reading: Reading, work: Path) -> None:
    """Fill table `finding` (line, outcome, reason, "table", field, what, remedy, see, content).

    One row for each reason against each line; `see` is another line that matters, `content` the
    line's cells. Rows that turn out to hold nothing become `BLANK` in `staged`.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE finding (line INTEGER, outcome VARCHAR, reason VARCHAR, "
        '"table" VARCHAR, field VARCHAR, what VARCHAR, remedy VARCHAR, see INTEGER, '
        "content VARCHAR[])"
    )
    if _load_rows(con, reading, work, f"outcome = {Outcome.REFUSED:d}"):
        _set_blank_rows_aside(con, plan)
        _explain_rows(con, plan, reading)
    _explain_other_lines(con, reading)
    if plan.notes and _load_rows(con, reading, work, f"noted AND outcome = {Outcome.LOADED:d}"):
        _load_explained(con, plan, reading)
        for check in plan.notes:
            _insert_findings(con, check)


def lines_at(path: Path, wanted: Lines, first: int) -> Iterator[bytes]:
    """The lines of a file whose numbers are `wanted` (sorted), without their ends.

    `first` is the number of the file's first line. Chunks without a wanted line are only counted.
    """
    number, rest, taken = first, b"", 0
    with path.open("rb") as stream:
        while taken < len(wanted):
            chunk = stream.read(_CHUNK)
            data = rest + chunk if chunk else rest + b"\n"
            ends = np.flatnonzero(np.frombuffer(data, np.uint8) == 10)
            if not len(ends) and chunk:
                rest = data
                continue
            while taken < len(wanted) and wanted[taken] < number + len(ends):
                index = int(wanted[taken]) - number
                start = int(ends[index - 1]) + 1 if index else 0
                yield data[start : int(ends[index])].removesuffix(b"\r")
                taken += 1
            if not chunk:
                return
            number += len(ends)
            rest = data[int(ends[-1]) + 1 :]


def _load_rows(con: Connection, reading: Reading, work: Path, condition: str) -> bool:
    """Copy some staged rows, as text, into table `refused_row` (row, c0, c1, …), if any are."""
    rows = con.execute(
        f"SELECT rowid AS row FROM staged WHERE {condition} ORDER BY rowid"
    ).fetchnumpy()["row"]
    if not len(rows):
        return False
    copy = work / "refused.csv"
    with copy.open("wb") as target:
        for line in lines_at(reading.path, np.asarray(rows) + reading.skip, 0):
            target.write(line + b"\n")
    con.register("refused_numbers", pa.table({"row": rows}))
    con.execute("CREATE OR REPLACE TEMP TABLE refused_number AS FROM refused_numbers")
    con.unregister("refused_numbers")
    source = reading.relation_over(copy, skip=0, newline="\n")
    con.execute(f"CREATE OR REPLACE TEMP TABLE refused_text AS FROM {source}")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE refused_row AS SELECT n.row, t.* FROM refused_number AS n "
        "JOIN refused_text AS t ON n.rowid = t.rowid"
    )
    return True


def _set_blank_rows_aside(con: Connection, plan: Plan) -> None:
    if not plan.cells:
        return
    blank = " AND ".join(f"{cell} IS NULL" for cell in plan.cells)
    con.execute(
        f"UPDATE staged SET outcome = {Outcome.BLANK:d} "
        f"WHERE rowid IN (SELECT row FROM refused_row WHERE {blank})"
    )
    con.execute(f"DELETE FROM refused_row WHERE {blank}")


def _load_explained(con: Connection, plan: Plan, reading: Reading) -> None:
    """Table `explained`: those rows again with their line, their content and all that is typed."""
    cells = ", ".join(f"coalesce(c{index}, '')" for index in range(len(reading.all_columns)))
    line = f"CAST(row + {reading.first_line} AS INTEGER)"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE explained AS SELECT {line} AS line, [{cells}] AS content, * "
        f"FROM ({computed(plan, 'refused_row')})"
    )


def _explain_rows(con: Connection, plan: Plan, reading: Reading) -> None:
    _load_explained(con, plan, reading)
    for check in plan.checks:
        if not check.is_rule:
            _insert_findings(con, check)
    # A rule over fields says nothing new of a line with a field that can't be read.
    con.execute("DELETE FROM explained WHERE line IN (SELECT line FROM finding)")
    for check in plan.checks:
        if check.is_rule:
            _insert_findings(con, check)
    said = reasons()["conflicting-repeat"]
    con.execute(
        f"INSERT INTO finding SELECT line, 'quarantined', {literal(said.id)}, '', '', "
        f"{literal(said.what)}, {literal(said.remedy)}, "
        f"CAST(any_value(see) + {reading.first_line} AS INTEGER), any_value(content) "
        "FROM explained JOIN conflict USING (row) GROUP BY line"
    )


def _insert_findings(con: Connection, check: Check) -> None:
    outcome = "kept" if check.keeps else "quarantined"
    column = check.column or check.field
    texts = [outcome, check.reason, check.table, column, check.what, check.remedy]
    con.execute(
        f"INSERT INTO finding SELECT line, {literals(texts)}, NULL, content "
        f"FROM explained WHERE {check.bad}"
    )


def _explain_other_lines(con: Connection, reading: Reading) -> None:
    for reason, lines in reading.refused.items():
        if reason == BLANK:
            continue
        said = reasons()[reason]
        wanted = np.asarray(sorted(lines))
        contents = [
            [line.decode("utf-8", "replace")]
            for line in lines_at(reading.original, wanted, reading.original_first)
        ]
        table = pa.table({"line": pa.array(wanted, pa.int32()), "content": contents})
        con.register("other_lines", table)
        con.execute(
            f"INSERT INTO finding SELECT line, 'quarantined', {literal(reason)}, '', '', "
            f"{literal(said.what)}, {literal(said.remedy)}, NULL, content FROM other_lines"
        )
        con.unregister("other_lines")
