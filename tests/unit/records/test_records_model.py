"""The record model: what others rely on, and the page made from it."""

from __future__ import annotations

import pytest

from accord.station.records import record_model, reference_page
from accord.station.records.model import Field, FieldType, Table
from accord.station.records.reasons import reasons, sentences


def test_every_table_the_facts_need_is_there() -> None:
    assert record_model().table_names == (
        "schools", "students", "enrolments", "attendance", "absences", "tests", "interim_tests",
        "english_status", "programmes", "incidents", "courses", "course_list", "pathways",
        "college_exams", "completions", "cohorts", "postsecondary",
        "postsecondary_statuses", "staff_assignments",
        "implementation", "names",
    )  # fmt: skip


def test_stored_types() -> None:
    columns = record_model().table("tests").columns
    assert columns["student"] == "VARCHAR"
    assert columns["school_year"] == "VARCHAR"
    assert columns["grade"] == "SMALLINT"
    assert columns["test_date"] == "DATE"
    assert columns["tested"] == "BOOLEAN"
    assert list(columns)[-1] == "line"
    assert record_model().table("absences").columns["days"] == "DECIMAL(6,2)"


def test_only_names_are_kept_apart() -> None:
    assert [table.name for table in record_model().tables if table.apart] == ["names"]


def test_a_pseudonym_stands_for_a_student_or_for_staff_and_never_for_both() -> None:
    people = {
        table.name: table.person.type.value if table.person else None
        for table in record_model().tables
    }
    assert people.pop("staff_assignments") == "staff"
    assert {name for name, person in people.items() if person is None} == {
        "schools",
        "course_list",
        "implementation",
    }
    assert set(people.values()) == {"student", None}


def test_nothing_unknown_is_found() -> None:
    with pytest.raises(KeyError):
        record_model().table("grades")
    with pytest.raises(KeyError):
        record_model().table("tests").field("score")


def test_a_key_of_an_unknown_field_is_refused() -> None:
    field = Field(name="school", type=FieldType.ID, meaning="A school.")
    with pytest.raises(ValueError, match="unknown field"):
        Table(name="schools", title="Schools", about="", key=("scool",), fields=(field,))


def test_every_reason_has_words() -> None:
    for table in record_model().tables:
        for rule in table.rules:
            assert sentences(f"{table.name}.{rule.name}") == (rule.what, rule.remedy)
    for reason in reasons().values():
        assert sentences(reason.id) == (reason.what, reason.remedy)


def test_the_page_has_every_table_field_and_code() -> None:
    page = reference_page()
    for table in record_model().tables:
        section = page.split(f"\n## {table.title}\n")[1].split("\n## ")[0]
        for field in table.fields:
            assert f"| `{field.name}` |" in section
            assert all(f"`{code}`" in section for code in field.codes)
        assert all(rule.what in section for rule in table.rules)
    assert all(f"`{reason}`" in page for reason in reasons())
