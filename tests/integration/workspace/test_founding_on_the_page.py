"""Before a charter: letters that both agree to, conditions that each answers by itself first."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accord.workspace.editing.saving import waiting
from accord.workspace.founding.answering import sides_of
from accord.workspace.founding.conditions import load_conditions
from accord.workspace.founding.models import Letter, Readiness
from accord.workspace.people.models import District
from accord.workspace.people.roles import Role
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.trail.models import Event
from workspace_world import World

FIRST = load_conditions().conditions[0]
PDF = b"%PDF-1.7 and so on"
LETTER = {"title": "Could we learn?", "looks_into": "Absence", "visibility": "partners"}


def address(route: str, *parts: object) -> str:
    return reverse(route, args=["cedar-harbor", *parts])


def bring(world: World, *, name: str = "letter.pdf", data: bytes = PDF, **told: str) -> str:
    """What the page says after a letter was brought; empty where it was kept."""
    today = timezone.localdate()
    days = {"since": str(today), "until": str(today + timedelta(days=90))}
    sent = LETTER | days | told | {"file": SimpleUploadedFile(name, data)}
    answer = world.client(Role.SUPERINTENDENT).post(address("new-letter"), sent)
    return "" if answer.status_code == 302 else answer.content.decode()


def text_of(world: World, role: Role, district: District | None, route: str, *parts: object) -> str:
    return world.client(role, district).get(address(route, *parts)).content.decode()


def answer_all(world: World, district: District, choice: str, words: str) -> Readiness:
    """A district answers every condition alike, and shares it."""
    client = world.client(Role.LEAD, district)
    client.post(address("begin-conditions"))
    made = Readiness.objects.filter(district=district).latest("pk")
    for one in load_conditions().conditions:
        way = address("answer-condition", made.pk, one.id)
        client.post(way, {"choice": choice, "words": words, "seen": "1"})
    client.post(address("share-conditions", made.pk))
    return made


def test_each_superintendent_agrees_for_their_own_district_with_name_and_time(
    world: World,
) -> None:
    assert bring(world) == ""
    letter = Letter.objects.get()
    agree = address("agree-letter", letter.pk)
    own, other = world.client(Role.SUPERINTENDENT), world.client(Role.SUPERINTENDENT, world.harbor)
    own.post(agree)
    assert own.post(agree).status_code == 409, "once is enough"
    page = text_of(world, Role.BOARD, world.harbor, "letter", letter.pk)
    assert "Waits for the superintendent of Harbor Point" in page
    other.post(agree)
    page = text_of(world, Role.BOARD, world.harbor, "letter", letter.pk)
    assert "Agreed to by all" in page
    assert world.person(Role.SUPERINTENDENT, world.harbor).name in page
    agreed = Event.objects.filter(act="agreed to explore")
    assert {event.said["file"] for event in agreed} == {letter.upload.hash}
    assert world.client(Role.LEAD).post(agree).status_code == 403


def test_what_was_agreed_to_does_not_change(world: World) -> None:
    bring(world)
    letter = Letter.objects.get()
    owner = world.client(Role.SUPERINTENDENT)
    owner.post(address("agree-letter", letter.pk))
    refused = owner.post(address("edit-letter", letter.pk), LETTER | {"title": "Something else"})
    assert refused.status_code == 422
    letter.refresh_from_db()
    assert letter.title == "Could we learn?"


def test_a_letter_that_the_partner_cannot_read_is_not_agreed_to(world: World) -> None:
    bring(world, visibility="district")
    way = address("agree-letter", Letter.objects.get().pk)
    assert world.client(Role.SUPERINTENDENT).post(way).status_code == 422
    assert world.client(Role.SUPERINTENDENT, world.harbor).post(way).status_code == 404


def test_a_letter_is_a_pdf_and_ends_after_it_begins(world: World) -> None:
    assert "Bring the letter as a PDF" in bring(world, name="letter.docx")
    assert "it is something else" in bring(world, data=b"not a PDF")
    assert "not after the day" in bring(world, until=str(timezone.localdate()))
    assert not Letter.objects.exists()


def test_either_superintendent_says_what_it_led_to(world: World) -> None:
    bring(world)
    letter = Letter.objects.get()
    way, other = address("end-letter", letter.pk), world.client(Role.SUPERINTENDENT, world.harbor)
    refused = other.post(way, {"outcome": "charter", "words": ""})
    assert "before this letter began" in refused.content.decode(), "its charter is of 2022"
    other.post(way, {"outcome": "nothing", "words": "We count absence in two ways."})
    page = text_of(world, Role.LEAD, None, "letter", letter.pk)
    assert "It ended without a charter" in page
    assert "We count absence in two ways." in page
    assert other.post(address("agree-letter", letter.pk)).status_code == 422


def test_a_letter_that_led_to_the_charter_has_its_founding_day(world: World) -> None:
    bring(world, since="2022-02-01", until="2022-08-01")
    letter = Letter.objects.get()
    world.client(Role.SUPERINTENDENT).post(
        address("end-letter", letter.pk), {"outcome": "charter", "words": ""}
    )
    page = text_of(world, Role.BOARD, None, "letters")
    assert "It led to the charter founded on August 15, 2022" in page


def test_nobody_reads_the_partners_answers_before_their_own_are_shared(world: World) -> None:
    answer_all(world, world.cedar, "yes", "We call them first.")
    before = text_of(world, Role.LEAD, world.harbor, "conditions")
    assert "Cedar Valley has shared its answers." in before
    assert "We call them first." not in before
    found = address("search") + "?q=call+first"
    harbor = world.client(Role.LEAD, world.harbor)
    assert "We call them first." not in harbor.get(found).content.decode()
    answer_all(world, world.harbor, "not-yet", "They do not call us.")
    for district in (world.cedar, world.harbor):
        page = text_of(world, Role.LEAD, district, "conditions")
        assert "We call them first." in page
        assert "They do not call us." in page
    assert "first" in harbor.get(found).content.decode()


def test_a_facilitator_of_no_district_reads_what_is_shared_and_nothing_else(world: World) -> None:
    world.client(Role.LEAD).post(address("begin-conditions"))
    made = Readiness.objects.get()
    way = address("answer-condition", made.pk, FIRST.id)
    world.client(Role.LEAD).post(way, {"choice": "unknown", "words": "A secret", "seen": "1"})
    assert "A secret" in text_of(world, Role.ANALYST, world.cedar, "conditions")
    assert "A secret" not in text_of(world, Role.FACILITATOR, None, "conditions")


def test_where_the_districts_differ_is_pointed_out_and_nothing_is_added_up(world: World) -> None:
    answer_all(world, world.cedar, "yes", "Yes.")
    made = answer_all(world, world.harbor, "yes", "Yes.")
    made.answers.filter(condition=FIRST.id).update(choice="unknown")
    made.answers.exclude(condition=FIRST.id).filter(condition="patience").update(choice="not-yet")
    sides = sides_of(world.actor(Role.BOARD))
    assert [row.condition.id for row in sides.differing] == [FIRST.id, "patience"]
    page = text_of(world, Role.BOARD, None, "conditions")
    assert "The districts differ on two conditions of 14." in page


def test_answers_are_shared_whole_and_stand_from_then_on(world: World) -> None:
    lead = world.client(Role.LEAD)
    lead.post(address("begin-conditions"))
    made = Readiness.objects.get()
    refused = lead.post(address("share-conditions", made.pk))
    assert "14 conditions are not answered" in refused.content.decode()
    assert lead.post(address("begin-conditions")).status_code == 409, "one set at a time"
    for answer in made.answers.all():
        answer.choice, answer.words = "yes", "We do."
        answer.save()
    lead.post(address("share-conditions", made.pk))
    way = address("answer-condition", made.pk, FIRST.id)
    assert lead.post(way, {"choice": "unknown", "words": "Later", "seen": "1"}).status_code == 422
    answer_all(world, world.cedar, "not-yet", "Something changed.")
    page = text_of(world, Role.LEAD, None, "conditions")
    assert page.index("Something changed.") < page.index("Earlier answers") < page.rindex("We do.")


def test_an_answer_says_why_and_leads_on_to_the_next(world: World) -> None:
    lead = world.client(Role.LEAD)
    begun = lead.post(address("begin-conditions"))
    made = Readiness.objects.get()
    first = address("answer-condition", made.pk, FIRST.id)
    assert begun["Location"] == first
    bare = lead.post(first, {"choice": "yes", "words": "", "seen": "1"})
    assert bare.status_code == 422
    told = lead.post(first, {"choice": "yes", "words": "We do.", "seen": "1"})
    assert told["Location"] == address("answer-condition", made.pk, "both-learn")
    last = load_conditions().conditions[-1].id
    done = lead.post(
        address("answer-condition", made.pk, last), {"choice": "yes", "words": "So.", "seen": "1"}
    )
    assert done["Location"] == f"{address('conditions')}#{last}"


def test_two_colleagues_at_one_answer_are_both_kept(world: World) -> None:
    lead, head = world.client(Role.LEAD), world.client(Role.SUPERINTENDENT)
    lead.post(address("begin-conditions"))
    made = Readiness.objects.get()
    way = address("answer-condition", made.pk, FIRST.id)
    lead.post(way, {"choice": "yes", "words": "They talk.", "seen": "1"})
    head.post(way, {"choice": "not-yet", "words": "We do not.", "seen": "1"})
    (other,) = waiting(made.answers.get(condition=FIRST.id))
    assert dict(other.said) == {"choice": "not-yet", "words": "We do not."}
    page = text_of(world, Role.LEAD, None, "conditions")
    assert "They talk." in page
    assert "Two people changed this at the same time." in page


def test_every_condition_is_a_question_with_a_source() -> None:
    known = load_conditions()
    for condition in known.conditions:
        assert condition.asks.endswith("?")
        assert known.source_of(condition).address.startswith("https://")


def test_the_pack_is_whole_and_holds_nothing_of_the_districts(world: World) -> None:
    answer = world.client(Role.RESEARCHER).get(address("replication-pack"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        names = pack.namelist()
        word = zipfile.ZipFile(io.BytesIO(pack.read("memorandum.docx")))
        texts = [pack.read(name).decode() for name in names if not name.endswith("docx")]
        texts.append(word.read("word/document.xml").decode())
    assert {"README.md", "conditions.md", "charter.yaml", "memorandum.docx"} <= set(names)
    assert "definitions/chronic-absenteeism@1.0.yaml" in names
    charter = charter_now(world.served)
    for text in texts:
        for party in charter.parties:
            for own in (party.id, party.name, party.short, party.plan, party.key):
                assert own not in text
        assert not [lead for one in charter.strands for lead in one.leads.values() if lead in text]
        assert charter.partnership.name not in text
        assert charter.hash not in text
