"""Workbooks and Parquet files go through the same rules and the same accounting as text."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from accord.base.errors import InputError
from unit.records.records_bench import GOOD, HEADER, TESTS, Bench, results_source, source, table

ROWS: list[list[Any]] = [
    [101, "7001", "2023-24", "M", 5, 2400],
    ["0102", "7001", "2023-24", "E", "05", 2401.0],
]


def workbook(path: Path, *rows: list[Any], title: str = "Results") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_workbook(bench: Bench) -> None:
    path = workbook(bench.folder / "results.xlsx", HEADER.split(","), *ROWS)
    manifest = bench.bring(path).files[0].manifest
    assert (manifest.lines.read, manifest.lines.loaded) == (2, 2)
    columns = "school, grade, scale_score, line"
    expected = [("7001", 5, 2400, 2), ("7001", 5, 2401, 3)]
    assert bench.rows(manifest, "tests", columns) == expected


def test_identifiers_typed_as_numbers_are_warned_of(bench: Bench) -> None:
    path = workbook(bench.folder / "results.xlsx", HEADER.split(","), *ROWS)
    notes = bench.bring(path).files[0].manifest.notes
    assert [note for note in notes if "“Id”" in note and "leading zeros" in note]
    assert not [note for note in notes if "“School”" in note or "“Score”" in note]


def test_dates_of_a_workbook_need_no_format(bench: Bench) -> None:
    columns = TESTS | {"test_date": {"column": "Day", "date": "%m/%d/%Y"}}
    days = [date(2024, 5, 9), datetime(2024, 5, 10), "05/11/2024"]
    rows = [[n, "7001", "2023-24", "M", 5, 2400, day] for n, day in enumerate(days)]
    path = workbook(bench.folder / "r.xlsx", [*HEADER.split(","), "Day"], *rows)
    manifest = bench.bring(path, source(table("tests", columns))).files[0].manifest
    assert bench.rows(manifest, "tests", "test_date") == [
        (date(2024, 5, 9),),
        (date(2024, 5, 10),),
        (date(2024, 5, 11),),
    ]


def test_blank_rows_and_line_breaks_in_a_workbook(bench: Bench) -> None:
    rows = [["1", "70\n01", "2023-24", "M", 5, 1], [], ["2", "7001", "2023-24", "M", 5, 1], [None]]
    path = workbook(bench.folder / "r.xlsx", HEADER.split(","), *rows)
    manifest = bench.bring(path).files[0].manifest
    assert bench.aside(manifest.lines)["blank-line"] >= 1
    assert bench.findings(manifest.lines) == [("id-with-spaces", "School", 1)]
    assert bench.rows(manifest, "tests", "line") == [(4,)]


def test_the_sheet_that_the_mapping_names(bench: Bench) -> None:
    path = workbook(bench.folder / "r.xlsx", HEADER.split(","), *ROWS)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notes", 0).append(["nothing here"])
    book.save(path)
    named = results_source(format={"sheet": "Results"})
    assert bench.bring(path, named).files[0].manifest.lines.loaded == 2
    with pytest.raises(InputError, match="Use one of: Notes, Results"):
        bench.bring(path, results_source(format={"sheet": "results"}))


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04"])
@pytest.mark.parametrize("name", ["r.xlsx", "r.parquet"])
def test_what_is_no_workbook_and_no_parquet(bench: Bench, content: bytes, name: str) -> None:
    with pytest.raises(InputError, match="can be read"):
        bench.bring(bench.file(content, name))


def test_an_empty_sheet(bench: Bench) -> None:
    with pytest.raises(InputError, match="sheet is empty"):
        bench.bring(workbook(bench.folder / "r.xlsx"))


def test_a_parquet_file(bench: Bench) -> None:
    path = bench.folder / "results.parquet"
    names = "(Id, School, Year, Subject, Grade, Score, Day)"
    duckdb.sql(f"""
        COPY (SELECT * FROM (VALUES
            ('007', '7001', '2023-24', 'M', 5, 2400, DATE '2024-05-09'),
            (NULL, 'a' || chr(10) || 'b', '2023-24', 'M', 5, 2400, NULL)
        ) AS rows {names}) TO '{path}' (FORMAT parquet)""")
    columns = TESTS | {"test_date": {"column": "Day", "date": "%m/%d/%Y"}}
    manifest = bench.bring(path, source(table("tests", columns))).files[0].manifest
    assert (manifest.lines.read, manifest.lines.loaded, manifest.lines.quarantined) == (2, 1, 1)
    assert bench.rows(manifest, "tests", "test_date, line") == [(date(2024, 5, 9), 2)]
    assert ("missing", "Id", 1) in bench.findings(manifest.lines)


def test_the_same_rows_in_every_format_are_the_same_records(bench: Bench) -> None:
    text = bench.file([HEADER, GOOD], "text.csv")
    book = workbook(bench.folder / "book.xlsx", HEADER.split(","), GOOD.split(","))
    columnar = bench.folder / "columns.parquet"
    reader = f"read_csv('{text}', all_varchar=true)"
    duckdb.sql(f"COPY (FROM {reader}) TO '{columnar}' (FORMAT parquet)")
    stored = {
        tuple(bench.rows(bench.bring(path).files[0].manifest, "tests"))
        for path in (text, book, columnar)
    }
    assert len(stored) == 1
