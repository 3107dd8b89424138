"""Quality checks that districts know from the state, each tripped once and once just not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from accord.station.records import import_files, record_model
from accord.station.records.quality import check_quality, quality_checks
from accord.station.records.reasons import reasons
from unit.records.records_bench import Bench

STAYS = "Id,school,school_year,grade,entry_date,exit_date,exit_reason"
STUDENTS = "Id,school_year,birth_date,race_ethnicity,primary_language"
STATUSES = "Id,status,start_date"
COMPLETIONS = "Id,school,date,kind,a_g_met"
COURSES = "Id,school,school_year,course_code,mark,credits_attempted,credits"

STAY = "1,7001,2023-24,12,2023-08-15,,"
LEFT = "2,7001,2023-24,12,2023-08-15,2024-03-01,T160"
STUDENT = "1,2023-24,2006-05-06,HI,01"


def found(bench: Bench, check: str, **tables: list[str]) -> dict[str, int]:
    """How often a check finds something, by detail; each table is its header and rows."""
    sources: list[dict[str, Any]] = []
    paths = []
    for name, (header, *rows) in tables.items():
        columns = {each: each for each in header.split(",") if each != "Id"}
        table = record_model().table(name)
        entry = {"table": name, "columns": columns}
        if table.observable:
            entry["repeats"] = "observe"
        source: dict[str, Any] = {"name": name.replace("_", "-"), "files": f"{name}.csv"}
        source["tables"] = [entry]
        if table.person:
            source["student"] = "Id"
        sources.append(source)
        paths.append(bench.file([header, *rows], f"{name}.csv"))
    done = import_files(bench.station, bench.mapping(*sources), paths)
    assert all(each.manifest.lines.quarantined == 0 for each in done.files)
    result = check_quality(bench.station).result(check)
    assert result.ran
    return {tally.detail: result.count_of(tally.detail) for tally in result.tallies}


@pytest.mark.parametrize(
    ("check", "tables", "expected"),
    [
        (
            "exit-without-reason",
            {"enrolments": [STAYS, LEFT, "3,7001,2023-24,9,2023-08-15,2024-03-01,"]},
            {"": 1},
        ),
        (  # a file that gives no reasons at all has nothing to say
            "exit-without-reason",
            {"enrolments": [STAYS, "3,7001,2023-24,9,2023-08-15,2024-03-01,"]},
            {},
        ),
        (
            "reason-without-exit",
            {"enrolments": [STAYS, STAY, LEFT, "3,7001,2023-24,9,2023-08-15,,E140"]},
            {"": 1},
        ),
        (
            "completion-missing",
            {
                "enrolments": [
                    STAYS,
                    "1,7001,2023-24,12,2023-08-15,2024-06-06,E230",
                    "2,7001,2023-24,12,2023-08-15,2024-06-06,E230",
                ],
                "completions": [COMPLETIONS, "1,7001,2024-06-06,100,Y"],
            },
            {"": 1},
        ),
        (
            "age-out-of-range",
            {
                "students": [
                    STUDENTS,
                    STUDENT,
                    "2,2023-24,2022-05-06,HI,01",
                    "3,2023-24,1999-05-06,HI,01",
                ],
                "enrolments": [STAYS, STAY, STAY.replace("1,", "2,", 1), "3" + STAY[1:]],
            },
            {"too young": 1, "too old": 1},
        ),
        (
            "grade-outside-school",
            {
                "schools": ["school,name,grade_low,grade_high", "7001,Oak,9,12"],
                "enrolments": [STAYS, STAY, "2,7001,2023-24,8,2023-08-15,,"],
            },
            {"": 1},
        ),
        (  # one file may say it where another does not
            "race-missing",
            {
                "students": [
                    STUDENTS,
                    "1,2023-24,2006-05-06,NR,01",
                    "1,2023-24,2006-05-06,HI,01",
                    "2,2023-24,2006-05-06,,01",
                ]
            },
            {"": 1},
        ),
        (
            "english-status-before-birth",
            {"students": [STUDENTS, STUDENT], "english_status": [STATUSES, "1,EL,2006-05-06"]},
            {"EL": 1},
        ),
        (
            "english-status-to-come",
            {"english_status": [STATUSES, "1,EL,2024-06-30", "2,EL,2024-07-01"]},
            {"EL": 1},
        ),
        (
            "reclassified-never-learner",
            {
                "english_status": [
                    STATUSES,
                    "1,EL,2016-08-15",
                    "1,RFEP,2020-05-01",
                    "2,RFEP,2020-05-01",
                    "3,RFEP,2019-05-01",
                    "3,EL,2020-05-01",
                ]
            },
            {"": 2},
        ),
        (
            "english-status-undecided",
            {
                "english_status": [
                    STATUSES,
                    "1,TBD,2024-05-30",
                    "2,TBD,2024-06-10",
                    "3,TBD,2023-08-15",
                    "3,EL,2023-09-01",
                ]
            },
            {"": 1},
        ),
        (
            "english-as-primary-language",
            {
                "students": [STUDENTS, STUDENT, "2,2023-24,2006-05-06,HI,00"],
                "english_status": [STATUSES, "1,EL,2016-08-15", "2,EL,2016-08-15"],
            },
            {"": 1},
        ),
        (
            "eligibility-missing",
            {"completions": [COMPLETIONS, "1,7001,2024-06-06,100,", "2,7001,2024-06-06,120,"]},
            {"": 1},
        ),
        (
            "credits-missing",
            {"courses": [COURSES, "1,7001,2023-24,A,B,5,5", "2,7001,2023-24,A,B,5,"]},
            {"earned": 1},
        ),
        (
            "courses-not-listed",
            {
                "courses": [COURSES, "1,7001,2023-24,A,B,5,5", "1,7001,2023-24,Z,B,5,5"],
                "course_list": ["course_code,school_year,state_code", "A,2023-24,9200"],
            },
            {"": 1},
        ),
    ],
)
def test_what_each_finds(
    bench: Bench, check: str, tables: dict[str, list[str]], expected: dict[str, int]
) -> None:
    assert found(bench, check, **tables) == expected


def test_codes_of_calpads_are_on_the_states_list() -> None:
    beside = Path(__file__).parents[4] / "shared" / "data"
    path = Path(os.environ.get("ACCORD_REAL_DATA", beside)) / "calpads_errlistv73-20151204.xls"
    if not path.is_file():
        pytest.skip("the state's error list is not there; set ACCORD_REAL_DATA")
    book = CalamineWorkbook.from_path(str(path))
    listed = " ".join(
        str(row[0]) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
    )
    used = {code for check in quality_checks() for code in check.calpads}
    used |= {code for reason in reasons().values() for code in reason.calpads}
    assert {code for code in used if code not in listed} == set()
