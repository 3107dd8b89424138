"""Mappings with a mistake: every one is named with its line, its field and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accord.base.errors import InputError, Problem
from accord.station.records import import_files, read_mapping
from unit.records.records_bench import TESTS, Bench, results_source, source, table

HEAD = "mapping: 1\nas_of: 2024-06-30\ndata_status: certified\nsources:\n"
SOURCE = "  - name: tests\n    files: '*.csv'\n    student: Id\n    tables:\n"
REST = """\
          school: School
          school_year: Year
          test: {constant: sbac}
          subject: {constant: ela}
          grade: Grade
          tested: {constant: true}
"""


def problems(path: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_mapping(path)
    return list(caught.value.problems)


def only_problem(bench: Bench, **columns: Any) -> Problem:
    """The one problem of a mapping of tests with some columns changed."""
    found = problems(bench.mapping(source(table("tests", TESTS | columns))))
    assert len(found) == 1, found
    return found[0]


def test_a_good_mapping(bench: Bench) -> None:
    mapping, _ = read_mapping(bench.mapping(results_source()))
    assert mapping.sources[0].tables[0].columns["school"].column == "School"


def test_two_columns_for_one_field(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    columns = "      - table: tests\n        columns:\n" + REST + "          grade: Level\n"
    path.write_text(HEAD + SOURCE + columns)
    (problem,) = problems(path)
    assert problem.field == "sources[1].tables[1].columns.grade"
    assert problem.line == path.read_text().split("\n").index("          grade: Level") + 1
    assert "twice" in problem.what


def test_an_unknown_table(bench: Bench) -> None:
    (problem,) = problems(bench.mapping(source(table("test", TESTS))))
    assert problem.what == "There is no table “test” in the record model."
    assert problem.remedy == "Did you mean “tests”?"


def test_an_unknown_field(bench: Bench) -> None:
    problem = only_problem(bench, scale_scor="Score")
    assert problem.field == "sources[1].tables[1].columns.scale_scor"
    assert problem.line is not None
    assert problem.remedy == "Did you mean “scale_score”?"


def test_a_field_that_fills_itself(bench: Bench) -> None:
    assert "fills itself" in only_problem(bench, student="Id").what
    assert "fills itself" in only_problem(bench, line="Line").what


def test_a_required_field_that_is_not_filled(bench: Bench) -> None:
    columns = {name: column for name, column in TESTS.items() if name != "grade"}
    (problem,) = problems(bench.mapping(source(table("tests", columns))))
    assert "required field “grade”" in problem.what


def test_a_code_that_the_model_does_not_have(bench: Bench) -> None:
    subject = {"column": "Subject", "codes": {"M": "mathematic"}}
    problem = only_problem(bench, subject=subject)
    assert problem.field == "sources[1].tables[1].columns.subject.codes.M"
    assert problem.remedy == "Did you mean “mathematics”?"


@pytest.mark.parametrize(
    ("field", "constant"),
    [
        ("subject", "history"),
        ("grade", "13"),
        ("tested", "yes"),
        ("school_year", "2023-25"),
        ("school_year", "1810-11"),
        ("test_date", "2024-02-30"),
        ("scale_score", "many"),
        ("scale_score", -1),
        ("achievement_level", 6),
        ("school", "70 01"),
        ("test", ""),
    ],
)
def test_a_constant_that_the_field_cannot_hold(bench: Bench, field: str, constant: Any) -> None:
    problem = only_problem(bench, **{field: {"constant": constant}})
    assert problem.what == f"The field “{field}” can't hold this value."
    assert problem.remedy


@pytest.mark.parametrize("form", ["", "%d.%m", "%m/%d/%Q", "YYYY-MM-DD", "%Y-%m-%d%", "%Y%m"])
def test_a_bad_date_format(bench: Bench, form: str) -> None:
    problem = only_problem(bench, test_date={"column": "Day", "date": form})
    assert problem.field.endswith("test_date.date")
    assert "%m/%d/%Y" in problem.remedy


def test_a_bad_school_year_format(bench: Bench) -> None:
    problem = only_problem(bench, school_year={"column": "Year", "format": "YY"})
    assert "YYYY_YYYY" in problem.remedy


@pytest.mark.parametrize(
    "setting", [{"date": "%Y-%m-%d"}, {"format": "cds"}, {"unit": {"divide": 6}}]
)
def test_a_setting_of_another_type_of_field(bench: Bench, setting: dict[str, Any]) -> None:
    problem = only_problem(bench, scale_score={"column": "Score", **setting})
    assert "integer has no" in problem.what


def test_column_and_constant(bench: Bench) -> None:
    problem = only_problem(bench, grade={"column": "Grade", "constant": "5"})
    assert "either a column or a constant" in problem.what


def test_a_required_field_translated_to_blank(bench: Bench) -> None:
    problem = only_problem(bench, tested={"column": "Level", "codes": {"None": None, "*": True}})
    assert "can't be blank" in problem.what


def test_tests_may_not_be_observed(bench: Bench) -> None:
    (problem,) = problems(bench.mapping(source(table("tests", TESTS, repeats="observe"))))
    assert "can't be observed" in problem.what


def test_students_without_a_student_column(bench: Bench) -> None:
    (problem,) = problems(bench.mapping(source(table("tests", TESTS), student=None)))
    assert "names no student column" in problem.what


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ({"delimiter": "::"}, "one character"),
        ({"delimiter": '"'}, "one character"),
        ({"encoding": "utf8"}, "choices"),
        ({"header": False}, "needs “columns”"),
        ({"columns": ["a"]}, "needs “columns”"),
        ({"header": False, "columns": ["a", "a"]}, "named twice"),
    ],
)
def test_a_bad_format(bench: Bench, form: dict[str, Any], what: str) -> None:
    assert what in problems(bench.mapping(results_source(format=form)))[0].what


def test_two_sources_of_one_name(bench: Bench) -> None:
    (problem,) = problems(bench.mapping(results_source(), results_source()))
    assert problem.field == "sources[2].name"


def test_every_problem_is_told_at_once(bench: Bench) -> None:
    columns = TESTS | {"scale_scor": "Score", "grade": {"constant": "13"}}
    assert len(problems(bench.mapping(source(table("tests", columns))))) == 2


def test_the_district_of_the_mapping_and_of_the_station(bench: Bench) -> None:
    path = bench.file("Id\n")
    mapping = bench.mapping(results_source(), district="1040")
    with pytest.raises(InputError, match="another district"):
        import_files(bench.station, mapping, [path])


def test_the_example_reads() -> None:
    examples = Path(__file__).parents[3] / "examples"
    mapping, _ = read_mapping(examples / "three-districts" / "mapping.yaml")
    assert mapping.source_for("470", 0).keep == {"DISTRICT_NUMBER": ("470",)}
