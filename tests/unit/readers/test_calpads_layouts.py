"""Which layout a CALPADS extract is taken for, and what is said of one that no layout fits."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from accord.base.errors import InputError, StateError
from accord.station.records.formats import find_layout, shipped_formats
from unit.readers.desk import (
    ANA,
    BEN,
    CAI,
    CDS,
    SENR,
    SENR_2015,
    Desk,
    joined,
    reasons,
    senr,
)


def test_a_layout_that_is_not_verified_waits_for_the_district(desk: Desk) -> None:
    path = desk.file("SENR.txt", joined([senr(ANA)]))
    with pytest.raises(
        StateError, match=r"confirms layout calpads-senr-2016.*1\.05 School"
    ) as told:
        desk.bring(path)
    assert "accord layouts confirm" in str(told.value)
    desk.confirm(SENR)
    assert desk.bring(path)[0].manifest.lines.loaded == 1


def test_a_verified_layout_needs_no_confirmation(desk: Desk) -> None:
    row = senr(ANA, SENR_2015, Academic_Year_ID="2015-2016", Enrollment_Start_Date="08/17/2015")
    (one,) = desk.bring(desk.file("SENR.txt", joined([row])))
    assert desk.rows(one, "enrolments", "school_year") == [("2015-16",)]


def test_it_says_what_the_file_is_taken_for_and_why(desk: Desk) -> None:
    (taken,) = desk.look(desk.file("SENR.txt", joined([senr(ANA), senr(BEN)])))
    assert taken.why == (
        "Taken for: CALPADS, SSID enrolment (SENR).",
        "Its lines begin with SENR, and carets divide them.",
        "Layout calpads-senr-2016 (from 2016-17) fits: 35 fields.",
        "Its lines are of 2023-24.",
    )
    assert not taken.is_confirmed


def test_a_workbook_with_a_header(desk: Desk) -> None:
    desk.confirm(SENR)
    layout = find_layout(shipped_formats(), SENR)[1]
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([field.name for field in layout.fields])
    book.active.append(senr(ANA))
    path = desk.folder / "enrolment.xlsx"
    book.save(path)
    (one,) = desk.bring(path)
    assert desk.rows(one, "enrolments", "school, grade, line") == [(CDS, 9, 2)]


def test_ssids_that_a_spreadsheet_has_spoiled(desk: Desk) -> None:
    desk.confirm(SENR)
    rows = [senr(ANA), senr("123456789"), senr("1.23457E+09"), senr("12345X7890")]
    (one,) = desk.bring(desk.file("SENR.csv", joined(rows, ",")))
    assert reasons(one.manifest.lines) == {
        ("lost-leading-zeros", "SSID"): 1,
        ("number-notation", "SSID"): 1,
        ("not-the-digits", "SSID"): 1,
    }
    assert one.manifest.lines.loaded == 1


def test_schools_that_a_spreadsheet_has_spoiled(desk: Desk) -> None:
    desk.confirm(SENR)
    rows = [senr(ANA), *(senr(ANA, School_of_Attendance="123456") for _ in range(1))]
    (one,) = desk.bring(desk.file("SENR.csv", joined(rows, ",")))
    assert reasons(one.manifest.lines) == {("not-a-cds-code", "School CDS"): 1}


def test_an_unknown_code_is_kept_listed_and_counts_as_missing(desk: Desk) -> None:
    desk.confirm(SENR)
    rows = [senr(ANA, Enrollment_Status_Code="77"), senr(BEN)]
    (one,) = desk.bring(desk.file("SENR.txt", joined(rows)))
    assert one.manifest.lines.loaded == 2
    assert reasons(one.manifest.lines, "kept") == {("kept-code", "Enrollment Status Code"): 1}
    assert one.quarantine is not None
    lines = openpyxl.load_workbook(one.quarantine)["Lines"]
    assert [cell.value for cell in lines[2]][:4] == [
        1,
        None,
        "enrolments",
        "Enrollment Status Code",
    ]


class TestLayoutsThatDoNotFit:
    def test_the_field_the_line_what_was_found_and_which_layout_would_fit(self, desk: Desk) -> None:
        row = senr(ANA, SENR_2015, Academic_Year_ID="2023-2024")
        with pytest.raises(InputError) as told:
            desk.bring(desk.file("SENR.txt", joined([row, row])))
        (problem,) = told.value.problems
        assert problem.line == 1
        assert problem.what == (
            "The line has 32 fields; this layout has 35. Layout calpads-senr-2016 (from 2016-17) "
            "does not fit. Layout calpads-senr-2015 (2014-15 to 2015-16) would fit."
        )

    def test_the_layout_of_another_year_can_be_named(self, desk: Desk) -> None:
        row = senr(ANA, SENR_2015)
        (one,) = desk.bring(desk.file("SENR.txt", joined([row])), named=SENR_2015)
        assert desk.rows(one, "enrolments", "school_year") == [("2023-24",)]

    def test_fields_that_have_moved(self, desk: Desk) -> None:
        rows = [senr(student) for student in (ANA, BEN, CAI)]
        for row in rows:
            row.insert(7, row.pop(9))  # a first name, blank here, before the SSID
            row[7] = "Given"
        with pytest.raises(InputError) as told:
            desk.bring(desk.file("SENR.txt", joined(rows)))
        first = told.value.problems[0]
        assert (first.line, first.field) == (1, "1.08 SSID")
        assert first.what.startswith(
            "Here are 5 signs without a digit where the 10 digits of an SSID belongs."
        )
        assert "Given" not in str(told.value)

    def test_a_mixture_of_years(self, desk: Desk) -> None:
        desk.confirm(SENR)
        rows = [senr(ANA), senr(BEN), senr(CAI, Academic_Year_ID="2022-2023")]
        file = desk.file("SENR.txt", joined(rows))
        (seen,) = desk.look(file)
        assert "Of its first lines 2 are of 2023-24, 1 of another year." in seen.why
        with pytest.raises(InputError, match="2023-24 on 2 lines, first on line 1; 2022-23 on 1"):
            desk.bring(file)

    def test_a_mixture_of_record_types(self, desk: Desk) -> None:
        rows = [senr(ANA), senr(BEN), ["SINF", *senr(CAI)[1:]], ["SINF", *senr(CAI)[1:]]]
        with pytest.raises(InputError, match="several record types: SENR, SINF"):
            desk.bring(desk.file("both.txt", joined(rows)))

    def test_a_record_type_that_nothing_reads(self, desk: Desk) -> None:
        with pytest.raises(InputError, match="begin with SDEM, a record type that is not read"):
            desk.bring(desk.file("staff.txt", joined([["SDEM", *senr(ANA)[1:]]])))

    def test_a_year_that_is_not_over_needs_a_day(self, desk: Desk) -> None:
        desk.confirm(SENR)
        row = senr(ANA, Academic_Year_ID="2058-2059", Enrollment_Start_Date="08/15/2058")
        path = desk.file("SENR.txt", joined([row]))
        with pytest.raises(InputError, match="2058-59 is not over"):
            desk.bring(path)
        assert desk.bring(path, as_of=date(2058, 10, 1))[0].manifest.as_of == date(2058, 10, 1)
