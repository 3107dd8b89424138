"""The note for parents and boards: one page that says what the charter says, and no more."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import unescape
from importlib.resources import files
from pathlib import Path

import docx
import pytest
import typst
from charter_stub import StubCatalogue
from charter_text import EAST, SMALL, WEST, changed, write

from accord.charter.document import Memorandum, note, write_pdf, write_web, write_word
from accord.charter.document.parts import Bullets, Paragraph
from accord.charter.drafts import EXAMPLES, example
from accord.charter.sign import read_signed, sign_charter
from accord.reports.fonts import FONTS


def made(folder: Path, known: StubCatalogue, text: str = SMALL) -> Memorandum:
    return note(read_signed(write(folder, text)), known)


def words(document: Memorandum, heading: str) -> str:
    """Everything that a section says, a line for each paragraph, item and row."""
    (section,) = [part for part in document.sections if part.heading == heading]
    lines: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph():
                lines.append(block.text)
            case Bullets():
                lines.extend(block.items)
            case _:
                lines.extend(" | ".join(row) for row in block.rows)
    return "\n".join(lines)


def pages(document: Memorandum) -> int:
    """How many pages the template sets it on."""
    template = (files("accord.charter.document") / "memorandum.typ").read_bytes()
    images = typst.compile(
        template,
        font_paths=typst.Fonts(font_paths=[FONTS]),
        sys_inputs={"memorandum": json.dumps(asdict(document))},
        format="png",
        ppi=20,
    )
    return len(images) if isinstance(images, list) else 1


def test_it_says_what_leaves_and_for_whom(tmp_path: Path, known: StubCatalogue) -> None:
    document = made(tmp_path, known)
    assert "East Unified and West Unified work together" in words(document, "What this is about")
    leaves = words(document, "What leaves")
    assert "The partner districts | The district as a whole |" in leaves
    assert "each grade" in leaves
    assert "The public" not in leaves


def test_what_never_leaves_follows_the_charters_rules(tmp_path: Path, known: StubCatalogue) -> None:
    never = words(made(tmp_path, known), "What never leaves")
    assert "A value about fewer than 11 students" in never
    assert "fewer than three students are part" in never
    assert "A value about a single school" in never
    with_schools = changed(("level: district", "level: school"))
    never = words(made(tmp_path, known, with_schools), "What never leaves")
    assert "A value about a single school" not in never


def test_it_says_how_long_records_are_kept_and_whom_to_ask(
    tmp_path: Path, known: StubCatalogue
) -> None:
    document = made(tmp_path, known)
    assert "kept for five years, inside the district" in words(document, "How it is kept safe")
    questions = words(document, "Questions")
    assert "Superintendent, East Unified; Superintendent, West Unified" in questions
    assert document.short_hash in questions


def test_a_note_of_an_unsigned_charter_is_a_draft(tmp_path: Path, known: StubCatalogue) -> None:
    path = write(tmp_path)
    assert note(read_signed(path), known).notice.startswith("Draft. Not signed by")
    for key in (EAST, WEST):
        sign_charter(path, key, known)
    signed = note(read_signed(path), known)
    assert (signed.is_draft, signed.notice) == (False, "Signed by every party, and in force.")


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_fits_on_one_page(tmp_path: Path, known: StubCatalogue, name: str) -> None:
    assert pages(made(tmp_path, known, example(name))) == 1


def test_every_form_shows_the_same_words(tmp_path: Path, known: StubCatalogue) -> None:
    hostile = "Every <b>student</b> & $1/0$"
    document = made(tmp_path, known, changed(("name: East–West Partnership", f"name: '{hostile}'")))
    write_web(document, tmp_path / "note.html")
    write_word(document, tmp_path / "note.docx")
    write_pdf(document, tmp_path / "note.pdf")
    page = (tmp_path / "note.html").read_text()
    word = "\n".join(each.text for each in docx.Document(str(tmp_path / "note.docx")).paragraphs)
    assert "<b>student" not in page
    for said in (hostile, document.title, words(document, "Questions")):
        assert said in unescape(page)
        assert said in word
    assert "Signatures" not in word
    assert (tmp_path / "note.pdf").read_bytes().startswith(b"%PDF")
