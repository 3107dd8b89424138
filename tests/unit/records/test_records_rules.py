"""Row rules: a cell that can't be what its field holds sends its line to quarantine, by name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from unit.records.records_bench import TESTS, Bench, results_source, source, table

ENROLMENTS = {
    "school": "School",
    "school_year": "Year",
    "grade": "Grade",
    "entry_date": "Entry",
    "exit_date": "Exit",
}
ABSENCES = {"school": "School", "school_year": "Year", "date": "Day", "days": "Days"}


def results(bench: Bench, header: str, *rows: str, **columns: Any) -> Any:
    """Import test results with some columns changed."""
    return bench.manifest([header, *rows], source(table("tests", TESTS | columns)))


def findings_of(bench: Bench, header: str, row: str, **columns: Any) -> list[tuple[str, str, int]]:
    return bench.findings(results(bench, header, row, **columns).lines)


HEADER = "Id,School,Year,Subject,Grade,Score,Day"


@pytest.mark.parametrize(
    ("row", "reason", "column"),
    [
        (",7001,2023-24,M,5,2400,", "missing", "Id"),
        ("1,,2023-24,M,5,2400,", "missing", "School"),
        ("1,7001,,M,5,2400,", "missing", "Year"),
        ("1,7001,2023-24,,5,2400,", "missing", "Subject"),
        ("1 1,7001,2023-24,M,5,2400,", "id-with-spaces", "Id"),
        (" 11,7001,2023-24,M,5,2400,", "id-with-spaces", "Id"),
        ("1,70 01,2023-24,M,5,2400,", "id-with-spaces", "School"),
        ("1,7001,2023-24,m,5,2400,", "unknown-code", "Subject"),
        ("1,7001,2023-24,X,5,2400,", "unknown-code", "Subject"),
        ("1,7001,2023-24,M,13,2400,", "grade-out-of-range", "Grade"),
        ("1,7001,2023-24,M,0,2400,", "grade-out-of-range", "Grade"),
        ("1,7001,2023-24,M,fifth,2400,", "grade-out-of-range", "Grade"),
        ("1,7001,2023-24,M,5,2400.5,", "not-a-number", "Score"),
        ("1,7001,2023-24,M,5,1e3,", "not-a-number", "Score"),
        ("1,7001,2023-24,M,5,2400 points,", "not-a-number", "Score"),
        ("1,7001,2023-24,M,5,99999999999,", "not-a-number", "Score"),
        ("1,7001,2023-24,M,5,-1,", "out-of-range", "Score"),
        ("1,7001,2023-24,M,5,10000,", "out-of-range", "Score"),
        ("1,7001,2023-25,M,5,2400,", "not-a-school-year", "Year"),
        ("1,7001,2024,M,5,2400,", "not-a-school-year", "Year"),
        ("1,7001,2023-24,M,5,2400,2024-02-30", "impossible-date", "Day"),
        ("1,7001,2023-24,M,5,2400,02/28/2024", "impossible-date", "Day"),
        ("1,7001,2023-24,M,5,2400,24-02-28", "impossible-date", "Day"),
        ("1,7001,2023-24,M,5,2400,infinity", "impossible-date", "Day"),
        ("1,7001,2023-24,M,5,2400,2024-07-01", "tests.outside-the-year", "Day"),
        ("1,7001,2023-24,M,5,2400,2023-06-30", "tests.outside-the-year", "Day"),
    ],
)
def test_a_line_that_is_refused(bench: Bench, row: str, reason: str, column: str) -> None:
    good = "2,7001,2023-24,M,5,2400,2024-05-01"
    manifest = results(bench, HEADER, row, good, test_date="Day")
    assert bench.findings(manifest.lines) == [(reason, column, 1)]
    assert bench.rows(manifest, "tests", "line") == [(3,)]


def test_every_reason_against_a_line_is_told(bench: Bench) -> None:
    found = findings_of(bench, HEADER, "1,70 01,2023-24,X,13,many,")
    assert {reason for reason, _, _ in found} == {
        "id-with-spaces",
        "unknown-code",
        "grade-out-of-range",
        "not-a-number",
    }


@pytest.mark.parametrize(
    ("written", "stored"),
    [("TK", -1), ("K", 0), ("KN", 0), ("1", 1), ("01", 1), ("09", 9), ("12", 12)],
)
def test_grades(bench: Bench, written: str, stored: int) -> None:
    manifest = results(bench, HEADER, f"1,7001,2023-24,M,{written},2400,")
    assert bench.rows(manifest, "tests", "grade") == [(stored,)]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        (None, "2023-24"),
        (None, "2023-2024"),
        (None, "2023_2024"),
        (None, "2023/24"),
        (None, "2023–24"),
        ("YYYY_YYYY", "2023_2024"),
        ("YYYYYYYY", "20232024"),
        ("YYYY first", "2023"),
        ("YYYY last", "2024"),
    ],
)
def test_school_years(bench: Bench, form: str | None, written: str) -> None:
    year = {"column": "Year"} | ({"format": form} if form else {})
    manifest = results(bench, HEADER, f"1,7001,{written},M,5,2400,", school_year=year)
    assert bench.rows(manifest, "tests", "school_year") == [("2023-24",)]


def test_a_school_year_in_another_format_than_said(bench: Bench) -> None:
    year = {"column": "Year", "format": "YYYY_YYYY"}
    found = findings_of(bench, HEADER, "1,7001,2023-24,M,5,2400,", school_year=year)
    assert found == [("not-a-school-year", "Year", 1)]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("%Y-%m-%d", "2024-05-09"),
        ("%m/%d/%Y", "05/09/2024"),
        ("%m/%d/%Y", "5/9/2024"),
        ("%m/%d/%y", "5/9/24"),
        ("%d %b %Y", "09 May 2024"),
        ("%d %B %Y", "9 May 2024"),
        ("%Y%m%d", "20240509"),
        ("%Y-%m-%d %H:%M:%S", "2024-05-09 13:30:00"),
    ],
)
def test_date_formats(bench: Bench, form: str, written: str) -> None:
    day = {"column": "Day", "date": form}
    manifest = results(bench, HEADER, f"1,7001,2023-24,M,5,2400,{written}", test_date=day)
    assert bench.rows(manifest, "tests", "test_date") == [(date(2024, 5, 9),)]


def test_numbers_with_a_point_and_nothing_after_it(bench: Bench) -> None:
    rows = [f"{n},7001,2023-24,M,5,{score}," for n, score in enumerate(("2400.0", " 2401 ", "+7"))]
    manifest = results(bench, HEADER, *rows)
    assert bench.rows(manifest, "tests", "scale_score") == [(2400,), (2401,), (7,)]


def test_codes_with_a_wildcard_and_a_blank(bench: Bench) -> None:
    level = {"column": "Level", "codes": {"Low": 1, "High": 4, "None": None}}
    tested = {"column": "Level", "codes": {"None": False, "*": True}, "blank": False}
    rows = [
        f"{n},7001,2023-24,M,5,2400,{each}" for n, each in enumerate(("Low", "None", "", "High"))
    ]
    manifest = results(
        bench, HEADER.replace("Day", "Level"), *rows, achievement_level=level, tested=tested
    )
    expected = [(1, True), (None, False), (None, False), (4, True)]
    assert bench.rows(manifest, "tests", "achievement_level, tested") == expected


def test_a_code_beside_those_translated_to_blank(bench: Bench) -> None:
    level = {"column": "Level", "codes": {"Low": 1, "None": None}}
    header = HEADER.replace("Day", "Level")
    found = findings_of(bench, header, "1,7001,2023-24,M,5,2400,Odd", achievement_level=level)
    assert found == [("unknown-code", "Level", 1)]


def test_yes_and_no(bench: Bench) -> None:
    words = ["Y", "no", "TRUE", "0"]
    rows = [f"{n},7001,2023-24,M,5,2400,{word}" for n, word in enumerate(words)]
    manifest = results(bench, HEADER.replace("Day", "Done"), *rows, tested="Done")
    assert bench.rows(manifest, "tests", "tested") == [(True,), (False,), (True,), (False,)]


def test_defaults_of_what_is_not_mapped_or_blank(bench: Bench) -> None:
    header = HEADER.replace("Day", "Counts")
    rows = ["1,7001,2023-24,M,5,2400,", "2,7001,2023-24,M,5,2400,N"]
    manifest = results(bench, header, *rows, school_accountable="Counts")
    columns = "school_accountable, district_accountable, first_year_el"
    expected = [(True, True, False), (False, True, False)]
    assert bench.rows(manifest, "tests", columns) == expected


def test_hours_become_days_half_up(bench: Bench) -> None:
    """0.03 h / 6 = 0.005 d, which binary floating point would round to 0.00."""
    days = {"column": "Days", "unit": {"divide": 6}}
    rows = [
        f"{n},7001,2023-24,2023-09-01,{hours}"
        for n, hours in enumerate(("6", "2", "1", "0.03", "0.09"))
    ]
    manifest = bench.manifest(
        ["Id,School,Year,Day,Days", *rows], source(table("absences", ABSENCES | {"days": days}))
    )
    stored = [Decimal(text) for text in ("1.00", "0.33", "0.17", "0.01", "0.02")]
    assert bench.rows(manifest, "absences", "days") == [(each,) for each in stored]


def test_minutes_with_a_factor_written_as_a_decimal(bench: Bench) -> None:
    days = {"column": "Days", "unit": {"divide": "375", "multiply": "1.25"}}
    manifest = bench.manifest(
        ["Id,School,Year,Day,Days", "1,7001,2023-24,2023-09-01,150"],
        source(table("absences", ABSENCES | {"days": days})),
    )
    assert bench.rows(manifest, "absences", "days") == [(Decimal("0.50"),)]


@pytest.mark.parametrize("days", ["1.5", "0", "-1", "NaN", "one"])
def test_days_that_no_absence_has(bench: Bench, days: str) -> None:
    lines = bench.lines(
        ["Id,School,Year,Day,Days", f"1,7001,2023-24,2023-09-01,{days}"],
        source(table("absences", ABSENCES)),
    )
    reason = "out-of-range" if days in ("1.5", "0", "-1") else "not-a-number"
    assert bench.findings(lines) == [(reason, "Days", 1)]


@pytest.mark.parametrize(
    ("entry", "leave", "reason"),
    [
        ("2023-08-15", "2024-06-01", None),
        ("2019-08-15", "", None),
        ("2023-08-15", "2023-08-15", None),
        ("2023-08-15", "2023-08-14", "enrolments.exit-before-entry"),
        ("2024-07-01", "", "enrolments.entry-after-the-year"),
        ("2022-08-15", "2023-06-30", "enrolments.exit-before-the-year"),
    ],
)
def test_enrolment_dates(bench: Bench, entry: str, leave: str, reason: str | None) -> None:
    lines = bench.lines(
        ["Id,School,Year,Grade,Entry,Exit", f"1,7001,2023-24,5,{entry},{leave}"],
        source(table("enrolments", ENROLMENTS)),
    )
    assert [found for found, _, _ in bench.findings(lines)] == ([reason] if reason else [])


def test_birth_dates(bench: Bench) -> None:
    students = source(table("students", {"school_year": "Year", "birth_date": "Born"}))
    rows = ["1,2023-24,2014-02-28", "2,2023-24,2024-07-01", "3,2023-24,1899-12-31"]
    lines = bench.lines(["Id,Year,Born", *rows], students)
    assert {reason for reason, _, _ in bench.findings(lines)} == {
        "students.birth-in-the-future",
        "students.birth-too-long-ago",
    }


def test_a_cds_code_that_lost_its_zero(bench: Bench) -> None:
    school = {"column": "School", "format": "cds"}
    rows = ["1,01100170000001,2023-24,M,5,2400,", "2,1100170000001,2023-24,M,5,2400,"]
    manifest = results(bench, HEADER, *rows, school=school)
    assert bench.findings(manifest.lines) == [("not-a-cds-code", "School", 1)]
    assert bench.rows(manifest, "tests", "school") == [("01100170000001",)]


def test_leading_zeros_stay(bench: Bench) -> None:
    manifest = results(bench, HEADER, "1,007,2023-24,M,5,2400,", "01,007,2023-24,M,5,2400,")
    assert bench.rows(manifest, "tests", "school") == [("007",), ("007",)]
    assert len(set(bench.rows(manifest, "tests", "student"))) == 2


def test_a_programme_needs_a_time(bench: Bench) -> None:
    columns = {"programme": {"constant": "foster"}, "start_date": "From", "end_date": "To"}
    rows = ["1,2023-09-01,", "2,,", "3,2023-09-01,2023-08-01"]
    lines = bench.lines(["Id,From,To", *rows], source(table("programmes", columns)))
    assert {reason for reason, _, _ in bench.findings(lines)} == {
        "programmes.no-time",
        "programmes.end-before-start",
    }


def test_padded_cells_with_and_without_trim(bench: Bench) -> None:
    content = [HEADER, "1 ,7001 ,2023-24 ,M ,5 ,2400 ,"]
    assert bench.lines(content).quarantined == 1
    assert bench.lines(content, results_source(format={"trim": True})).loaded == 1


def test_keep_and_when(bench: Bench) -> None:
    flagged = {"programme": {"constant": "gifted"}, "school_year": "Year"}
    kept = source(
        table("tests", TESTS),
        table("programmes", flagged, when={"Gifted": ["Y", "yes"]}, repeats="observe"),
        keep={"District": "{district}"},
    )
    header = "Id,School,Year,Subject,Grade,Score,District,Gifted"
    rows = [
        "1,7001,2023-24,M,5,2400,470,Y",
        "2,7001,2023-24,M,5,2400,470,N",
        "3,70 01,bad,?,99,x,1040,Y",
        "4,7001,2023-24,M,5,2400,,yes",
    ]
    manifest = bench.manifest([header, *rows], kept)
    assert manifest.tables == {"tests": 2, "programmes": 1}
    assert bench.aside(manifest.lines) == {"not-kept": 2}


def test_blank_cells_may_be_kept(bench: Bench) -> None:
    kept = results_source(keep={"Left": ["", "no"]})
    rows = ["1,7001,2023-24,M,5,2400,", "2,7001,2023-24,M,5,2400,yes", "3,7001,2023-24,M,5,2400,no"]
    manifest = bench.manifest([HEADER.replace("Day", "Left"), *rows], kept)
    assert bench.rows(manifest, "tests", "line") == [(2,), (4,)]


def test_a_line_that_no_table_takes(bench: Bench) -> None:
    flagged = {"programme": {"constant": "gifted"}, "school_year": "Year"}
    only = source(table("programmes", flagged, when={"Gifted": "Y"}))
    lines = bench.lines(["Id,Year,Gifted", "1,2023-24,Y", "2,bad,N"], only)
    assert bench.aside(lines) == {"no-table": 1}
    assert lines.loaded == 1


def test_a_rule_of_a_table_that_the_line_is_not_for(bench: Bench) -> None:
    flagged = {"programme": {"constant": "gifted"}, "school_year": "Since"}
    both = source(table("tests", TESTS), table("programmes", flagged, when={"Gifted": "Y"}))
    header = "Id,School,Year,Subject,Grade,Score,Gifted,Since"
    rows = ["1,7001,2023-24,M,5,2400,N,never", "2,7001,2023-24,M,5,2400,Y,never"]
    manifest = bench.manifest([header, *rows], both)
    assert bench.findings(manifest.lines) == [("not-a-school-year", "Since", 1)]
    assert bench.rows(manifest, "tests", "line") == [(2,)]
