"""The facts beyond the first two as a whole: their columns, their order, and what they cost."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow.parquet as pq
from facts_cases import fact_rows, settle

from accord.indicators.catalogue import Catalogue
from accord.station.facts.build import read_manifest
from accord.station.facts.kinds import KINDS

Tables = dict[str, list[dict[str, str]]]

_PARQUET = {
    "TEXT": "string",
    "BOOLEAN": "bool",
    "SMALLINT": "int16",
    "INTEGER": "int32",
    "DECIMAL(6,2)": "decimal128(6, 2)",
}
_FACTS = [kind.fact for kind in KINDS]


def portrait(students: int) -> Tables:
    """Records of students of a high school, with something in every table."""
    draw = random.Random(20231004)
    tables: Tables = {
        name: []
        for name in (
            "enrolments",
            "students",
            "attendance",
            "tests",
            "english_status",
            "programmes",
            "courses",
            "interim_tests",
            "completions",
            "cohorts",
            "postsecondary",
            "college_exams",
            "pathways",
        )
    }
    for number in range(students):
        person = {"student": f"student-{number:03d}"}
        place = {**person, "school": draw.choice(["ash", "oak"])}
        for year in ("2022-23", "2023-24"):
            day = f"{year[:4]}-08-15"
            tables["enrolments"].append(
                {**place, "school_year": year, "grade": "11", "entry_date": day}
            )
            for _ in range(2):
                languages = {"home_language": draw.choice(["01", "02", ""])}
                tables["students"].append({**person, **languages, "school_year": year})
            for subject in ("english_proficiency", "listening"):
                level = {"achievement_level": str(draw.randint(1, 4))}
                test = {"test": "elpac", "subject": subject, "grade": "11", "school_year": year}
                tables["tests"].append({**place, **test, **level})
        for status in ("EL", "RFEP", "EO"):
            start = f"{draw.randint(2015, 2023)}-10-0{draw.randint(1, 3)}"
            tables["english_status"].append({**person, "status": status, "start_date": start})
        for programme in ("dual_language", "structured_immersion", "sed"):
            yearly = {"programme": programme, "school_year": "2023-24"}
            tables["programmes"].append({**place, **yearly})
        for term in ("S1", "S2", "SU", "FY"):
            marked = {"mark": draw.choice(["A", "C-", "F", "P", "??"]), "term": term}
            course = {"course_code": "ALG", "subject": "mathematics", "a_g": "c"}
            tables["courses"].append({**place, **course, **marked})
        for score in ("210", "220"):
            tables["interim_tests"].append({**place, "score": score})
        for month in ("9", "10"):
            days = {"month": month, "days_expected": "20", "days_absent": "2"}
            tables["attendance"].append({**place, **days})
        tables["completions"].append(dict(place))
        tables["cohorts"].append({**person, "outcome": "graduate"})
        found = {"start_date": "2024-09-01", "searched_on": "2025-01-01"}
        tables["postsecondary"].append({**person, **found})
        tables["college_exams"].append({**person, "score": "3"})
        tables["pathways"].append(dict(place))
    tables["schools"] = [{"school": "oak", "grade_low": "9"}]
    tables["course_list"] = [{"course_code": "ALG", "mathematics": "algebra_1"}]
    tables["staff_assignments"] = [
        {"staff": "p1", "school": school, "start_date": "2020-08-01"} for school in ("ash", "oak")
    ]
    tables["implementation"] = [
        {"school": "oak", "measure": "trained", "counted": "3", "out_of": "9"}
    ]
    return tables


def test_columns_are_those_that_definitions_read(tmp_path: Path, catalogue: Catalogue) -> None:
    facts = settle(portrait(8), tmp_path, catalogue)
    for fact in (catalogue.vocabulary.facts[name] for name in _FACTS):
        table = pq.read_table(facts / fact.id / "2023-24.parquet")
        stored = {field.name: str(field.type) for field in table.schema}
        assert stored == {name: _PARQUET[column.stored] for name, column in fact.columns.items()}
        assert list(stored) == list(fact.columns)
        for name, column in fact.columns.items():
            values = set(table.column(name).to_pylist())
            assert column.empty or None not in values, f"{fact.id}.{name}"
            assert (
                column.stored != "TEXT" or not column.codes or values - {None} <= set(column.codes)
            ), f"{fact.id}.{name}"


def test_the_order_of_the_records_means_nothing(tmp_path: Path, catalogue: Catalogue) -> None:
    tables = portrait(40)
    shuffled = {name: random.Random(name).sample(rows, len(rows)) for name, rows in tables.items()}
    one = settle(tables, tmp_path / "one", catalogue)
    other = settle(shuffled, tmp_path / "other", catalogue)
    for fact in _FACTS:
        assert fact_rows(one, fact)
        assert fact_rows(one, fact) == fact_rows(other, fact)
    assert read_manifest(one)["years"] == read_manifest(other)["years"]


def test_a_fact_without_records_is_not_made(tmp_path: Path, catalogue: Catalogue) -> None:
    tables = {name: rows for name, rows in portrait(3).items() if name in ("enrolments", "tests")}
    facts = settle(tables, tmp_path, catalogue)
    assert set(read_manifest(facts)["years"][-1]["rows"]) == {"student_year", "test_result"}
    assert not any(any((facts / fact).iterdir()) for fact in _FACTS)


def test_a_test_of_english_proficiency_is_expected_of_no_one_else(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    """Its file holds the learners only; the others enrolled are not among the missing."""
    facts = settle(portrait(3), tmp_path, catalogue)
    assert fact_rows(facts, "test_result") == []
