"""The memorandum: what it says, and that any charter can be set as PDF and Word."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from charter_stub import StubCatalogue
from charter_text import EAST, SMALL, WEST, changed, write

from accord.charter.document import Memorandum, memorandum, write_pdf, write_word
from accord.charter.document.parts import Bullets, Paragraph, Table
from accord.charter.drafts import example
from accord.charter.sign import read_signed, sign_charter


def made(folder: Path, known: StubCatalogue, text: str = SMALL) -> Memorandum:
    return memorandum(read_signed(write(folder, text)), known)


def words(document: Memorandum, heading: str) -> str:
    """Everything that a section says, a line for each paragraph, item and row."""
    (section,) = [part for part in document.sections if part.heading.startswith(heading)]
    lines: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph():
                lines.append(block.text)
            case Bullets():
                lines.extend(block.items)
            case Table():
                lines.extend(" | ".join(row) for row in (block.header, *block.rows))
    return "\n".join(lines)


def test_it_says_the_charter_in_plain_words(tmp_path: Path, known: StubCatalogue) -> None:
    document = made(tmp_path, known)
    assert document.subtitle == (
        "Between East Unified and West Unified, from August 15, 2022 to June 30, 2027"
    )
    assert "1. Mathematics for all. | E1 | W1" in words(document, "Goals")
    assert "Units made together. (For goal 1.)" in words(document, "Strategies")
    assert "East: Director of Mathematics; West: Head of Curriculum" in words(document, "Strands")
    indicators = words(document, "Indicators")
    assert "| 1 | Lower | chronic-absenteeism@1.0\nfrom 2020–21" in indicators
    targets = words(document, "Targets")
    assert "| All students | Both | 2.5 points higher each year, counted from 2021–22." in targets
    assert (
        "| English learners students | East | "
        "By 2025–26, half the gap of 2021–22 to the group “All students”."
    ) in targets
    assert "two formal meetings in each school term" in words(document, "Meetings")
    assert "kept for five years" in words(document, "Purpose and retention")


def test_it_says_what_leaves_and_what_never_does(tmp_path: Path, known: StubCatalogue) -> None:
    said = words(made(tmp_path, known), "What leaves")
    assert (
        "The partner districts | The district as a whole | All students, and every group named "
        "below | Each grade, and all grades together | Every indicator of this charter"
    ) in said
    assert "The public" not in said
    assert "a value of a group of fewer than 11 students" in said
    assert "a rate of which fewer than three students are part" in said
    assert "even with what two students of the group may know" in said
    assert "any number about a single school" in said
    assert "those of a school then those of a district" in said

    with_schools = changed(
        ("level: district", "level: school"), ("groups: all\n", "groups: [white]\n")
    )
    said = words(made(tmp_path, known, with_schools), "What leaves")
    assert "any number about a single school" not in said
    assert "The partner districts | Each school | White students |" in said


def test_the_same_target_of_several_groups_is_one_row(tmp_path: Path, known: StubCatalogue) -> None:
    document = made(tmp_path, known, example("cedar-harbor"))
    rows = words(document, "Targets").split("\n")
    (row,) = [row for row in rows if row.startswith("Chronic absenteeism") and "; " in row]
    assert row.split(" | ")[1].count("; ") == 3


def test_it_is_a_draft_until_every_party_has_signed(tmp_path: Path, known: StubCatalogue) -> None:
    path = write(tmp_path)
    sign_charter(path, EAST, known)
    draft = memorandum(read_signed(path), known)
    assert draft.is_draft
    assert draft.notice == "Draft. Signed by East Unified; not signed by West Unified."
    assert [one.state for one in draft.signatures] == [
        "Signed with this key",
        "Not signed with this key yet",
    ]
    assert len(draft.signatures[0].fingerprint.split()) == 8
    sign_charter(path, WEST, known)
    signed = memorandum(read_signed(path), known)
    assert not signed.is_draft
    assert signed.notice == "Signed by every party, and in force."


def test_more_than_three_districts_have_a_row_each(tmp_path: Path, known: StubCatalogue) -> None:
    extra = "".join(
        f'  - {{id: "{code}", name: {name} Unified, short: {name}, plan: Plan, key: pending}}\n'
        for code, name in (("030", "North"), ("040", "South"))
    )
    text = changed(
        ("goal: Every student", f"{extra}goal: Every student"),
        ('"020": W1}', '"020": W1, "030": N1, "040": S1}'),
    )
    goals = words(made(tmp_path, known, text), "Goals")
    assert "1. Mathematics for all. | South | S1" in goals


HOSTILE = '#panic("x") $1/0$ [*_`@<a>] \\ // /* "quoted" <w:t>&amp; ]]> {{1}} ŵ ß Ω ж'


@pytest.mark.parametrize(
    ("text", "accessible"), [(HOSTILE, True), (f"{HOSTILE} 学习 \U0001f393 \U000f1234", False)]
)
def test_whatever_a_charter_says_is_shown_and_never_run(
    tmp_path: Path, known: StubCatalogue, text: str, accessible: bool
) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    document = made(
        tmp_path,
        known,
        changed(
            ("goal: Every student thrives.", f"goal: {quoted}"),
            ("name: East–West Partnership", f"name: {quoted}"),
            ("name: Numbers", f"name: {quoted}"),
        ),
    )
    write_pdf(document, tmp_path / "charter.pdf")
    pdf = (tmp_path / "charter.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-1.7")
    assert (b"<pdfuaid:part>1</pdfuaid:part>" in pdf) == accessible
    write_word(document, tmp_path / "charter.docx")
    word = docx.Document(str(tmp_path / "charter.docx"))
    assert text in [paragraph.text for paragraph in word.paragraphs]


def test_the_word_document_has_headings_header_rows_and_the_hash(
    tmp_path: Path, known: StubCatalogue
) -> None:
    document = made(tmp_path, known, example("cedar-harbor"))
    write_word(document, tmp_path / "charter.docx")
    word = docx.Document(str(tmp_path / "charter.docx"))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert headings[0] == "1. What we want together"
    assert headings[-1] == "Signatures"
    assert len(headings) == len(document.sections) + 1
    assert document.short_hash in word.sections[0].footer.paragraphs[0].text
    assert "Draft" in word.sections[0].header.paragraphs[0].text
    with zipfile.ZipFile(tmp_path / "charter.docx") as package:
        body = package.read("word/document.xml").decode()
    assert body.count("<w:tblHeader") == body.count("<w:tbl>") == len(word.tables)
    assert document.hash in body


def test_a_table_whose_rows_do_not_fit_its_header_can_not_be_made() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table("Caption", ("a", "b"), (("1",),), (1, 1))
