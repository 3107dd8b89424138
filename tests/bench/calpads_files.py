"""CALPADS-shaped files of a made-up district, as large as asked: what a yearly export looks like.

Every student has an enrolment, a description, an absence summary and an English-language status in
each year; some have programmes; those of grades 9 to 12 have twelve marks a year. Lines are written
by DuckDB from the layouts themselves, so that every field stands in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from accord.station.records.formats import find_layout, shipped_formats


def _one_of(seed: str, *values: str) -> str:
    """SQL of one of some texts, the same for the same seed."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"([{listed}])[CAST(1 + hash({seed}) % {len(values)} AS INTEGER)]"


_PERSON = "lpad(CAST(1000000000 + i AS VARCHAR), 10, '0')"
_SCHOOL = "lpad(CAST(1 + hash(i) % 90 AS VARCHAR), 7, '0')"
_GRADE = "1 + (i + {year}) % 12"
_BIRTH = "strftime(DATE '2006-01-01' + CAST(hash(i, 9) % 4000 AS INTEGER), '%m/%d/%Y')"

_COMMON = {
    "Reporting LEA": "'9910001'",
    "School of Attendance": _SCHOOL,
    "Academic Year ID": "'{year}-{next}'",
    "SSID": _PERSON,
    "Local Student ID": "CAST(500000 + i AS VARCHAR)",
    "Student Legal First Name": "'First' || CAST(hash(i, 1) % 900 AS VARCHAR)",
    "Student Legal Last Name": "'Last' || CAST(hash(i, 2) % 9000 AS VARCHAR)",
    "Student Birth Date": _BIRTH,
    "Student Gender Code": _one_of("i, 3", "F", "M"),
}

_FILES: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "SENR": (
        "calpads-senr-2016",
        "range({students}) AS t(i)",
        {
            "Enrollment Start Date": "'08/15/{year}'",
            "Enrollment Status Code": "'10'",
            "Grade Level Code": f"lpad(CAST({_GRADE} AS VARCHAR), 2, '0')",
            "Enrollment Exit Date": "CASE WHEN hash(i, 4) % 20 = 0 THEN '03/01/{next}' END",
            "Student Exit Reason Code": "CASE WHEN hash(i, 4) % 20 = 0 THEN 'T160' END",
        },
    ),
    "SINF": (
        "calpads-sinf-2016",
        "range({students}) AS t(i)",
        {
            "Effective Start Date": "'08/15/{year}'",
            "Student Hispanic Ethnicity Indicator": _one_of("i, 5", "Y", "N"),
            "Student Race 1 Code": _one_of("i, 6", "700", "600", "201", "400", "100"),
            "Student Race 2 Code": "CASE WHEN hash(i, 7) % 10 = 0 THEN '301' END",
        },
    ),
    "SELA": (
        "calpads-sela-2015",
        "range({students}) AS t(i)",
        {
            "English Language Acquisition Status Code": _one_of("i, 8", "EO", "EL", "RFEP", "IFEP"),
            "English Language Acquisition Status Start Date": "'08/15/2018'",
        },
    ),
    "SPRG": (
        "calpads-sprg-2016",
        "range({students}) AS t(i), (VALUES ('181'), ('144'), ('108')) AS p(code) "
        "WHERE hash(i, code) % 3 > 0",
        {
            "Education Program Code": "code",
            "Education Program Membership Start Date": "'07/01/{year}'",
        },
    ),
    "STAS": (
        "calpads-stas-2017",
        "range({students}) AS t(i)",
        {
            "Expected Attendance Days": "'180'",
            "Days Attended": "CAST(180 - hash(i, 10) % 40 AS VARCHAR)",
            "Days Absent Excused Non-Suspension": "CAST(hash(i, 10) % 40 AS VARCHAR)",
            "Days Absent Unexcused Non-Suspension": "'0.5'",
        },
    ),
    "SCSC": (
        "calpads-scsc-2016",
        f"range({{students}}) AS t(i), range(12) AS c(n) WHERE {_GRADE} >= 9",
        {
            "School of Course Delivery": _SCHOOL,
            "Local Course ID": "'C' || CAST(100 + n // 2 AS VARCHAR)",
            "Course Section ID": "CAST(n AS VARCHAR)",
            "Academic Term Code": "CASE WHEN n % 2 = 0 THEN 'S1' ELSE 'S2' END",
            "Student Credits Attempted": "'5.0'",
            "Student Credits Earned": "'5.0'",
            "Student Course Final Grade": _one_of("i, n", "A", "B", "C", "D", "F"),
        },
    ),
}


def write_calpads(folder: Path, students: int, years: range) -> list[Path]:
    """One file a record type and school year, caret-delimited; the files written."""
    written = []
    with duckdb.connect() as con:
        for year in years:
            for record_type in _FILES:
                path = folder / f"{record_type}_{year}.txt"
                rows = _rows(record_type).format(students=students, year=year, next=year + 1)
                form = "(FORMAT csv, HEADER false, DELIMITER '^', QUOTE '')"
                con.execute(f"COPY ({rows}) TO '{path}' {form}")
                written.append(path)
    return written


def _rows(record_type: str) -> str:
    """SQL of the lines of a file, each field of its layout in its place."""
    layout, rows, own = _FILES[record_type]
    values = {"Record Type Code": f"'{record_type}'"} | _COMMON | own
    found = find_layout(shipped_formats(), layout)[1]
    names = found.columns(found.line_width)
    cells = (values.get(name, "NULL") + f" AS f{place}" for place, name in enumerate(names))
    return f"SELECT {', '.join(cells)} FROM {rows}"
