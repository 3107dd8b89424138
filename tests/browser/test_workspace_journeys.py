"""Journeys through the workspace in Chromium, numbered like a story: each is somebody's hour."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accord.workspace.founding.conditions import load_conditions
from accord.workspace.meetings.models import Meeting
from accord.workspace.notes.models import Note
from accord.workspace.people.holding import end
from accord.workspace.people.models import Person, Position
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.exploring import Explorer, explore
from accord.workspace.releases.founding import found
from accord.workspace.sealing.opening import make_key
from accord.workspace.signin.invitations import invite
from partnership import CEDAR, HARBOR, Partnership
from workspace_browser import IN_CHROMIUM, browser, synchronous_database
from workspace_fixtures import signed
from workspace_world import World, build_world, signed_in

__all__ = ["browser", "signed", "synchronous_database"]

pytestmark = IN_CHROMIUM
P = "/p/cedar-harbor/"
PASSPHRASE = "three harbor lamps at dusk"


@pytest.fixture
def exchange(
    transactional_db: None, signed: Partnership, tmp_path: Path, settings: Settings
) -> Path:
    """An exchange folder, and a workspace that knows nothing yet."""
    settings.ACCORD_HOME = tmp_path
    settings.ACCORD_KEYS = tmp_path / "keys"
    return signed.folder / "exchange"


@pytest.fixture
def world(exchange: Path, signed: Partnership) -> World:
    return build_world(signed)


class Hour:
    """A browser in which people sit down, one after the other."""

    def __init__(self, browser: Browser, live_server: LiveServer) -> None:
        self._browser, self._server = browser, live_server

    def of(self, person: Person | None, width: int = 1280) -> Page:
        """A page in which `person` is signed in; nobody without one."""
        context = self._browser.new_context(
            base_url=self._server.url, viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(90_000)
        if person is not None:
            cookie = signed_in(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": self._server.url}])
        return context.new_page()


@pytest.fixture
def hour(browser: Browser, live_server: LiveServer) -> Hour:
    return Hour(browser, live_server)


def test_1_two_superintendents_explore_then_found_a_partnership(
    exchange: Path, hour: Hour, tmp_path: Path
) -> None:
    """A letter that both agree to, conditions that each answers alone, then the signed charter."""
    served = explore(
        "cedar-harbor",
        "Cedar Valley and Harbor Point",
        [
            Explorer(CEDAR, "Cedar Valley Unified", "Cedar Valley"),
            Explorer(HARBOR, "Harbor Point Unified", "Harbor Point"),
        ],
        by="it@example.org",
    )
    first, second = (
        accepted(hour, served.positions.get(district=district), number)
        for number, district in enumerate(served.districts.all())
    )
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 what both superintendents printed")
    page = hour.of(first)
    page.goto(P)
    page.get_by_role("link", name="Bring an exploration letter").click()
    page.get_by_label("What it is called").fill("Could we learn from each other?")
    page.get_by_label("What is looked into").fill("Why fewer students come in spring.")
    page.get_by_label("From").fill(timezone.localdate().isoformat())
    page.get_by_label("Until").fill((timezone.localdate() + timedelta(days=90)).isoformat())
    page.get_by_label("The letter, as PDF").set_input_files(letter)
    page.get_by_label("The partners", exact=True).check()
    page.get_by_role("button", name="Bring it").click()
    page.get_by_role("button", name="Agree for Cedar Valley").click()
    expect(page.get_by_text("Waits for the superintendent of Harbor Point")).to_be_visible()
    other = hour.of(second)
    other.goto(P)
    other.get_by_role("link", name="Could we learn from each other?").click()
    other.get_by_role("button", name="Agree for Harbor Point").click()
    expect(other.get_by_text("Agreed to by all")).to_be_visible()
    answer_conditions(page, "Yes", "We call before a crisis.")
    other.goto(f"{P}charter/conditions/")
    expect(other.get_by_text("Cedar Valley has shared its answers.")).to_be_visible()
    expect(other.get_by_text("We call before a crisis.")).to_have_count(0)
    answer_conditions(other, "Not yet", "They call; we wait.")
    expect(other.get_by_text("The districts differ on 14 conditions of 14.")).to_be_visible()
    found(exchange, by="it@example.org")
    page.goto(P)
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
    page.get_by_role("link", name="Charter").first.click()
    expect(page.get_by_role("heading", name="Strands and targets")).to_be_visible()
    page.get_by_role("link", name="Exploration letters").click()
    expect(page.get_by_text("Could we learn from each other?")).to_be_visible()
    page.get_by_role("link", name="People").first.click()
    page.locator("tbody").get_by_role("link", name="invite").first.click()
    page.get_by_label("Name").fill("Somebody new")
    page.get_by_label("E-mail address").fill("new@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("An invitation went to new@example.org")).to_be_visible()


def accepted(hour: Hour, position: Position, number: int) -> Person:
    """Somebody who was invited to a position and chose a password."""
    host, _ = Person.objects.get_or_create(email="it@example.org", defaults={"name": "Host"})
    email = f"superintendent{number}@example.org"
    name = f"Superintendent {number}"
    _, secret = invite(position, email=email, name=name, until=None, by=host)
    page = hour.of(None)
    page.goto(f"/invitation/{secret}/")
    page.get_by_label("Choose a password").fill("four quiet harbor mornings")
    page.get_by_role("button").last.click()
    expect(page).to_have_url(f"{page.url.split('/account')[0]}/account/2fa/totp/activate/")
    return Person.objects.get(email=email)


def answer_conditions(page: Page, answer: str, words: str) -> None:
    """Answer every condition alike, one page after the other, and share the answers."""
    page.goto(f"{P}charter/conditions/")
    page.get_by_role("button", name="Begin our district’s answers").click()
    for condition in load_conditions().conditions:
        expect(page.get_by_role("heading", name=condition.asks)).to_be_visible()
        page.get_by_label(answer, exact=True).check()
        page.get_by_label("In our own words").fill(words)
        page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Share our answers with the partners").click()
    expect(page.get_by_text("Your partners can read your answers now.")).to_be_visible()


def test_2_the_first_formal_meeting_from_agenda_to_minutes(world: World, hour: Hour) -> None:
    """Planned, sent, begun, worked through, settled in one click each, closed, minuted."""
    page = hour.of(world.person(Role.LEAD))
    page.goto(f"{P}meetings/plan/")
    page.get_by_label("What it is called").fill("First formal meeting")
    page.get_by_label("Day").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Make the agenda").click()
    page.get_by_role("button", name="Send the agenda to the partners").click()
    page.get_by_role("button", name="Begin the meeting").click()
    meeting = Meeting.objects.get()
    for item in meeting.items.filter(in_focus=True):
        part = page.locator(f"#item-{item.pk}")
        part.get_by_label("Stay the course").check()
        part.get_by_label("Why").fill("One year is too short to judge.")
        part.get_by_role("button", name="Decide, and freeze the evidence").click()
        expect(part.get_by_text("Stay the course.").first).to_be_visible()
    for item in meeting.items.filter(in_focus=False):
        part = page.locator(f"#item-{item.pk}")
        part.get_by_role("button").filter(has_text="unchanged").click()
        expect(part.get_by_role("button", pressed=True)).to_be_visible()
    page.get_by_role("button", name="Close, and make the minutes").click()
    expect(page.get_by_role("heading", name="Minutes: First formal meeting")).to_be_visible()
    expect(page.get_by_text("One year is too short to judge.").first).to_be_visible()


def test_3_a_principal_finds_a_peer_school(world: World, hour: Hour) -> None:
    """One links what the school’s plan says of a strand; the partner’s finds it, and the peer."""
    page = hour.of(world.person(Role.PRINCIPAL, world.harbor))
    page.goto(f"{P}strands/mathematics/")
    page.get_by_role("link", name="Link a school’s plan").click()
    page.get_by_label("School", exact=True).fill("Kelp Elementary")
    page.get_by_label("What the plan says of this strand").fill("Fractions in grade 5, every day.")
    expect(page.get_by_label("Facilitator, elsewhere")).to_be_hidden()
    page.get_by_label("People I name").check()
    expect(page.get_by_label("Facilitator, elsewhere")).to_be_visible()
    page.get_by_label("The partners", exact=True).check()
    page.get_by_role("button", name="Link it").click()
    expect(page.get_by_text("Fractions in grade 5, every day.")).to_be_visible()
    page = hour.of(world.person(Role.PRINCIPAL))
    page.goto(P)
    page.get_by_label("Search", exact=True).fill("fractions")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Kelp Elementary").click()
    expect(page.get_by_role("heading", name="In the schools’ own plans")).to_be_visible()
    page.get_by_role("link", name="People").first.click()
    expect(page.get_by_role("cell").get_by_role("link", name="Principal")).to_have_count(2)


def test_4_a_new_superintendents_first_hour(world: World, hour: Hour) -> None:
    """What is open, what was decided and why, who does alike work; not what was said in candor."""
    before = world.person(Role.SUPERINTENDENT)
    world.action(owners=[world.position(Role.SUPERINTENDENT, world.cedar)])
    world.note(Visibility.DISTRICT, before, text="Nobody uses the units.")
    world.note(Visibility.DISTRICT, before, text="Ask about unit 3.", handed_over=True)
    position = world.position(Role.SUPERINTENDENT, world.cedar)
    end(before.seats.get(), on=timezone.localdate() - timedelta(days=1), by=before)
    _, secret = invite(
        position, email="next@example.org", name="Next", until=None, by=world.person(Role.LEAD)
    )
    page = hour.of(None)
    page.goto(f"/invitation/{secret}/")
    page.get_by_label("Choose a password").fill("four quiet harbor mornings")
    page.get_by_role("button").last.click()
    page = hour.of(Person.objects.get(email="next@example.org"))
    page.goto(P)
    expect(page.get_by_role("link", name="Call every family after the third")).to_be_visible()
    page.goto(f"{P}people/{position.pk}/")
    expect(page.get_by_text("Ask about unit 3.")).to_be_visible()
    expect(page.get_by_text("Nobody uses the units.")).to_have_count(0)
    page.goto(f"{P}notes/")
    expect(page.get_by_text("Nobody uses the units.")).to_have_count(0)
    page.get_by_label("Search", exact=True).fill("chronic")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Indicators")).to_be_visible()


def test_5_a_board_member_on_a_phone(world: World, hour: Hour) -> None:
    """Reads everything of the partners on a small screen, and can change nothing."""
    page = hour.of(world.person(Role.BOARD), width=375)
    world.meeting()
    for name in ("", "indicators/", "meetings/", "actions/", "charter/", "editions/", "search/"):
        answer = page.goto(f"{P}{name}")
        assert answer is not None
        assert answer.status == 200, name
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, name
    for link in ("Plan a meeting", "Write a note", "Prepare an edition"):
        expect(page.get_by_role("link", name=link)).to_have_count(0)
    refused = page.goto(f"{P}notes/new/")
    assert refused is not None
    assert refused.status == 403


def test_6_a_leavers_handover(world: World, hour: Hour) -> None:
    """One note is left to whoever follows, the last day is set, and the rest stays sealed."""
    leaver = world.person(Role.ANALYST)
    page = hour.of(leaver)
    for text in ("Ask the partner about coding.", "I never trusted that count."):
        page.goto(f"{P}notes/new/")
        page.get_by_label("Your note").fill(text)
        page.get_by_label("My district").check()
        page.get_by_role("button", name="Keep it").click()
    left = Note.objects.order_by("pk")[0]
    page.goto(f"{P}notes/{left.pk}/")
    page.get_by_role("button", name="Leave it to whoever follows").click()
    expect(page.get_by_text("Whoever follows you in your district")).to_be_visible()
    position = world.position(Role.ANALYST, world.cedar)
    page = hour.of(world.person(Role.LEAD))
    page.goto(f"{P}people/{position.pk}/")
    page.get_by_label("Last day of access").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Set the last day").click()
    expect(page.get_by_text("ends on that day by itself")).to_be_visible()
    page.get_by_role("link", name="Invite who comes next").click()
    expect(page.get_by_role("heading", name="Invite somebody as")).to_be_visible()


def test_7_a_district_leaves(world: World, hour: Hour) -> None:
    """It unlocks its key, takes its own out, types its name, and is gone; the minutes stay."""
    lead = world.person(Role.LEAD)
    make_key(world.cedar, PASSPHRASE, by=lead)
    note = world.note(Visibility.DISTRICT, lead, text="Ours alone.")
    page = hour.of(world.person(Role.SUPERINTENDENT))
    page.goto(f"{P}notes/{note.pk}/")
    expect(page.get_by_text("Ours alone.")).to_have_count(0)
    page.goto(f"{P}keeping/unlock/")
    page.get_by_label("Your district’s passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
    page.goto(f"{P}notes/{note.pk}/")
    expect(page.get_by_text("Ours alone.")).to_be_visible()
    page.goto(f"{P}keeping/leave/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take out what is ours").click()
    assert taken.value.suggested_filename.endswith(".zip")
    page.get_by_label("Type your district’s name to leave").fill(world.cedar.name)
    page.get_by_role("button", name="Leave the partnership").click()
    page.wait_for_load_state()
    note.refresh_from_db()
    world.cedar.refresh_from_db()
    assert (note.text, world.cedar.left_on) == ("", timezone.localdate())
    other = hour.of(world.person(Role.LEAD, world.harbor))
    other.goto(f"{P}keeping/")
    expect(other.get_by_text("left on")).to_be_visible()
