"""A formal meeting from agenda to minutes, as its lead clicks through it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accord.workspace.actions.models import Action
from accord.workspace.meetings.evidence import is_untouched
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from workspace_world import CHRONIC, World


class Table:
    """The lead at the table."""

    def __init__(self, world: World) -> None:
        self.world, self.client = world, world.client(Role.LEAD)
        self.meeting = world.meeting()

    def post(self, name: str, *more: int, **sent: str) -> tuple[int, str]:
        """The answer to an act on the meeting or on one of its items."""
        address = reverse(name, args=[self.world.served.pk, self.meeting.pk, *more])
        response = self.client.post(address, sent)
        return response.status_code, response.content.decode()

    def item(self, indicator: str = CHRONIC) -> AgendaItem:
        return self.meeting.items.get(indicator=indicator)

    def decide(self, decision: str = "adjust") -> tuple[int, str]:
        pk = self.item().pk
        sent = {f"decision-{pk}-decision": decision, f"decision-{pk}-because": "The pace is real."}
        return self.post("decide-item", pk, **sent)

    def act(self, **changes: str) -> tuple[int, str]:
        pk = self.item().pk
        told = {
            "title": "Call every family after the third absence",
            "horizon": "immediate",
            "due": "2027-01-15",
            f"owner_{self.world.cedar.pk}": str(self.position(Role.LEAD)),
            f"owner_{self.world.harbor.pk}": str(self.position(Role.ANALYST, harbor=True)),
        } | changes
        return self.post("arising-action", pk, **{f"arising-{pk}-{k}": v for k, v in told.items()})

    def position(self, role: Role, *, harbor: bool = False) -> int:
        district = self.world.harbor if harbor else self.world.cedar
        return self.world.position(role, district).pk

    def settle_the_rest(self) -> None:
        for item in self.meeting.items.filter(outcome=""):
            assert self.post("settle-item", item.pk, outcome="unchanged")[0] == 302


@pytest.fixture
def table(world: World) -> Table:
    made = Table(world)
    made.post("begin-meeting")
    return made


def test_a_lead_plans_a_meeting_that_nobody_else_sees_until_it_is_sent(world: World) -> None:
    lead = world.client(Role.LEAD)
    sent = {"title": "Winter meeting", "day": "2027-01-20", "time": "09:00", "minutes": "90"}
    answer = lead.post(reverse("plan", args=[world.served.pk]), sent)
    page = answer["Location"]
    partner = world.client(Role.SUPERINTENDENT, world.harbor)
    assert partner.get(page).status_code == 404
    assert b"put off, to" not in lead.get(page).content
    lead.post(f"{page}share/")
    assert b"Winter meeting" in partner.get(page).content


def test_a_plan_with_a_mistake_comes_back_with_what_was_typed(world: World) -> None:
    sent = {"title": "Winter meeting", "day": "someday", "time": "09:00", "minutes": "90"}
    answer = world.client(Role.LEAD).post(reverse("plan", args=[world.served.pk]), sent)
    assert answer.status_code == 422
    assert b"Winter meeting" in answer.content
    assert b"Enter a valid date" in answer.content
    assert not Meeting.objects.exists()


def test_a_decision_freezes_the_evidence_as_it_stands(table: Table) -> None:
    assert table.decide()[0] == 302
    item = table.item()
    assert (item.decision, item.outcome) == ("adjust", "worked")
    evidence = item.evidence
    assert evidence is not None
    assert is_untouched(evidence)
    assert [one["number"] for one in evidence.releases] == [1, 1]
    assert evidence.drawing.startswith("<svg")
    said = " ".join(sentence for _, sentence in evidence.said["sentences"])
    assert "Cedar Valley fell from 34.0" in said
    evidence.said["sentences"] = []
    assert not is_untouched(evidence)


def test_an_action_needs_an_owner_in_each_district(table: Table) -> None:
    status, page = table.act(**{f"owner_{table.world.harbor.pk}": ""})
    assert status == 422
    assert "Name an owner in Harbor Point." in page
    assert "Call every family after the third absence" in page  # what was typed is kept
    assert not Action.objects.exists()
    assert table.act()[0] == 302
    action = table.item().actions.get()
    assert {str(owner.district) for owner in action.owners.all()} == {
        "Cedar Valley",
        "Harbor Point",
    }


def test_a_meeting_closes_only_when_nothing_is_silently_skipped(table: Table) -> None:
    table.decide()
    status, page = table.post("close-meeting")
    assert status == 422
    assert "“Suspension rate” is not settled." in page
    assert "“Chronic absenteeism” is to be adjusted, but no action says how." in page
    lone = table.world.action(owners=[table.world.position(Role.LEAD, table.world.cedar)])
    table.item().actions.add(lone)
    table.settle_the_rest()
    status, page = table.post("close-meeting")
    assert "has no owner in Harbor Point." in page
    lone.owners.add(table.world.position(Role.LEAD, table.world.harbor))
    assert table.post("close-meeting")[0] == 302
    table.meeting.refresh_from_db()
    assert table.meeting.is_closed


def test_one_click_settles_and_takes_back(table: Table) -> None:
    item = table.item("suspension-rate")
    table.post("settle-item", item.pk, outcome="not-discussed")
    item.refresh_from_db()
    assert (item.outcome, item.put_off_to) == ("not-discussed", None)
    table.post("settle-item", item.pk, outcome="")
    item.refresh_from_db()
    assert item.outcome == ""


def test_what_is_put_off_comes_back_at_the_next_meeting(table: Table) -> None:
    table.post("settle-item", table.item().pk, outcome="not-discussed")
    table.settle_the_rest()
    table.post("close-meeting")
    after = table.world.meeting(starts_at=timezone.now() + timedelta(days=60))
    again = after.items.get(indicator=CHRONIC)
    assert again.in_focus
    assert again.reasons[0] == "put off by the last meeting"


def test_open_actions_are_carried_over(table: Table) -> None:
    table.decide()
    table.act()
    table.settle_the_rest()
    table.post("close-meeting")
    after = table.world.meeting(starts_at=timezone.now() + timedelta(days=60))
    page = table.client.get(reverse("meeting", args=[table.world.served.pk, after.pk]))
    assert b"Call every family after the third absence" in page.content


def test_two_people_at_the_same_notes_keep_both(table: Table) -> None:
    other = table.world.client(Role.LEAD, table.world.harbor)
    item = table.item()
    for client, text in ((table.client, "by Cedar Valley"), (other, "by Harbor Point")):
        address = reverse("note-item", args=[table.world.served.pk, table.meeting.pk, item.pk])
        sent = {f"notes-{item.pk}-notes": text, f"notes-{item.pk}-seen": "1"}
        assert client.post(address, sent).status_code == 302
    page = other.get(reverse("meeting", args=[table.world.served.pk, table.meeting.pk]))
    shown = page.content.decode()
    assert "Two people wrote at the same time. Both are kept." in shown
    assert "by Cedar Valley" in shown
    assert "by Harbor Point" in shown


def test_the_minutes_of_a_closed_meeting_stand(table: Table) -> None:
    table.decide("stay")
    table.settle_the_rest()
    table.post("close-meeting")
    status, page = table.decide("adjust")
    assert status == 409
    assert "its record stands" in page
    assert table.item().decision == "stay"


def test_minutes_go_out_as_page_pdf_and_e_mail(table: Table) -> None:
    table.decide()
    table.act()
    table.settle_the_rest()
    table.post("close-meeting")
    address = reverse("minutes", args=[table.world.served.pk, table.meeting.pk])
    assert "Every other indicator" in table.client.get(address).content.decode()
    pdf = table.client.get(reverse("minutes-pdf", args=[table.world.served.pk, table.meeting.pk]))
    assert pdf.content.startswith(b"%PDF")
    table.client.post(address)
    (sent,) = mail.outbox
    assert table.world.person(Role.SUPERINTENDENT, table.world.harbor).email in sent.to
    assert "Chronic absenteeism: adjust. The pace is real." in sent.body
    assert [name for name, *_ in sent.attachments] == [f"minutes-{table.meeting.pk}.pdf"]


def test_published_minutes_are_read_by_everybody(table: Table) -> None:
    table.settle_the_rest()
    table.post("close-meeting")
    table.world.served.public_pages = True
    table.world.served.save()
    address = reverse("minutes", args=[table.world.served.pk, table.meeting.pk])
    assert Client().get(address).status_code == 404
    assert table.post("share-meeting")[0] == 302
    table.meeting.refresh_from_db()
    assert table.meeting.visibility == Visibility.PUBLIC
    assert Client().get(address).status_code == 200


class TestTheCalendar:
    def test_a_feed_holds_what_its_owner_may_see(self, world: World) -> None:
        world.meeting()
        world.meeting(Visibility.AUTHOR, author=world.person(Role.LEAD, world.harbor))
        client = world.client(Role.BOARD)
        page = client.post(reverse("calendar-link", args=[world.served.pk])).content.decode()
        feed = page.split('value="http://testserver')[1].split('"')[0]
        answer = Client().get(feed)
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        assert [str(event["summary"]) for event in events] == ["Formal meeting"]

    def test_a_new_address_ends_the_earlier_one(self, world: World) -> None:
        client, address = world.client(Role.BOARD), reverse("calendar-link", args=["cedar-harbor"])
        first = client.post(address).content.decode().split('value="http://testserver')[1]
        client.post(address)
        assert Client().get(first.split('"')[0]).status_code == 404
