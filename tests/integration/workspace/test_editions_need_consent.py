"""An edition leaves with every district's consent to that very edition, and with every reply."""

from __future__ import annotations

import io

import openpyxl
import pytest

from accord.workspace.editions.models import Edition
from accord.workspace.people.roles import Role
from workspace_world import CHRONIC, World

EDITIONS = "/p/cedar-harbor/editions/"
TOLD = {
    "title": "Attendance, for our board",
    "readers": "our board, March 3",
    "audience": "partners",
    "indicators": [CHRONIC],
    "words": "Both districts began to call in August.",
}


@pytest.fixture
def asked(world: World) -> Edition:
    lead = world.client(Role.LEAD)
    lead.post(f"{EDITIONS}new/", TOLD)
    edition = Edition.objects.get()
    lead.post(f"{EDITIONS}{edition.pk}/ask/")
    edition.refresh_from_db()
    return edition


def answer(world: World, edition: Edition, kind: str, reply: str = "") -> int:
    other = world.client(Role.SUPERINTENDENT, world.harbor)
    return other.post(f"{EDITIONS}{edition.pk}/", {"kind": kind, "reply": reply}).status_code


def test_a_draft_is_its_authors_alone_and_leaves_nowhere(world: World) -> None:
    lead = world.client(Role.LEAD)
    lead.post(f"{EDITIONS}new/", TOLD)
    edition = Edition.objects.get()
    file = f"{EDITIONS}{edition.pk}/edition.xlsx"
    assert lead.get(file).status_code == 409
    assert world.client(Role.LEAD, world.harbor).get(file).status_code == 404


def test_it_does_not_leave_before_the_other_district_consents(world: World, asked: Edition) -> None:
    page = world.client(Role.LEAD).get(f"{EDITIONS}{asked.pk}/").content.decode()
    assert "Not to be passed on." in page
    answer = world.client(Role.LEAD).get(f"{EDITIONS}{asked.pk}/edition.xlsx")
    assert answer.status_code == 409
    assert "Harbor Point has not answered" in answer.content.decode()


def test_a_reply_stands_on_the_first_sheet(world: World, asked: Edition) -> None:
    assert answer(world, asked, "consents", "We began in September, not in August.") == 302
    file = world.client(Role.LEAD).get(f"{EDITIONS}{asked.pk}/edition.xlsx")
    assert file.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(file.content))["Read me"]
    lines = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert lines["Harbor Point replies"] == "We began in September, not in August."
    assert lines["Cedar Valley writes"] == TOLD["words"]
    assert lines["Consented to"] == asked.hash


def test_a_refusal_keeps_it_in(world: World, asked: Edition) -> None:
    answer(world, asked, "consents")
    answer(world, asked, "refuses", "The chart lacks our break in 2022.")
    file = world.client(Role.LEAD).get(f"{EDITIONS}{asked.pk}/edition.xlsx")
    assert file.status_code == 409
    assert "does not consent" in file.content.decode()


def test_what_was_changed_after_consent_does_not_leave(world: World, asked: Edition) -> None:
    answer(world, asked, "consents")
    Edition.objects.filter(pk=asked.pk).update(title="Harbor Point fails")
    file = world.client(Role.LEAD).get(f"{EDITIONS}{asked.pk}/edition.xlsx")
    assert file.status_code == 409


def test_its_own_district_has_nothing_to_answer(world: World, asked: Edition) -> None:
    own = world.client(Role.SUPERINTENDENT).post(f"{EDITIONS}{asked.pk}/", {"kind": "consents"})
    assert own.status_code == 422
    assert "consent to this edition was not asked" in own.content.decode()
