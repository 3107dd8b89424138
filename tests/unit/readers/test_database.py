"""A view of a database: read as a file is, never written, its address in no file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from accord.base.errors import InputError, MachineError
from accord.station.records import import_files
from accord.station.records.importing import ImportedFile
from accord.station.records.mapping import Database
from accord.station.records.readers.database import _connected
from unit.readers.desk import ANA, BEN, CDS, Desk, reasons

MAPPING = """
mapping: 1
as_of: 2024-06-30
data_status: preliminary
sources:
  - name: warehouse-attendance
    database: {{connection: ACCORD_TEST_WAREHOUSE, view: {view}, order_by: [student_number]}}
    student: student_number
    student_digits: 10
    tables:
      - table: attendance
        columns:
          school: school
          school_year: {{constant: "2023-24"}}
          days_expected: expected
          days_absent: absent
"""


@pytest.fixture
def warehouse(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = desk.folder / "warehouse.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE raw (n TEXT, s TEXT, e REAL, a REAL, name TEXT)")
        rows: list[tuple[Any, ...]] = [
            (BEN, CDS, 180, 2.5, "secret"),
            (ANA, CDS, 180.0, 18, "secret"),
            ("12345", CDS, 180, 1, "secret"),
        ]
        made.executemany("INSERT INTO raw VALUES (?, ?, ?, ?, ?)", rows)
        made.execute(
            "CREATE VIEW attendance AS SELECT n AS student_number, s AS school, "
            "e AS expected, a AS absent FROM raw"
        )
    monkeypatch.setenv("ACCORD_TEST_WAREHOUSE", f"sqlite:///{path}")
    return path


def bring(desk: Desk, view: str = "attendance") -> ImportedFile:
    mapping = desk.file("warehouse.yaml", MAPPING.format(view=view))
    return import_files(desk.station, mapping, []).files[0]


def test_a_view(desk: Desk, warehouse: Path) -> None:
    one = bring(desk)
    shown = "school, CAST(days_expected AS INT), CAST(days_absent AS DOUBLE)"
    assert desk.rows(one, "attendance", shown) == [(CDS, 180, 18.0), (CDS, 180, 2.5)]
    assert reasons(one.manifest.lines) == {("lost-leading-zeros", "student_number"): 1}
    assert one.manifest.slot == "warehouse-attendance/attendance"


def test_the_same_rows_again_change_nothing_and_new_ones_take_their_place(
    desk: Desk, warehouse: Path
) -> None:
    first = bring(desk)
    assert bring(desk).status == "already imported"
    with sqlite3.connect(warehouse) as made:
        made.execute("UPDATE raw SET a = 3 WHERE n = ?", (BEN,))
    assert bring(desk).supersedes == first.manifest.snapshot


def test_nothing_can_be_written(warehouse: Path) -> None:
    database = Database(connection="ACCORD_TEST_WAREHOUSE", view="attendance")
    with pytest.raises(MachineError), _connected(database) as connection:
        connection.execute(sa.text("DELETE FROM raw"))
    with sqlite3.connect(warehouse) as made:
        assert made.execute("SELECT count(*) FROM raw").fetchone() == (3,)


def test_the_address_is_not_in_the_mapping_and_not_set(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACCORD_TEST_WAREHOUSE", raising=False)
    with pytest.raises(InputError, match="ACCORD_TEST_WAREHOUSE, which says how to connect"):
        bring(desk)


def test_an_address_that_leads_nowhere_is_not_repeated(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCORD_TEST_WAREHOUSE", "sqlite:////nowhere/s3cret/db")
    with pytest.raises(MachineError, match="could not be reached") as told:
        bring(desk)
    assert "s3cret" not in str(told.value)


def test_a_view_that_is_not_there(desk: Desk, warehouse: Path) -> None:
    with pytest.raises(InputError, match="no view or table “absences”"):
        bring(desk, "absences")


def test_a_column_that_is_not_there(desk: Desk, warehouse: Path) -> None:
    text = MAPPING.format(view="attendance").replace("days_absent: absent", "days_absent: missed")
    with pytest.raises(InputError, match="has no such column"):
        import_files(desk.station, desk.file("warehouse.yaml", text), [])


def test_files_and_a_database_at_once(desk: Desk) -> None:
    text = MAPPING.format(view="attendance").replace("    student:", '    files: "*"\n    student:')
    with pytest.raises(InputError, match="either “files” or a “database”"):
        import_files(desk.station, desk.file("warehouse.yaml", text), [])
