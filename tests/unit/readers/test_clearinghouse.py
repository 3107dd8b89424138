"""The National Student Clearinghouse's detail report, by hand."""

from __future__ import annotations

from datetime import date

from unit.readers.desk import ANA, BEN, CAI, Desk, reasons

HEADER = (
    "Your Unique Identifier,First Name,Middle Initial,Last Name,Name Suffix,"
    "Requester Return Field,Record Found Y/N,Search Date,College Code/Branch,College Name,"
    "College State,2-year / 4-year,Public / Private,Enrollment Begin,Enrollment End,"
    "Enrollment Status,Graduated?,Graduation Date,Degree Title\n"
)
TEXT = HEADER + (
    f"{ANA}_,A,,B,,,Y,20250101,001139-00,A COLLEGE,CA,4-year,Public,20240820,20241215,F,N,,\n"
    f"{ANA}_,A,,B,,,Y,20250101,001139-00,A COLLEGE,CA,4-year,Public,20250113,20250520,Q,N,,\n"
    f"{BEN}_,A,,B,,,N,20250101,,,,,,,,,N,,\n"
    f"{CAI}_,A,,B,,,Y,20250101,002071-00,B COLLEGE,OR,2-year,Tribal,20240901,20241201,?,Y,"
    "20250601,ASSOCIATE\n"
    "12345_,A,,B,,,Y,20250101,001139-00,A COLLEGE,CA,4-year,Public,20240820,20241215,F,N,,\n"
)


def test_terms_at_college(desk: Desk) -> None:
    desk.confirm("nsc-detail-2010")
    (one,) = desk.bring(desk.file("detail.csv", TEXT), year="2024-25")
    shown = "found, college, college_kind, sector, in_state, start_date, intensity, graduated_on"
    assert desk.rows(one, "postsecondary", shown) == [
        (True, "001139-00", "four_year", "public", True, date(2024, 8, 20), "full", None),
        (True, "001139-00", "four_year", "public", True, date(2025, 1, 13), "three_quarter", None),
        (False, None, None, None, None, None, None, None),
        (True, "002071-00", "two_year", None, False, date(2024, 9, 1), None, date(2025, 6, 1)),
    ]
    assert reasons(one.manifest.lines, "kept") == {
        ("kept-code", "Public / Private"): 1,
        ("kept-code", "Enrollment Status"): 1,
    }
    assert reasons(one.manifest.lines) == {("lost-leading-zeros", "Student"): 1}
