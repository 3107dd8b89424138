"""Hand-worked cases: a few rows of records in, the facts that come of them out.

Each file of `cases/` is about one part of the rules. A case shows only the columns that matter:
`_ORDINARY` fills the rest of the records, and facts are compared in the columns that it names.
Names stand for pseudonyms. ``D`` is the district; any other organisation is a school.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import Field

from accord.base.documents import Written, read_document
from accord.base.periods import grade_number
from accord.base.progress import SILENT
from accord.indicators.catalogue import Catalogue
from accord.station.facts.build import make_facts
from accord.station.records.current import CurrentRecords
from accord.station.records.model import record_model

DISTRICT = "D"
PERIOD = "2023-24"

_ORDINARY: dict[str, dict[str, str]] = {
    "enrolments": {"grade": "3", "entry_date": "2023-08-15", "enrolment_type": "primary"},
    "attendance": {"month": "0", "absence_exempt": "no"},
    "absences": {"days": "1", "reason": "excused"},
    "incidents": {"date": "2023-11-01", "action": "suspension_out"},
    "tests": {
        "test": "sbac",
        "subject": "mathematics",
        "grade": "3",
        "tested": "yes",
        "school_accountable": "yes",
        "district_accountable": "yes",
        "first_year_el": "no",
    },
    "courses": {"school": "oak", "term": "S2", "subject": "english"},
    "interim_tests": {"test": "probe", "subject": "mathematics", "season": "fall"},
    "pathways": {"school": "oak", "pathway": "153", "completed": "yes"},
    "college_exams": {"programme": "ap", "exam": "calculus"},
    "completions": {"school": "oak", "kind": "100", "date": "2024-06-10"},
    "cohorts": {"cohort": PERIOD, "school": "oak", "joined": "first_time"},
    "postsecondary": {"found": "yes", "college": "college", "college_kind": "four_year"},
    "staff_assignments": {"role": "principal"},
    "implementation": {"month": "0", "strand": "mathematics"},
}
_YEARLY = (
    "students",
    "enrolments",
    "attendance",
    "absences",
    "incidents",
    "tests",
    "courses",
    "course_list",
    "interim_tests",
    "pathways",
    "college_exams",
    "implementation",
)
_STORED = {
    "VARCHAR": pa.string(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "DATE": pa.date32(),
    "BOOLEAN": pa.bool_(),
    "DECIMAL(6,2)": pa.decimal128(6, 2),
}

Row = dict[str, Any]


class Case(Written):
    """One case. `records` and the two facts are tables drawn with bars; `as_of` a day."""

    title: str
    why: str
    as_of: str = "2024-06-30"
    records: dict[str, str]
    student_year: str | None = None
    test_result: str | None = None
    facts: dict[str, str] = Field(default_factory=dict)

    @property
    def expected(self) -> dict[str, str]:
        """The facts that the case speaks of."""
        both = {"student_year": self.student_year, "test_result": self.test_result}
        return {fact: table for fact, table in both.items() if table is not None} | self.facts


class Cases(Written):
    """A file of them."""

    about: str
    cases: list[Case] = Field(min_length=1)


def read_cases(folder: Path) -> dict[str, Case]:
    """Every case by its file and title."""
    return {
        f"{path.stem}: {case.title}": case
        for path in sorted(folder.glob("*.yaml"))
        for case in read_document(path, Cases)[0].cases
    }


def drawn(table: str) -> list[dict[str, str]]:
    """The rows of a table drawn with bars, as texts by column."""
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in table.splitlines())
    return [dict(zip(header, row, strict=True)) for row in rows]


def columns_of(table: str) -> list[str]:
    """The columns of a table drawn with bars."""
    return [cell.strip() for cell in table.splitlines()[0].split("|")]


def write_records(
    tables: Mapping[str, Sequence[Mapping[str, str]]], folder: Path
) -> dict[str, list[Path]]:
    """Write rows of texts as the Parquet files of an import, one a table."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, rows in tables.items():
        columns = record_model().table(name).columns
        ordinary = _ORDINARY.get(name, {}) | ({"school_year": PERIOD} if name in _YEARLY else {})
        unknown = {column for row in rows for column in row} - set(columns)
        assert not unknown, f"{name} has no column {unknown}"
        full = [{**ordinary, **row, "line": str(number)} for number, row in enumerate(rows, 2)]
        schema = pa.schema([(column, _STORED[kind]) for column, kind in columns.items()])
        values = {
            column: [_stored(column, kind, row.get(column, "")) for row in full]
            for column, kind in columns.items()
        }
        pq.write_table(pa.table(values, schema=schema), folder / f"{name}.parquet")
        paths[name] = [folder / f"{name}.parquet"]
    return paths


def records_of(paths: dict[str, list[Path]], as_of: str = "2024-06-30") -> CurrentRecords:
    """Current records made of some Parquet files."""
    day = date.fromisoformat(as_of)
    return CurrentRecords(paths, day, "certified", "sha256:" + "0" * 64, ("snapshot",), ())


def settle(
    tables: Mapping[str, Sequence[Mapping[str, str]]],
    folder: Path,
    catalogue: Catalogue,
    as_of: str = "2024-06-30",
) -> Path:
    """Make facts of some rows; the folder of the facts."""
    records = records_of(write_records(tables, folder / "records"), as_of)
    make_facts(records, DISTRICT, folder / "facts", SILENT, catalogue)
    return folder / "facts"


def fact_rows(facts: Path, fact: str, period: str = PERIOD) -> list[Row]:
    """The rows of a fact by organisation and student; none when the period has none."""
    path = facts / fact / f"{period}.parquet"
    rows: list[Row] = pq.read_table(path).to_pylist() if path.exists() else []
    key = ("organisation", "student", "test", "subject", "semester", "month")
    return sorted(rows, key=lambda row: [str(row.get(column, "")) for column in key])


def shown(rows: Sequence[Row], columns: Sequence[str]) -> list[dict[str, str]]:
    """Rows as the cases write them, in the columns asked for and in order."""
    texts = [{column: _shown(column, row[column]) for column in columns} for row in rows]
    return sorted(texts, key=lambda row: list(row.values()))


def _stored(column: str, kind: str, text: str) -> Any:
    if text == "":
        return None
    match kind:
        case "SMALLINT" if column.startswith("grade"):
            return grade_number(text)
        case "SMALLINT" | "INTEGER":
            return int(text)
        case "DATE":
            return date.fromisoformat(text)
        case "BOOLEAN":
            return {"yes": True, "no": False}[text]
        case "DECIMAL(6,2)":
            return Decimal(text)
        case _:
            return text


def _shown(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
