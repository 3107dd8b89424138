"""The library on its pages: practices, files that are what they say, words that were approved."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accord.workspace.library import uploads
from accord.workspace.library.models import Document, Practice, Quotation, Upload
from accord.workspace.people.roles import Role
from workspace_world import World

PRACTICE = {"title": "Calls", "what": "Call", "evidence": "Six schools", "strand": "",
            "visibility": "partners"}  # fmt: skip


def address(route: str, *parts: object) -> str:
    return reverse(route, args=["cedar-harbor", *parts])


def office(part: str, *more: str) -> bytes:
    """The bytes of an Office file with a part, and with others."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("[Content_Types].xml", part, *more):
            packed.writestr(name, "<x/>")
    return out.getvalue()


def bring(world: World, name: str, data: bytes, **told: str) -> str:
    """What the page says after a file was brought; empty where it was kept."""
    form = {"title": "Protocol", "visibility": "partners", "file": SimpleUploadedFile(name, data)}
    answer = world.client(Role.LEAD).post(address("new-document"), form | told)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_each_district_says_where_it_stands_and_why_and_the_earlier_word_stays(
    world: World,
) -> None:
    lead, other = world.client(Role.LEAD), world.client(Role.STRAND_LEAD, world.harbor)
    lead.post(address("new-practice"), PRACTICE)
    stand = address("stand", Practice.objects.get().pk)
    lead.post(stand, {"choice": "adopted", "why": "It works here."})
    other.post(stand, {"choice": "looking", "why": "Clerks are shared."})
    other.post(stand, {"choice": "declined", "why": "Nobody has the hour."})
    page = world.client(Role.BOARD).get(address("practice", Practice.objects.get().pk))
    text = page.content.decode()
    assert text.index("Nobody has the hour.") < text.index("Said before")
    assert text.index("Said before") < text.index("Clerks are shared.")
    assert "Has not said yet." not in text


def test_two_who_change_a_practice_at_once_see_both(world: World) -> None:
    lead, other = world.client(Role.LEAD), world.client(Role.LEAD, world.harbor)
    lead.post(address("new-practice"), PRACTICE)
    edit = address("edit-practice", Practice.objects.get().pk)
    lead.post(edit, PRACTICE | {"what": "Call on the day", "seen": 1})
    other.post(edit, PRACTICE | {"what": "Call in the evening", "seen": 1})
    page = other.get(address("practice", Practice.objects.get().pk)).content.decode()
    assert "Call on the day" in page
    assert "Call in the evening" in page


class TestAFile:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.pdf", b"%PDF-1.7 and so on"),
            ("a.docx", office("word/document.xml")),
            ("a.XLSX", office("xl/workbook.xml")),
            ("a.jpeg", b"\xff\xd8\xff\xe0 and so on"),
            ("a.csv", "größe,zahl\n1,2\n".encode()),
        ],
    )
    def test_what_is_what_it_says_is_kept_and_comes_back_as_it_was(
        self, world: World, name: str, data: bytes
    ) -> None:
        assert bring(world, name, data) == ""
        file = address("document-file", Document.objects.get().pk)
        answer = world.client(Role.BOARD, world.harbor).get(file)
        assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
        assert answer["Content-Disposition"].startswith("attachment")

    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [
            ("a.pdf", b"<html><script>alert(1)</script>", "it is something else"),
            ("a.docx", office("xl/workbook.xml"), "it is something else"),
            ("a.docx", b"PK\x03\x04 broken", "it is something else"),
            ("a.docx", office("word/document.xml", "word/vbaProject.bin"), "carries macros"),
            ("a.csv", b"\xff\xfe\x00a", "it is something else"),
            ("a.exe", b"MZ", "keep this kind of file"),
            ("students", b"no end", "keep this kind of file"),
        ],
    )
    def test_what_is_not_is_refused_and_the_rest_of_the_form_stays(
        self, world: World, name: str, data: bytes, says: str
    ) -> None:
        page = bring(world, name, data, about="For principals")
        assert says in page
        assert "For principals" in page
        assert not Upload.objects.exists()

    def test_a_large_one_is_refused_with_its_size(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "LARGEST", 1_000_000)
        page = bring(world, "a.txt", b"x" * 3_000_000)
        assert "This file has 3 MB; the library keeps files up to 1 MB." in page

    def test_a_name_cannot_lead_out_of_the_folder(self, world: World) -> None:
        assert bring(world, "../../secret.txt", b"x") == ""
        kept = uploads.place_of(Upload.objects.get())
        assert kept.parent.name == "library"
        assert "/" not in Upload.objects.get().name


class TestAQuotation:
    def propose(self, world: World) -> Quotation:
        told = {"quoted": world.person(Role.PRINCIPAL).pk, "words": "=We listened.",
                "called": "a principal", "said_on": "2026-09-01", "occasion": "Visit"}  # fmt: skip
        world.client(Role.LEAD).post(address("new-quotation"), told)
        return Quotation.objects.get()

    def lines(self, world: World, role: Role) -> list[dict[str, str]]:
        answer = world.client(role).get(address("timeline-csv"))
        rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        return [row for row in rows if row["kind"] == "quotation"]

    def test_it_leaves_only_once_the_person_quoted_has_approved(self, world: World) -> None:
        answer = address("answer-quotation", self.propose(world).pk)
        assert self.lines(world, Role.LEAD) == []
        assert "We listened." not in str(world.client(Role.ANALYST).get(address("quotations")))
        assert world.client(Role.LEAD).post(answer, {"answer": "public"}).status_code == 404
        world.client(Role.PRINCIPAL).post(answer, {"answer": "partners"})
        assert self.lines(world, Role.RESEARCHER) == []
        (line,) = self.lines(world, Role.LEAD)
        assert (line["words"], line["said_by"]) == ("'=We listened.", "a principal")
        world.client(Role.PRINCIPAL).post(answer, {"answer": "public"})
        assert len(self.lines(world, Role.RESEARCHER)) == 1

    def test_what_was_declined_never_leaves(self, world: World) -> None:
        answer = address("answer-quotation", self.propose(world).pk)
        world.client(Role.PRINCIPAL).post(answer, {"answer": "no"})
        assert world.client(Role.PRINCIPAL).post(answer, {"answer": "public"}).status_code == 422
        assert self.lines(world, Role.LEAD) == []


def test_the_timeline_tells_what_happened_and_no_text(world: World) -> None:
    world.action(title="Call early", detail="Candid: nobody called")
    data = world.client(Role.LEAD).get(address("timeline-csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    assert {"action agreed", "release received"} <= {row["kind"] for row in rows}
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    assert "Candid" not in data
    outside = world.client(Role.RESEARCHER).get(address("timeline-csv")).content.decode()
    assert "Call early" not in outside


def test_the_glossary_has_the_charters_words_and_the_systems(world: World) -> None:
    page = world.client(Role.RESEARCHER).get(address("glossary")).content.decode()
    assert "Chronic absenteeism" in page
    assert "a post that takes part, with a role" in page
