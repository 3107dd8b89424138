"""What looks like a student, and what does not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import typst
import xlsxwriter

from accord.workspace.notes.forms import NoteForm
from accord.workspace.people.roles import Role
from accord.workspace.screening import files
from accord.workspace.screening.files import signs_in_file, text_of_file
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


LISTED = "4100233871 moved in May."


def text(path: Path) -> None:
    path.write_text(LISTED, encoding="utf-8")


def workbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet().write_row(0, 0, [4100233871, "Ada Example"])


def document(path: Path) -> None:
    """Word keeps a number in two runs where somebody typed it in two goes."""
    made = docx.Document()
    made.add_paragraph("What we saw")
    line = made.add_paragraph("41002")
    line.add_run("33871 moved in May.")
    made.save(str(path))


def slides(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("ppt/presentation.xml", "<p:presentation/>")
        packed.writestr("ppt/slides/slide1.xml", f"<a:p><a:t>{LISTED}</a:t></a:p>")


def pdf(path: Path) -> None:
    source = path.with_suffix(".typ")
    source.write_text(LISTED, encoding="utf-8")
    path.write_bytes(typst.compile(str(source)))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("list.csv", text),
        ("list.xlsx", workbook),
        ("list.docx", document),
        ("list.pptx", slides),
        ("list.pdf", pdf),
    ],
)
def test_a_student_is_known_in_a_file_of_any_kind(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    make(tmp_path / name)
    assert [found.id for found in signs_in_file(tmp_path / name)] == ["state-identifier"]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 and no more", b"PK\x03\x04 and no more", b"\x89PNG\r\n\x1a\n\xff"]
)
def test_a_file_that_can_not_be_read_shows_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    assert signs_in_file(tmp_path / "file") == ()


def test_a_part_whose_packing_is_damaged_shows_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "torn.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:p>{LISTED}</w:p>" * 50)
    torn = bytearray((tmp_path / "torn.docx").read_bytes())
    torn[50:60] = b"\xff" * 10
    (tmp_path / "torn.docx").write_bytes(torn)
    assert text_of_file(tmp_path / "torn.docx") == ""


def test_a_part_that_unpacks_to_very_much_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_LARGEST_PART", 1000)
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:p>{LISTED}</w:p>" + " " * 100_000)
    assert text_of_file(tmp_path / "bomb.docx") == ""


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
