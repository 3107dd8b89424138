"""The workbook: every number recomputes, hidden cells hold nothing, text stays text."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from accord.insight import View
from accord.reports.workbook import write_workbook
from unit.reports import fixture

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


@pytest.fixture(scope="module")
def view() -> View:
    return fixture.view(schools=8)


@pytest.fixture(scope="module")
def path(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "scorecard.xlsx"
    write_workbook(view, path)
    return path


def rows(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    """The rows of a sheet's table, by the heads in its third line."""
    lines = sheet.iter_rows(min_row=3, values_only=True)
    heads = [str(head) for head in next(lines)]
    for line in lines:
        yield dict(zip(heads, line, strict=True))


def test_sheets_tables_and_print(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "Read me", "Scorecard", "Districts", "Schools", "Definitions", "Groups", "Releases",
    ]  # fmt: skip
    for name in book.sheetnames[1:]:
        sheet = book[name]
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None
        assert table.ref == sheet.dimensions.replace("A1", "A3")
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.page_setup.orientation == "landscape"


def test_every_cell_of_the_districts_is_there_once(view: View, path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["Districts"]
    found = [
        (row["Definition"], row["Year"], row["District"], row["Grade"], row["Student group"])
        for row in rows(sheet)
    ]
    assert len(found) == len(set(found)) == len(view.cells.where(school=""))


def test_formulas_stand_beside_published_values_only(path: Path) -> None:
    seen = set()
    for name in ("Districts", "Schools"):
        for row in rows(openpyxl.load_workbook(path)[name]):
            seen.add(row["State"])
            numbers = [row[head] for head in ("Numerator", "Denominator", "Released value")]
            if row["State"] == "published":
                assert str(row["Recomputed"]).startswith("=ROUND(")
                assert all(isinstance(number, int | float) for number in numbers)
            else:
                mark = {"missing: no records": None, "does not apply here": "–"}.get(
                    row["State"], "◦"
                )
                assert [*numbers, row["Recomputed"]] == [mark] * 4
                assert row["Low"] is row["High"] is row["Standard error"] is None
    assert seen == {
        "published",
        "hidden to protect students",
        "does not apply here",
        "missing: no records",
    }


def test_bands_have_ends_and_no_formula(tmp_path: Path) -> None:
    write_workbook(fixture.view("public"), tmp_path / "public.xlsx")
    book = openpyxl.load_workbook(tmp_path / "public.xlsx")
    assert "Schools" not in book.sheetnames
    banded = [row for row in rows(book["Districts"]) if row["State"] == "a range"]
    assert banded
    for row in banded:
        assert row["Low"] < row["High"]
        assert row["Numerator"] is row["Recomputed"] is None
        assert "–" in row["Released value"]


def test_text_that_looks_like_a_formula_stays_text(view: View, tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x","y")'
    districts = tuple(replace(item, name=evil, short=evil) for item in view.districts)
    releases = tuple(
        replace(info, schools=dict.fromkeys(info.schools, "=1+1")) for info in view.releases
    )
    path = tmp_path / "evil.xlsx"
    write_workbook(replace(view, districts=districts, releases=releases), path)
    book = openpyxl.load_workbook(path)
    for name, column in (("Districts", "A"), ("Schools", "D")):
        cell = book[name][f"{column}4"]
        assert cell.data_type == "s"
        assert cell.value in (evil, "=1+1")
    for name in ("Read me", "Scorecard", "Definitions", "Groups", "Releases"):
        types = {cell.data_type for line in book[name].iter_rows() for cell in line}
        assert "f" not in types


def test_the_scorecard_sheet_says_what_the_page_says(view: View, path: Path) -> None:
    found = {
        (row["Indicator"], row["District"]): row
        for row in rows(openpyxl.load_workbook(path)["Scorecard"])
    }
    assert len(found) == 24
    row = found["Chronic absenteeism", "Cedar Valley"]
    assert (row["Finding"], row["Good or bad"], row["Since"]) == ("fell", "improved", "2021–22")
    assert (row["Target"], row["By"], row["Status"]) == (20, "2026–27", "on pace")
    assert found["Suspension rate", "Harbor Point"]["Status"] == "can't be judged"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_recomputes_every_released_value(path: Path, tmp_path: Path) -> None:
    """Remembered results are spoiled first, so that only a real computation can agree."""
    spoiled = tmp_path / "in" / "scorecard.xlsx"
    _spoil(path, spoiled)
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    assert OFFICE is not None
    subprocess.run(
        [
            OFFICE, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless",
            "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(spoiled),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "out" / "scorecard.xlsx", data_only=True)
    negative = 0
    for name in ("Districts", "Schools"):
        published = [row for row in rows(book[name]) if row["State"] == "published"]
        assert len(published) > 100
        for row in published:
            assert row["Recomputed"] == pytest.approx(row["Released value"], abs=1e-9)
            negative += row["Recomputed"] < 0
    assert negative > 100


def _spoil(path: Path, to: Path) -> None:
    to.parent.mkdir()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>-7777</v>", text)
            new.writestr(name, text)
