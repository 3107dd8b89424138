"""The quarantine: complete, exact, private, and harmless to open."""

from __future__ import annotations

import csv
import stat

import openpyxl
import pytest

from accord.station.records import quarantine
from accord.station.records.quarantine import harmless
from unit.records.records_bench import HEADER, Bench

FORMULA = '=HYPERLINK("http://evil.example";"x")'


def bad(student: object, score: object = "none") -> str:
    return f"{student},7001,2023-24,M,5,{score}"


def test_what_the_clerk_gets(bench: Bench) -> None:
    path = bench.file([HEADER, bad(1), "2,7001,2023-24,M,5,1", "3,7001", bad("4 4", 2)])
    workbook = bench.bring(path).files[0].quarantine
    assert workbook is not None
    assert stat.S_IMODE(workbook.stat().st_mode) == 0o600
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == ["Summary", "Lines"]
    assert book["Summary"]["A2"].value == "4 lines read: 1 loaded, 3 quarantined, 0 set aside."
    heading, *lines = [[cell.value for cell in row] for row in book["Lines"].iter_rows()]
    assert heading[:4] == ["Line", "See line", "Table", "Column"]
    assert heading[6:] == HEADER.split(",")
    assert [(row[0], row[3]) for row in lines] == [(2, "Score"), (4, None), (5, "Id")]
    assert lines[0][6:] == ["1", "7001", "2023-24", "M", "5", "none"]
    assert lines[1][6] == "3,7001"
    assert all(row[4] and row[5] for row in lines)


def test_the_cell_that_is_wrong_is_marked(bench: Bench) -> None:
    workbook = bench.bring(bench.file([HEADER, bad(1), "3,7001"])).files[0].quarantine
    assert workbook is not None
    _, first, second = openpyxl.load_workbook(workbook)["Lines"].iter_rows()
    assert [cell.value for cell in first if cell.fill.fill_type] == ["none"]
    assert not any(cell.fill.fill_type for cell in second)


def test_conflicting_lines_point_to_each_other(bench: Bench) -> None:
    path = bench.file([HEADER, bad(1, 1), bad(2, 2), bad(1, 3)])
    workbook = bench.bring(path).files[0].quarantine
    assert workbook is not None
    sheet = openpyxl.load_workbook(workbook)["Lines"]
    assert [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)] == [(2, 4), (4, 2)]


def test_no_workbook_without_a_refused_line(bench: Bench) -> None:
    done = bench.bring(bench.file([HEADER, bad(1, 1)])).files[0]
    assert done.quarantine is None
    names = {
        path.name for path in (bench.station.imports_folder / done.manifest.snapshot).iterdir()
    }
    assert names == {"manifest.json", "tests.parquet"}


def test_nothing_in_the_workbook_is_a_formula(bench: Bench) -> None:
    cell = '"' + FORMULA.replace('"', '""') + '"'
    workbook = bench.bring(bench.file([HEADER, bad(1, cell)])).files[0].quarantine
    assert workbook is not None
    (found,) = [
        each
        for row in openpyxl.load_workbook(workbook)["Lines"].iter_rows(min_row=2)
        for each in row
        if each.value == FORMULA
    ]
    assert found.data_type == "s"


def test_many_lines_stand_in_full_beside_the_workbook(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "WORKBOOK_ROWS", 10)
    path = bench.file([HEADER, *(bad(number, "=1+1") for number in range(25))])
    workbook = bench.bring(path).files[0].quarantine
    assert workbook is not None
    book = openpyxl.load_workbook(workbook)
    assert book["Lines"].max_row == 11
    assert any("first 10 of 25" in str(row[0].value) for row in book["Summary"].iter_rows())
    full = workbook.with_name("quarantine.csv")
    assert stat.S_IMODE(full.stat().st_mode) == 0o600
    with full.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == 26
    assert {row[-1] for row in rows[1:]} == {"'=1+1"}


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_cells_that_a_spreadsheet_would_run(cell: str) -> None:
    assert harmless(cell) == "'" + cell


def test_cells_that_it_would_not() -> None:
    assert [harmless(cell) for cell in ("", "1", "a=1")] == ["", "1", "a=1"]
