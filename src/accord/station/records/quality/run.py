"""Running the quality checks over the current records.

The report counts and points to lines; no student's value is in it, so it can be shown to whoever
mends the files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accord.base.files import PARTIAL, machine_errors
from accord.base.periods import GRADES, grade_number
from accord.base.progress import SILENT, Progress
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.records.accounting import Accounting
from accord.station.records.current import CurrentRecords, current
from accord.station.records.disagreements import FILE as DISAGREEMENTS
from accord.station.records.model import Table, record_model
from accord.station.records.quality.checks import QualityCheck, quality_checks
from accord.station.records.sql import (
    Connection,
    connection,
    engine_errors,
    literal,
    path_literal,
)
from accord.station.station import Station

EXAMPLES = 50
_SAME_KEY = "{same_key_in_two_files}"


@dataclass(frozen=True)
class SourceCounts:
    """What became of the lines of one current file."""

    file: str
    slot: str
    snapshot: str
    lines: Accounting
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """How many findings share a detail and a school year (``""`` when they have none)."""

    detail: str
    school_year: str
    count: int


@dataclass(frozen=True)
class CheckResult:
    """What one check found. `ran` is false where the tables it needs are empty."""

    check: QualityCheck
    ran: bool
    count: int
    tallies: tuple[Tally, ...]
    examples: tuple[tuple[str, int], ...]

    def count_of(self, detail: str) -> int:
        """Findings with this detail."""
        return sum(tally.count for tally in self.tallies if tally.detail == detail)


@dataclass(frozen=True)
class QualityReport:
    """The quality of a station's current records.

    `rows` counts them by table and school year (``""`` for tables without one).
    """

    district: str
    name: str
    as_of: date
    data_status: str
    sources: tuple[SourceCounts, ...]
    checks: tuple[CheckResult, ...]
    rows: Mapping[tuple[str, str], int]

    def result(self, check_id: str) -> CheckResult:
        """The result of one check. Raises `KeyError`."""
        for result in self.checks:
            if result.check.id == check_id:
                return result
        raise KeyError(check_id)


def check_quality(station: Station, progress: Progress = SILENT) -> QualityReport:
    """Run every check. Raises `StateError` when nothing was imported yet, `MachineError`."""
    records = current(station)
    checks = quality_checks()
    with (
        progress.step("Check the records", len(checks)) as step,
        machine_errors(station.folder),
        tempfile.TemporaryDirectory(prefix=f"quality{PARTIAL}", dir=station.folder) as work,
        engine_errors(station.folder),
        connection(Path(work)) as con,
    ):
        _open_tables(con, records, station.imports_folder)
        _open_rules(con, load_catalogue())
        results = []
        for check in checks:
            results.append(_run(con, check))
            step.advance()
        rows = _count_rows(con)
    return QualityReport(
        district=station.district,
        name=station.name,
        as_of=records.as_of,
        data_status=records.data_status,
        sources=tuple(
            SourceCounts(each.file, each.slot, each.snapshot, each.lines, each.notes)
            for each in records.manifests
        ),
        checks=tuple(results),
        rows=rows,
    )


def _open_tables(con: Connection, records: CurrentRecords, folder: Path) -> None:
    """A view a table of the model, with the `file` that each row came from."""
    files = {manifest.snapshot: manifest.file for manifest in records.manifests}
    for table in _tables():
        parts = [
            f"SELECT *, {literal(files[path.parent.name])} AS file "
            f"FROM read_parquet({path_literal(path)})"
            for path in records.tables.get(table.name, [])
        ]
        if not parts:
            columns = ", ".join(
                f'CAST(NULL AS {storage}) AS "{name}"' for name, storage in table.columns.items()
            )
            parts = [f"SELECT {columns}, '' AS file WHERE FALSE"]
        con.execute(f"CREATE VIEW {table.name} AS {' UNION ALL '.join(parts)}")
    flags = [
        f"SELECT *, {literal(manifest.file)} AS file FROM read_parquet({path_literal(path)})"
        for manifest in records.manifests
        if (path := folder / manifest.snapshot / DISAGREEMENTS).exists()
    ]
    none = (
        "SELECT '' AS student, '' AS detail, '' AS school_year, 0 AS line, '' AS file WHERE FALSE"
    )
    con.execute(f"CREATE VIEW disagreements AS {' UNION ALL '.join(flags or [none])}")
    con.execute(f"CREATE MACRO as_of() AS DATE {literal(records.as_of.isoformat())}")
    con.execute(
        "CREATE MACRO last_day(year) AS make_date(CAST(left(year, 4) AS INTEGER) + 1, 6, 30)"
    )


def _open_rules(con: Connection, catalogue: Catalogue) -> None:
    """What the catalogue says of codes and scores: `codes` (rule, list, code) and `scales` (test,
    subject, grade, the school years from and to, lowest and highest score)."""
    con.execute("CREATE TEMP TABLE codes (rule VARCHAR, list VARCHAR, code VARCHAR)")
    codes = [
        (rule.id, name, code)
        for rule in catalogue.rules.values()
        for name, listed in rule.code_lists.items()
        for code in listed.values
    ]
    codes += [("transcripts", "letters", code) for code in catalogue.rules["transcripts"].numbers]
    con.executemany("INSERT INTO codes VALUES (?, ?, ?)", codes)
    con.execute(
        "CREATE TEMP TABLE scales (test VARCHAR, subject VARCHAR, grade SMALLINT, "
        "since VARCHAR, until VARCHAR, lowest INTEGER, highest INTEGER)"
    )
    scales = [
        (
            test.id,
            subject,
            grade_number(grade),
            version.since,
            version.until,
            version.scores[grade].lowest,
            version.scores[grade].highest,
        )
        for test in catalogue.tests.values()
        for subject, versions in test.subjects.items()
        for version in versions
        for grade in GRADES
        if grade in version.scores
    ]
    con.executemany("INSERT INTO scales VALUES (?, ?, ?, ?, ?, ?, ?)", scales)


def _run(con: Connection, check: QualityCheck) -> CheckResult:
    if any(_is_empty(con, table) for table in check.needs):
        return CheckResult(check, ran=False, count=0, tallies=(), examples=())
    sql = check.sql.replace(_SAME_KEY, _same_key_in_two_files())
    con.execute(f"CREATE OR REPLACE TEMP TABLE found AS {sql}")
    tallies = tuple(
        Tally(str(detail), year or "", count)
        for detail, year, count in con.execute(
            "SELECT detail, school_year, count(*) FROM found GROUP BY ALL ORDER BY 1, 2"
        ).fetchall()
    )
    examples = con.execute(
        f"SELECT DISTINCT file, line FROM found ORDER BY file, line LIMIT {EXAMPLES}"
    ).fetchall()
    count = sum(tally.count for tally in tallies)
    return CheckResult(check, ran=True, count=count, tallies=tallies, examples=tuple(examples))


def _count_rows(con: Connection) -> dict[tuple[str, str], int]:
    counts = {}
    for table in _tables():
        year = "school_year" if "school_year" in table.columns else "''"
        for name, count in con.execute(
            f"SELECT coalesce({year}, ''), count(*) FROM {table.name} GROUP BY 1 ORDER BY 1"
        ).fetchall():
            counts[table.name, name] = count
    return counts


def _is_empty(con: Connection, table: str) -> bool:
    return not con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall()


def _same_key_in_two_files() -> str:
    """Over every table whose key makes a row unique: rows with one key in several files.

    Only school years that several files speak of are looked at row by row: where each year has a
    file of its own, as absences do, no key can stand in two. (An import refuses a date outside
    its school year, so a key with a date belongs to one year.)
    """
    named = "coalesce(school_year, '')"
    parts = []
    for table in _tables():
        if not table.observable and not table.history:
            key = ", ".join(f'"{name}"' for name in table.key)
            year, rows = "NULL", table.name
            if "school_year" in table.columns:
                year = "any_value(school_year)"
                rows += (
                    f" WHERE {named} IN (SELECT {named} FROM {table.name} "
                    "GROUP BY ALL HAVING min(file) <> max(file))"
                )
            parts.append(
                f"SELECT '{table.name}' AS detail, {year} AS school_year, "
                f"arg_max(file, line) AS file, max(line) AS line FROM {rows} "
                f"GROUP BY {key} HAVING min(file) <> max(file)"
            )
    return " UNION ALL ".join(parts)


def _tables() -> list[Table]:
    return [table for table in record_model().tables if not table.apart]
