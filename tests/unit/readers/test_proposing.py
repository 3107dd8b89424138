"""A mapping proposed from a header and first lines, and the examples that ship."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from accord.base.errors import InputError
from accord.station.records import import_files
from accord.station.records.examples import example_names, example_text
from accord.station.records.mapping_checks import read_mapping
from accord.station.records.proposing import proposal_text, propose
from unit.readers.desk import ANA, BEN, CAI, CDS, Desk, reasons

ABSENCES = (
    "Student Number;School Code;School Year;Absence Date;Reason;Clerk\n"
    f"{ANA};7001;2023-2024;09/13/2023;EX;x\n{BEN};7001;2023-2024;10/02/2023;ZZ;y\n"
)


def test_what_is_proposed(desk: Desk) -> None:
    proposal = propose(desk.file("absent.csv", ABSENCES))
    assert (proposal.table.name, proposal.delimiter) == ("absences", "semicolon")
    assert proposal.person == "Student Number"
    assert {each.field.name: each.column for each in proposal.fields} == {
        "school": "School Code",
        "school_year": "School Year",
        "date": "Absence Date",
        "reason": "Reason",
    }
    told = {each.field.name: each for each in proposal.fields}
    assert told["date"].date == "%m/%d/%Y"
    assert (told["reason"].codes, told["reason"].open_codes) == ((("EX", "excused"),), ("ZZ",))
    assert proposal.unused == ("Clerk",)


def test_nothing_is_imported_until_a_person_has_completed_it(desk: Desk) -> None:
    path = desk.file("absent.csv", ABSENCES)
    text = proposal_text(propose(path))
    mapping = desk.file("mapping.yaml", text)
    with pytest.raises(InputError) as told:
        import_files(desk.station, mapping, [path])
    assert {problem.field for problem in told.value.problems} == {"as_of"}
    mapping.write_text(text.replace("as_of: FILL_IN", "as_of: 2024-06-30"))
    with pytest.raises(InputError, match=r"reason\.codes\.ZZ.*can't hold this value"):
        import_files(desk.station, mapping, [path])
    mapping.write_text(
        text.replace("as_of: FILL_IN", "as_of: 2024-06-30").replace("ZZ: FILL_IN", "ZZ: unexcused")
    )
    (one,) = import_files(desk.station, mapping, [path]).files
    assert desk.rows(one, "absences", "date, reason") == [
        (date(2023, 9, 13), "excused"),
        (date(2023, 10, 2), "unexcused"),
    ]


def test_what_is_needed_and_not_there_is_said(desk: Desk) -> None:
    path = desk.file("marks.tsv", f"SSID\tCourse ID\tFinal Grade\n{ANA}\tALG1\tB\n")
    proposal = propose(path)
    assert proposal.table.name == "courses"
    assert [item.name for item in proposal.missing] == ["school", "school_year"]
    assert "school: FILL_IN      # required: The school that gave the course." in proposal_text(
        proposal
    )


@pytest.mark.parametrize(
    ("name", "next_one"),
    [("winter_2023-24.csv", "winter_2024-25.csv"), ("marks [b1].csv", "marks [b2].csv")],
)
def test_the_next_file_of_its_kind_is_taken_too(desk: Desk, name: str, next_one: str) -> None:
    text = proposal_text(propose(desk.file(name, ABSENCES)))
    ready = text.replace("as_of: FILL_IN", "as_of: 2024-06-30").replace("ZZ: FILL_IN", "ZZ: other")
    mapping, _ = read_mapping(desk.file("mapping.yaml", ready))
    (source,) = mapping.sources
    assert source.takes(Path(name))
    assert source.takes(Path(next_one))
    assert not source.takes(Path("other.csv"))


def test_a_table_can_be_named(desk: Desk) -> None:
    path = desk.file("absent.csv", ABSENCES)
    assert propose(path, "attendance").table.name == "attendance"
    with pytest.raises(InputError, match="There is no table “abs”"):
        propose(path, "abs")


def test_a_file_without_names(desk: Desk) -> None:
    with pytest.raises(InputError, match="No column of the first line"):
        propose(desk.file("x.csv", "1,2,3\n4,5,6\n"))


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("batch1_studentattendance.csv", "absences"),
        ("batch1_studentdemographics.csv", "students"),
        ("batch1_studentsectionmark.csv", "courses"),
    ],
)
def test_extracts_of_a_real_student_system(file: str, table: str) -> None:
    beside = Path(__file__).parents[4] / "shared" / "data"
    path = Path(os.environ.get("ACCORD_REAL_DATA", beside)) / "sis_oea" / file
    if not path.is_file():
        pytest.skip("the extracts are not there; set ACCORD_REAL_DATA")
    assert propose(path).table.name == table


FILES = {
    "interim-row-a-test": (
        "StudentID,Term,Subject,TestDate,Grade,Score,Percentile\n"
        f"{ANA},Fall,Math,09/20/2023,3,198,61\n{BEN},Winter,Reading,2024-01-15,KG,151,30\n",
        [
            ("mathematics", "fall", date(2023, 9, 20), 198.0, 61, None),
            ("reading", "winter", date(2024, 1, 15), 151.0, 30, None),
        ],
    ),
    "interim-column-a-window": (
        f"StudentID,FallReading,WinterReading,SpringReading\n{ANA},40,,55\n{BEN},,,\n",
        [
            ("reading", "fall", None, 40.0, None, None),
            ("reading", "spring", None, 55.0, None, None),
        ],
    ),
    "formative-benchmark": (
        "StudentID,School,AcademicYear,Benchmark,Subject,Window,DateTaken,PercentCorrect,Result\n"
        f"{ANA},{CDS},2023-24,Unit 1,Math,BOY,09/20/2023,62.5,Met\n"
        f"{CAI},{CDS},2023-24,Unit 1,Math,BOY,09/20/2023,20,Absent\n",
        [
            ("mathematics", "fall", date(2023, 9, 20), 62.5, None, True),
            ("mathematics", "fall", date(2023, 9, 20), 20.0, None, None),
        ],
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_examples_for_interim_assessments(desk: Desk, name: str) -> None:
    text, rows = FILES[name]
    mapping = desk.file("mapping.yaml", example_text(name))
    (one,) = import_files(desk.station, mapping, [desk.file("tests.csv", text)]).files
    shown = '"subject", season, test_date, CAST(score AS DOUBLE), percentile, met'
    assert sorted(desk.rows(one, "interim_tests", shown), key=str) == sorted(rows, key=str)


def test_every_example_is_tested_and_named() -> None:
    assert set(example_names()) == set(FILES)
    with pytest.raises(InputError, match="There is no example “x”"):
        example_text("x")


def test_a_code_that_an_example_does_not_know_is_kept(desk: Desk) -> None:
    mapping = desk.file("mapping.yaml", example_text("formative-benchmark"))
    path = desk.file("tests.csv", FILES["formative-benchmark"][0])
    (one,) = import_files(desk.station, mapping, [path]).files
    assert reasons(one.manifest.lines, "kept") == {("kept-code", "Result"): 1}
