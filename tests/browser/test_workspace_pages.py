"""The workspace in Chromium: every page by axe at two widths, by keyboard, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accord.workspace.editions.models import Edition
from accord.workspace.founding.answering import begin as begin_answers
from accord.workspace.inquiry.doing import begin_trial, explain, show
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.meetings.models import Meeting
from accord.workspace.meetings.running import begin
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.sealing.opening import make_key
from partnership import Partnership
from workspace_browser import IN_CHROMIUM, browser, synchronous_database
from workspace_fixtures import signed
from workspace_things import MAKERS, part_of, shared_by_the_lead
from workspace_world import CHRONIC, World, build_world

__all__ = ["browser", "signed", "synchronous_database"]

pytestmark = IN_CHROMIUM
SCREEN, PHONE = 1280, 375
UNCHANGED = re.compile("^unchanged.*Suspension rate")
CHOSEN = re.compile("^✓ unchanged.*Suspension rate")
OPEN_ALL = "document.querySelectorAll('main details').forEach(item => item.open = true)"


@pytest.fixture
def world(transactional_db: None, signed: Partnership, tmp_path: Path, settings: Settings) -> World:
    settings.ACCORD_HOME = tmp_path
    settings.ACCORD_KEYS = tmp_path / "keys"
    return build_world(signed)


@pytest.fixture
def lead(world: World, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """The lead of Cedar Valley, signed in."""
    context = signed_in(world, live_server, browser, Role.LEAD)
    yield context.new_page()
    context.close()


def signed_in(
    world: World,
    live_server: LiveServer,
    browser: Browser,
    role: Role,
    width: int = SCREEN,
    **how: Any,
) -> BrowserContext:
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 900},
        **how,
    )
    cookie = world.client(role).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context


def under_way(world: World) -> Meeting:
    meeting = world.meeting()
    begin(meeting, by=world.person(Role.LEAD))
    return meeting


def every_page(world: World) -> list[str]:
    """Each page that shows something, in the states that look different."""
    meeting, note = under_way(world), world.note(Visibility.DISTRICT, world.person(Role.LEAD))
    action = world.action()
    arrival = world.served.arrival_set.first()
    position = world.position(Role.ANALYST, world.cedar)
    edition = Edition.objects.create(
        title="Four years", words="What moved.", indicators=[CHRONIC], releases=[],
        **shared_by_the_lead(world, Visibility.PARTNERS),
    )  # fmt: skip
    world.served.public_pages = True
    world.served.save()
    names: list[tuple[str, tuple[object, ...]]] = [
        *((name, ()) for name in (
            "home", "indicators", "charter", "meetings", "plan", "calendar-link", "actions",
            "new-action", "notes", "new-note", "people", "trail", "releases", "bring-release",
            "editions", "new-edition", "keeping", "new-key", "tokens", "front",
        )),
        ("indicator", (CHRONIC,)),
        ("portrait", ("white",)),
        ("meeting", (meeting.pk,)),
        ("minutes", (meeting.pk,)),
        ("action", (action.pk,)),
        ("edit-action", (action.pk,)),
        ("note", (note.pk,)),
        ("invite", (position.pk,)),
        ("position", (position.pk,)),
        ("edition", (edition.pk,)),
        ("release", (arrival.pk if arrival else 0,)),
    ]  # fmt: skip
    pages = [
        *(reverse(name, args=[world.served.pk, *more]) for name, more in names),
        *joint_pages(world),
    ]
    outside = [reverse("mfa_index"), reverse("mfa_activate_totp"), "/somebody/", "/nowhere/"]
    asked = [
        f"{reverse('actions', args=[world.served.pk])}?as=list",
        f"{reverse('search', args=[world.served.pk])}?q=call",
    ]
    return [*pages, *asked, *outside]


def joint_pages(world: World) -> list[str]:
    """The pages of inquiry, strands, commitments and library, each with something on it."""
    lead = world.person(Role.LEAD)
    made = {
        kind: make(shared_by_the_lead(world, Visibility.PARTNERS)) for kind, make in MAKERS.items()
    }
    inquiry = made["inquiry"]
    assert isinstance(inquiry, Inquiry)
    show(inquiry, CHRONIC, words="It falls.", by=lead)
    top = explain(inquiry, "Families hear too late", by=lead)
    explain(inquiry, "Letters go out by month", by=lead, under=top)
    trial = begin_trial(inquiry, "If …", "Below 20 %", timezone.localdate(), by=lead, cause=top)
    begun = begin_answers(world.cedar, by=world.actor(Role.LEAD))
    version = part_of(made["work"], "version-file")
    assert version
    names: list[tuple[str, tuple[object, ...]]] = [
        *((name, ()) for name in (
            "inquiries", "new-inquiry", "strands", "commitments", "new-commitment", "new-resource",
            "new-waiver", "library", "new-practice", "new-document", "glossary", "timeline",
            "quotations", "new-quotation", "letters", "new-letter", "conditions",
        )),
        *((name, (inquiry.pk,)) for name in ("inquiry", "show-evidence", "new-cause", "new-trial")),
        ("trial-step", (inquiry.pk, trial.pk, "study")),
        ("strand", ("mathematics",)),
        ("new-work", ("mathematics",)),
        ("new-plan", ("mathematics",)),
        *((kind, (made[kind].pk,)) for kind in (
            "work", "commitment", "resource", "waiver", "practice", "letter",
        )),
        ("edit-letter", (made["letter"].pk,)),
        ("new-contact", (made["work"].pk,)),
        ("split-cost", (made["resource"].pk,)),
        ("stand", (made["practice"].pk,)),
        ("answer-condition", (begun.pk, "trust")),
    ]  # fmt: skip
    pages = [reverse(name, args=[world.served.pk, *more]) for name, more in names]
    return [*pages, f"{reverse('inquiries', args=[world.served.pk])}?as=chains"]


def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    world: World, live_server: LiveServer, browser: Browser
) -> None:
    context = signed_in(world, live_server, browser, Role.LEAD)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Refused" in said.text else None)
    for address in every_page(world):
        page.goto(address)
        page.evaluate(OPEN_ALL)
        for width in (SCREEN, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{address} at {width}: {said}" for said in faults(page, width)]
    assert wrong == []
    context.close()


def test_a_districts_key_is_changed_on_pages_that_axe_passes(world: World, lead: Page) -> None:
    first, second, third = (f"three harbor lamps at {when}" for when in ("dusk", "noon", "dawn"))
    make_key(world.cedar, first, by=world.person(Role.LEAD))
    page, wrong = lead, list[str]()

    def look() -> None:
        page.evaluate(OPEN_ALL)
        for width in (SCREEN, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            wrong.extend(f"{page.url} at {width}: {said}" for said in faults(page, width))

    def send(present: str, new: str, button: str) -> None:
        page.get_by_label("The passphrase as it is now").fill(present)
        page.get_by_label("The new passphrase", exact=True).fill(new)
        page.get_by_label("The new passphrase once more").fill(new)
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
        look()

    page.goto(reverse("keeping", args=[world.served.pk]))
    look()
    page.get_by_role("link", name="Change the passphrase").click()
    look()
    send("something else altogether", second, "Change the passphrase")
    expect(page.get_by_text("This is not the passphrase of your district's key.")).to_be_visible()
    send(first, second, "Change the passphrase")
    expect(page.get_by_role("heading", name="The passphrase is changed")).to_be_visible()
    page.goto(reverse("begin-anew", args=[world.served.pk]))
    look()
    page.goto(reverse("another-key", args=[world.served.pk]))
    look()
    send(second, third, "Make another key")
    expect(page.get_by_label("The private key")).to_have_value(re.compile("BEGIN PRIVATE KEY"))
    assert wrong == []


def faults(page: Page, width: int) -> list[str]:
    """What axe finds on a page, and whether it runs off the side."""
    found = [str(one["id"]) for one in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("runs off the side")
    return found


def test_people_who_are_not_signed_in_meet_pages_that_axe_passes(
    world: World, live_server: LiveServer, browser: Browser
) -> None:
    page = browser.new_page(base_url=live_server.url)
    for name in ("account_login", "account_reset_password"):
        page.goto(reverse(name))
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
    page.close()


def test_a_meeting_is_run_without_leaving_its_page(world: World, lead: Page) -> None:
    meeting = under_way(world)
    lead.goto(reverse("meeting", args=[world.served.pk, meeting.pk]))
    item = lead.locator("article.item.focus")
    item.get_by_label("Notes").fill("Both districts began to call in August.")
    item.get_by_role("button", name="Keep the notes").click()
    expect(item.get_by_label("Notes")).to_have_value("Both districts began to call in August.")
    item.get_by_label("Adjust").check()
    item.get_by_label("Why").fill("The calls begin too late in the term.")
    item.get_by_role("button", name="Decide, and freeze the evidence").click()
    expect(item.get_by_text("The evidence as it stood on")).to_be_visible()
    item.get_by_text("Agree on an action").click()
    item.get_by_role("button", name="Add the action").click()
    expect(item.get_by_role("alert")).to_contain_text("Say what is to be done.")
    item.get_by_label("What is to be done").fill("Call after the second absence")
    item.get_by_label("Owner in Cedar Valley").select_option(index=1)
    item.get_by_role("button", name="Add the action").click()
    expect(item.get_by_role("alert")).not_to_contain_text("Say what is to be done.")
    expect(item.get_by_role("alert")).to_contain_text("Name an owner in Harbor Point.")
    expect(item.get_by_label("What is to be done")).to_have_value("Call after the second absence")
    item.get_by_label("Owner in Harbor Point").select_option(index=1)
    item.get_by_role("button", name="Add the action").click()
    expect(item.get_by_role("link", name="Call after the second absence")).to_be_visible()
    assert lead.url.endswith(f"/meetings/{meeting.pk}/")


def test_one_click_settles_by_keyboard(world: World, lead: Page) -> None:
    meeting = under_way(world)
    lead.goto(reverse("meeting", args=[world.served.pk, meeting.pk]))
    button = lead.get_by_role("button", name=UNCHANGED)
    button.focus()
    lead.keyboard.press("Enter")
    chosen = lead.get_by_role("button", name=CHOSEN)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_focused()
    meeting.items.get(indicator="suspension-rate", outcome="unchanged")


def test_the_first_tab_skips_to_the_content(world: World, lead: Page) -> None:
    lead.goto(reverse("home", args=[world.served.pk]))
    lead.keyboard.press("Tab")
    expect(lead.get_by_text("Skip to the content")).to_be_focused()
    lead.keyboard.press("Enter")
    expect(lead.locator("main")).to_be_focused()


def test_without_scripts_pages_are_read_and_forms_are_sent(
    world: World, live_server: LiveServer, browser: Browser
) -> None:
    meeting = under_way(world)
    context = signed_in(world, live_server, browser, Role.LEAD, java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("meeting", args=[world.served.pk, meeting.pk]))
    page.get_by_role("button", name=UNCHANGED).click()
    expect(page.get_by_role("button", name=CHOSEN)).to_be_visible()
    page.goto(reverse("indicator", args=[world.served.pk, CHRONIC]))
    page.get_by_label("Students", exact=True).select_option(label="White students")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("White students")
    context.close()
