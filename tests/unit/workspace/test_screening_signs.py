"""What looks like a student, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from accord.workspace.notes.forms import NoteForm
from accord.workspace.people.roles import Role
from accord.workspace.screening.files import signs_in_file
from accord.workspace.screening.signs import signs_in
from workspace_world import World


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Look at 4100233871 before we meet.", "state-identifier"),
        ("His number is 123-45-6789.", "social-security"),
        ("Student ID: 204417 was reclassified.", "local-identifier"),
        ("The girl born 3/14/2012 left in May.", "birth-date"),
        ("The student named Ada Example moved.", "named-student"),
        ("The family of Ada Example called.", "named-student"),
        ("Only three students at Lincoln passed.", "few-at-a-place"),
        ("We reclassified 4 long-term English learners at Harbor Middle.", "few-at-a-place"),
    ],
)
def test_it_looks_like_a_student(text: str, sign: str) -> None:
    assert [found.id for found in signs_in(text)] == [sign]


@pytest.mark.parametrize(
    "text",
    [
        "Chronic absenteeism fell from 23.4 % to 20.1 % in Cedar Valley.",
        "Visit four grade 7 classrooms in each district with the same look-for sheet.",
        "120 students at Lincoln passed.",
        "Only three students passed.",
        "We meet at Lincoln. Three students spoke.",
        "The district's code is 99100010000000.",
        "Call 555-0100 before March 3, 2026.",
        "Train forty lead teachers to run lesson study at their own schools.",
    ],
)
def test_it_does_not(text: str) -> None:
    assert signs_in(text) == ()


def test_the_charters_smallest_group_decides_what_is_few() -> None:
    text = "Only 14 students at Lincoln passed."
    assert signs_in(text) == ()
    assert [found.id for found in signs_in(text, smallest=20)] == ["few-at-a-place"]


def test_a_form_warns_before_it_is_shared_and_passes_with_a_tick(world: World) -> None:
    told = {"text": "Only three students at Lincoln passed.", "visibility": "partners"}
    actor = world.actor(Role.LEAD)
    form = NoteForm(told, actor=actor)
    assert not form.is_valid()
    assert "a small number of students" in str(form.errors)
    assert "Lincoln" not in str(form.errors), "the warning repeats nothing"
    again = NoteForm(told | {"looked": "on"}, actor=actor)
    assert again.is_valid()
    assert again.overlooked == ("few-at-a-place",)
    assert "looked" not in again.cleaned_data
    alone = NoteForm(told | {"visibility": "author"}, actor=actor)
    assert alone.is_valid(), "what its author alone sees is not shared"


def test_a_list_of_students_is_known_in_a_table_and_in_a_workbook(tmp_path: Path) -> None:
    table = tmp_path / "students.csv"
    table.write_text("SSID,Name\n4100233871,Ada Example\n", encoding="utf-8")
    assert [found.id for found in signs_in_file(table)] == ["state-identifier"]
    book = tmp_path / "students.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        made.add_worksheet().write_row(0, 0, [4100233871, "Ada Example"])
    assert [found.id for found in signs_in_file(book)] == ["state-identifier"]


def test_a_list_of_students_brought_as_a_release_is_named_and_not_kept(
    world: World, tmp_path: Path
) -> None:
    wrong = tmp_path / "release.accord"
    wrong.write_text("SSID,Name\n4100233871,Ada Example\n", encoding="utf-8")
    with wrong.open("rb") as file:
        answer = world.client(Role.ANALYST).post("/p/cedar-harbor/releases/bring/", {"file": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It looks like a list of students" in page
    assert "4100233871" not in page
    assert not list((tmp_path / "partnerships").glob("**/pending/*"))
