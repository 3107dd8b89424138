"""Quality checks, each on rows made to trip it once; the workbook names lines and no student."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from accord.base.errors import StateError
from accord.station.records import current, import_files, record_model
from accord.station.records.quality import (
    CheckResult,
    QualityReport,
    check_quality,
    quality_checks,
    write_quality,
)
from unit.records.records_bench import Bench

Tables = dict[str, Sequence[str]]

HEADERS = {
    "schools": "school,name",
    "students": "Id,school_year,gender,race_ethnicity,birth_date",
    "enrolments": "Id,school,school_year,grade,entry_date,exit_date",
    "attendance": "Id,school,school_year,days_expected,days_absent",
    "absences": "Id,school,school_year,date",
    "tests": "Id,school,school_year,test,subject,grade,tested,scale_score,achievement_level,"
    "school_accountable,district_accountable",
    "programmes": "Id,programme,school_year",
    "incidents": "Id,school,school_year,date,action,days",
    "english_status": "Id,status,start_date",
    "completions": "Id,school,date,kind,a_g_met",
    "courses": "Id,school,school_year,course_code,mark",
}


def report(bench: Bench, *files: Tables) -> QualityReport:
    """Import files of rows, one a table and set, and check them."""
    sources: list[dict[str, Any]] = []
    paths: list[Path] = []
    for number, tables in enumerate(files):
        for name, rows in tables.items():
            columns = {each: each for each in HEADERS[name].split(",") if each != "Id"}
            repeats = "observe" if record_model().table(name).observable else "refuse"
            entry = {"table": name, "columns": columns, "repeats": repeats}
            label = name.replace("_", "-")
            source = {"name": label, "files": f"{name}-*.csv", "student": "Id", "tables": [entry]}
            if source not in sources:
                sources.append(source if name != "schools" else source | {"student": None})
            paths.append(bench.file([HEADERS[name], *rows], f"{name}-{number}.csv"))
    done = import_files(bench.station, bench.mapping(*sources), paths)
    assert all(each.manifest.lines.quarantined == 0 for each in done.files)
    return check_quality(bench.station)


def found(bench: Bench, check: str, *files: Tables) -> dict[str, int]:
    """How often one check finds something, by detail."""
    return details(report(bench, *files).result(check))


def details(result: CheckResult) -> dict[str, int]:
    return {tally.detail: result.count_of(tally.detail) for tally in result.tallies}


STUDENT = "1,2023-24,F,HI,2013-01-01"
STAY = "1,7001,2023-24,5,2023-08-15,"
TEST = "1,7001,2023-24,sbac,ela,5,Y,2400,3,Y,Y"


def test_nothing_odd(bench: Bench) -> None:
    whole: Tables = {
        "schools": ["7001,Oak"],
        "students": [STUDENT],
        "enrolments": [STAY],
        "attendance": ["1,7001,2023-24,180,3"],
        "absences": ["1,7001,2023-24,2023-09-01"],
        "tests": [TEST],
        "incidents": ["1,7001,2023-24,2023-09-01,suspension_out,1"],
        "english_status": ["1,EL,2020-10-01"],
        "completions": ["1,7001,2024-06-10,100,Y"],
    }
    result = report(bench, whole)
    others = {"english_status", "completions", "courses", "course_list"}
    assert all(check.ran for check in result.checks if not others & set(check.check.needs))
    assert [check.check.id for check in result.checks if check.count] == []
    assert result.rows["tests", "2023-24"] == 1


def test_before_any_import(bench: Bench) -> None:
    with pytest.raises(StateError):
        check_quality(bench.station)


def test_a_check_without_its_tables_does_not_claim_to_have_looked(bench: Bench) -> None:
    result = report(bench, {"tests": [TEST]})
    assert not result.result("students-not-described").ran
    assert not result.result("absences-outside-enrolment").ran
    assert result.result("tests-without-score").ran


def test_the_same_record_in_two_files(bench: Bench) -> None:
    other = TEST.replace("2400", "2500")
    assert found(bench, "same-key-in-two-files", {"tests": [TEST]}, {"tests": [other]}) == {
        "tests": 1
    }


def test_a_history_may_stand_in_two_files(bench: Bench) -> None:
    """Yearly extracts repeat a student's statuses; nothing adds them up."""
    one, other = ["1,EL,2020-10-01"], ["1,EL,2020-10-01", "1,RFEP,2023-10-01"]
    history = [{"english_status": one}, {"english_status": other}]
    assert found(bench, "same-key-in-two-files", *history) == {}


def test_orphans(bench: Bench) -> None:
    result = report(
        bench,
        {
            "schools": ["7001,Oak"],
            "students": [STUDENT],
            "tests": [TEST, TEST.replace("1,7001", "2,7002"), TEST.replace("2023-24", "2022-23")],
            "enrolments": [STAY.replace("1,7001", "3,7001")],
        },
    )
    assert details(result.result("students-not-described")) == {"enrolments": 1, "tests": 2}
    assert details(result.result("unknown-schools")) == {"tests": 1}
    assert result.result("unknown-schools").examples == (("tests-0.csv", 3),)


def test_a_school_described_twice(bench: Bench) -> None:
    schools = {"schools": ["7001,Oak", "7001,Elm", "7002,Ash"]}
    assert found(bench, "schools-described-twice", schools) == {"7001": 2}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["1,A,2023-24,5,2023-08-15,2023-10-01", "1,B,2023-24,5,2023-09-30,"], {"two schools": 1}),
        (["1,A,2023-24,5,2023-08-15,", "1,A,2023-24,5,2023-09-30,"], {"same school": 1}),
        (["1,A,2023-24,5,2023-08-15,2023-10-01", "1,B,2023-24,5,2023-10-01,"], {}),
        (["1,A,2023-24,5,2023-08-15,", "1,B,2024-25,6,2024-08-15,"], {}),
        (["1,A,2023-24,5,2023-08-15,", "2,B,2023-24,5,2023-09-30,"], {}),
        # The second stay lies inside the first, and the third still overlaps the first.
        (
            [
                "1,A,2023-24,5,2023-08-15,",
                "1,B,2023-24,5,2023-09-01,2023-09-10",
                "1,B,2023-24,5,2023-10-01,",
            ],
            {"two schools": 2},
        ),
    ],
)
def test_overlapping_enrolments(bench: Bench, rows: list[str], expected: dict[str, int]) -> None:
    assert found(bench, "overlapping-enrolments", {"enrolments": rows}) == expected


def test_several_schools_in_a_year(bench: Bench) -> None:
    moved = [TEST, TEST.replace("7001", "7002").replace("ela", "mathematics")]
    later = [TEST.replace("7001", "7003").replace("2023-24", "2022-23")]
    stayed = [TEST.replace("1,7001", "2,7001")]
    assert found(bench, "several-schools-in-a-year", {"tests": moved + later + stayed}) == {
        "tests": 1
    }


def test_groups_that_change(bench: Bench) -> None:
    rows = [
        *(STUDENT, STUDENT.replace("HI", "WH")),  # within a year, and so between years too
        *("2,2022-23,F,HI,2013-01-01", "2,2023-24,M,HI,2013-01-01"),
        *("3,2022-23,F,HI,2013-01-01", "3,2023-24,F,HI,2013-01-02"),
    ]
    flags = ["2,sed,2022-23", "2,sed,2023-24", "3,sed,2023-24"]
    result = report(bench, {"students": rows, "programmes": flags})
    assert details(result.result("groups-change-within-a-year")) == {"race and ethnicity": 1}
    assert details(result.result("groups-change-between-years")) == {
        "race and ethnicity": 1,
        "gender": 1,
        "birth date": 1,
        "sed": 1,
    }


def test_results_without_score_or_accountability(bench: Bench) -> None:
    rows = [
        "1,7001,2023-24,sbac,ela,5,Y,,3,Y,Y",
        "2,7001,2023-24,sbac,ela,5,N,,,Y,Y",
        "3,7001,2023-24,sbac,ela,5,Y,2400,,N,Y",
        "4,7001,2023-24,sbac,ela,5,Y,2400,3,N,N",
    ]
    result = report(bench, {"tests": rows})
    assert details(result.result("tests-without-score")) == {
        "marked as tested": 1,
        "marked as not tested": 1,
    }
    assert details(result.result("score-or-level-missing")) == {
        "level without score": 1,
        "score without level": 1,
    }
    assert details(result.result("results-not-accountable")) == {"not the school": 1, "neither": 1}


def test_what_has_no_enrolment(bench: Bench) -> None:
    result = report(
        bench,
        {
            "students": [STUDENT, "2,2023-24,F,HI,2013-01-01"],
            "enrolments": ["1,7001,2023-24,5,2023-08-15,2023-12-01"],
            "absences": [
                "1,7001,2023-24,2023-12-01",
                "1,7001,2023-24,2023-12-02",
                "1,7002,2023-24,2023-09-01",
            ],
            "attendance": ["1,7001,2023-24,180,", "1,7002,2023-24,180,"],
        },
    )
    assert result.result("students-without-enrolment").count == 1
    assert result.result("absences-outside-enrolment").examples == (
        ("absences-0.csv", 3),
        ("absences-0.csv", 4),
    )
    assert result.result("attendance-without-enrolment").examples == (("attendance-0.csv", 3),)


def test_grades_that_jump(bench: Bench) -> None:
    def stay(student: int, year: int, grade: int) -> str:
        return f"{student},A,{year}-{year - 1999},{grade},{year}-08-15,{year + 1}-06-01"

    rows = [
        *(stay(1, 2021, 5), stay(1, 2022, 6), stay(1, 2023, 6)),
        *(stay(2, 2022, 5), stay(2, 2023, 7)),
        *(stay(3, 2022, 5), stay(3, 2023, 4)),
        *(stay(4, 2021, 5), stay(4, 2023, 7)),
    ]
    assert found(bench, "grade-jumps", {"enrolments": rows}) == {
        "down": 1,
        "up by more than one": 1,
    }


def test_every_check_is_tried_here() -> None:
    files = (Path(__file__), Path(__file__).with_name("test_records_state_quality.py"))
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    assert [check.id for check in quality_checks() if f'"{check.id}"' not in source] == []


def test_the_workbook(bench: Bench, tmp_path: Path) -> None:
    rows = ["S3CR3T,7001,2023-24,sbac,ela,5,N,,,Y,Y"]
    result = report(bench, {"tests": rows, "schools": ["7002,Elm"]})
    path = tmp_path / "quality.xlsx"
    write_quality(result, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["Summary", "Lines", "Rows"]
    assert set(book.sheetnames[3:]) == {"unknown-schools", "tests-without-score"}
    assert book["Summary"].freeze_panes == "B5"
    summary = {row[0].value: row[2].value for row in book["Summary"].iter_rows(min_row=5)}
    assert summary["Test rows without a score"] == 1
    assert summary["Grades that jump"] == 0
    assert summary["Absences outside an enrolment"] == "no data"
    lines = {row[0].value: [cell.value for cell in row[1:5]] for row in book["Lines"].iter_rows()}
    assert lines["tests-0.csv"] == [1, 1, 0, 0]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any("S3CR3T" in cell for cell in cells)
    (tests,) = [each for each in current(bench.station).manifests if each.file == "tests-0.csv"]
    ((student,),) = bench.rows(tests, "tests", "student")
    assert not any(student in cell for cell in cells)


def test_two_statuses_on_one_day(bench: Bench) -> None:
    one, other = ["1,EL,2020-10-01"], ["1,RFEP,2020-10-01", "2,EL,2020-10-01"]
    assert found(
        bench, "two-statuses-on-one-day", {"english_status": one}, {"english_status": other}
    ) == {"": 1}


def test_scores_that_cannot_be_obtained(bench: Bench) -> None:
    """Grade 5, English language arts: 2200 to 2730 in 2023-24, and 2201 to 2701 before 2020-21."""
    tests = [TEST.replace("2400", score) for score in ("2199", "2200", "2730", "2731")]
    numbered = [line.replace("1,", f"{number},", 1) for number, line in enumerate(tests, 1)]
    old = TEST.replace("1,7001,2023-24", "9,7001,2018-19").replace("2400", "2730")
    assert found(bench, "scores-outside-the-range", {"tests": [*numbered, old]}) == {
        "under the lowest": 1,
        "over the highest": 2,
    }


def test_eligible_and_no_graduate(bench: Bench) -> None:
    lines = ["1,7001,2024-06-10,100,Y", "2,7001,2024-06-10,320,Y", "3,7001,2024-06-10,320,"]
    assert found(bench, "eligible-without-a-diploma", {"completions": lines}) == {"": 1}


def test_codes_that_no_rule_knows(bench: Bench) -> None:
    result = report(
        bench,
        {
            "completions": ["1,7001,2024-06-10,100,", "2,7001,2024-06-10,999,"],
            "courses": [
                f"1,7001,2023-24,C{n},{m}" for n, m in enumerate(["A-", "p", "F", "Z", "??"])
            ],
        },
    )
    assert details(result.result("codes-on-no-list")) == {"kind of completion": 1, "mark": 2}
