"""An inquiry on its pages: from the question to the deeper one, and two who write at once."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accord.workspace.inquiry.models import Cause, Inquiry, Trial
from accord.workspace.people.roles import Role
from workspace_world import CHRONIC, World


def address(route: str, *parts: object) -> str:
    return reverse(route, args=["cedar-harbor", *parts])


def begin(world: World) -> Inquiry:
    told = {"question": "Why do absences rise?", "strand": "", "visibility": "author"}
    answer = world.client(Role.LEAD).post(address("new-inquiry"), told)
    assert answer.status_code == 302
    return Inquiry.objects.get()


def test_the_whole_way_from_a_question_to_the_deeper_one(world: World) -> None:
    lead, inquiry = world.client(Role.LEAD), begin(world)
    own = inquiry.pk
    told = {"indicator": CHRONIC, "group": "all", "words": "It falls in both districts."}
    lead.post(address("show-evidence", own), told)
    exhibit = inquiry.exhibits.get()
    cause = {"statement": "Families hear of it too late", "sure": "strong"}
    refused = lead.post(address("new-cause", own), cause)
    assert "Say what it rests on" in refused.content.decode()
    assert "Families hear of it too late" in refused.content.decode()
    lead.post(address("new-cause", own), cause | {"exhibit": exhibit.pk})
    top = Cause.objects.get()
    under = {"statement": "Letters go out by month", "sure": "guess"}
    lead.post(f"{address('new-cause', own)}?under={top.pk}", under)
    day = timezone.localdate() + timedelta(days=90)
    prediction = {"words": "If we call, then …", "expected": "Below 20 %", "look_on": day}
    lead.post(address("new-trial", own), prediction | {"cause": top.pk})
    trial = Trial.objects.get()
    lead.post(address("trial-step", own, trial.pk, "plan"), {"plan": "Four schools", "seen": 1})
    lead.post(address("trial-step", own, trial.pk, "do"), {"done": "In three", "seen": 2})
    result = {"result": "18 %", "verdict": "held", "exhibit": exhibit.pk, "seen": 3}
    lead.post(address("trial-step", own, trial.pk, "study"), result)
    after = {"next": "adapt", "because": "Call in the evening", "seen": 4}
    lead.post(address("trial-step", own, trial.pk, "act"), after)
    late = lead.post(address("predict-again", own, trial.pk), prediction | {"expected": "18 %"})
    assert late.status_code == 422
    assert "the prediction stands as it was written" in late.content.decode()
    lead.post(address("learn", own), {"learned": "Early calls help.", "seen": 1})
    page = lead.get(address("inquiry", own)).content.decode()
    for words in (
        "It falls in both districts.", "Letters go out by month", "Below 20 %", "Four schools",
        "In three", "It held.", "Adapt it, and try again.", "Early calls help.",
        "had already been received",
    ):  # fmt: skip
        assert words in page
    deeper = {"question": "Why do calls help?", "strand": "", "visibility": "author"}
    lead.post(f"{address('new-inquiry')}?from={own}", deeper)
    assert Inquiry.objects.latest("pk").came_from == inquiry
    chains = lead.get(f"{address('inquiries')}?as=chains").content.decode()
    assert chains.index("Why do absences rise?") < chains.index("Why do calls help?")


def test_it_begins_with_its_author_alone_and_is_shared_by_an_act(world: World) -> None:
    inquiry, harbor = begin(world), world.client(Role.LEAD, world.harbor)
    page = address("inquiry", inquiry.pk)
    assert harbor.get(page).status_code == 404
    world.client(Role.LEAD).post(address("share-inquiry", inquiry.pk), {"to": "partners"})
    assert harbor.get(page).status_code == 200
    inquiry.refresh_from_db()
    world.client(Role.LEAD).post(address("share-inquiry", inquiry.pk), {"to": "author"})
    assert harbor.get(page).status_code == 200


def test_partners_figures_are_not_shown_to_a_third_party_who_is_named(world: World) -> None:
    inquiry, lead = begin(world), world.client(Role.LEAD)
    told = {"indicator": CHRONIC, "group": "all", "words": "It falls."}
    lead.post(address("show-evidence", inquiry.pk), told)
    lead.post(address("share-inquiry", inquiry.pk), {"to": "named"})
    inquiry.named.set([world.person(Role.RESEARCHER)])
    page = world.client(Role.RESEARCHER).get(address("inquiry", inquiry.pk)).content.decode()
    assert "It falls." in page
    assert "25.0" not in page
    assert "your position does not read" in page


def test_a_cause_taken_out_by_a_slip_is_put_back(world: World) -> None:
    inquiry, lead = begin(world), world.client(Role.LEAD)
    lead.post(address("new-cause", inquiry.pk), {"statement": "Buses come late", "sure": "guess"})
    drop = address("drop-cause", inquiry.pk, Cause.objects.get().pk)
    lead.post(drop)
    assert Cause.objects.get().removed_at is not None
    assert "Put back" in lead.get(address("inquiry", inquiry.pk)).content.decode()
    lead.post(drop)
    assert Cause.objects.get().removed_at is None


def test_two_who_word_the_question_at_once_see_both_side_by_side(world: World) -> None:
    inquiry, lead = begin(world), world.client(Role.LEAD)
    lead.post(address("share-inquiry", inquiry.pk), {"to": "partners"})
    edit, harbor = address("edit-inquiry", inquiry.pk), world.client(Role.LEAD, world.harbor)
    lead.post(edit, {"question": "Why in spring?", "seen": 1})
    harbor.post(edit, {"question": "Why in grade 9?", "seen": 1})
    page = harbor.get(address("inquiry", inquiry.pk)).content.decode()
    assert "Two people changed this at the same time" in page
    assert "Why in spring?" in page
    assert "Why in grade 9?" in page
    settle = page.split(f'href="{edit}?settle=')[1].split('"')[0]
    both = harbor.get(f"{edit}?settle={settle}").content.decode()
    assert "Why in grade 9?" in both
    harbor.post(f"{edit}?settle={settle}", {"question": "Why in spring, in grade 9?", "seen": 2})
    page = harbor.get(address("inquiry", inquiry.pk)).content.decode()
    assert "Why in spring, in grade 9?" in page
    assert "at the same time" not in page
