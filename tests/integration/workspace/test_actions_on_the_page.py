"""Actions on their pages: agreed on, updated by e-mail, changed by two at once."""

from __future__ import annotations

from datetime import timedelta

from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.workspace.actions.links import make_link
from accord.workspace.actions.models import Action
from accord.workspace.editing.models import OtherVersion
from accord.workspace.people.roles import Role
from workspace_world import CHRONIC, World


def test_a_scanner_that_opens_the_link_changes_nothing_and_sending_the_form_does(
    world: World,
) -> None:
    action = world.action()
    link = reverse("update-by-mail", args=[make_link(action, world.person(Role.LEAD))])
    page = Client().get(f"{link}?to=done")
    assert "Nothing has changed yet." in page.content.decode()
    action.refresh_from_db()
    assert action.status == "open"
    done = Client().post(link, {"to": "done", "words": "All called."})
    assert "Noted. Thank you." in done.content.decode()
    step = action.steps.get()
    assert (step.by, step.by_mail, step.words) == (world.person(Role.LEAD), True, "All called.")


def test_the_weekly_command_sends_links_that_work(world: World) -> None:
    world.action(due=timezone.localdate() + timedelta(days=5))
    call_command("send_digests", "https://workspace.example.org/")
    link = next(word for word in str(mail.outbox[0].body).split() if word.startswith("https://"))
    assert Client().get(link.replace("https://workspace.example.org", "")).status_code == 200


def test_the_address_keeps_the_view(world: World) -> None:
    world.action(title="For chronic absence")
    world.action(title="For suspensions", indicator="suspension-rate")
    client, address = world.client(Role.LEAD), reverse("actions", args=[world.served.pk])
    page = client.get(f"{address}?indicator={CHRONIC}&as=list").content.decode()
    assert "For chronic absence" in page
    assert "For suspensions" not in page
    mine = client.get(f"{address}?whose=mine").content.decode()
    assert "For suspensions" in mine
    other = world.client(Role.ANALYST).get(f"{address}?whose=mine").content.decode()
    assert "No action here for what you chose." in other


def test_what_a_district_keeps_to_itself_has_its_own_owners(world: World) -> None:
    client, address = world.client(Role.LEAD), reverse("new-action", args=[world.served.pk])
    told = {
        "title": "Settle who owns attendance",
        "horizon": "immediate",
        "due": "2027-01-15",
        "owners": [world.position(Role.LEAD, world.harbor).pk],
        "visibility": "district",
    }
    refused = client.post(address, told)
    assert refused.status_code == 422
    assert "Settle who owns attendance" in refused.content.decode()
    kept = client.post(address, told | {"owners": [world.position(Role.LEAD, world.cedar).pk]})
    assert kept.status_code == 302
    assert world.client(Role.LEAD, world.harbor).get(kept["Location"]).status_code == 404


def test_two_who_change_an_action_at_once_lose_nothing(world: World) -> None:
    action = world.action()
    address = reverse("edit-action", args=[world.served.pk, action.pk])
    told = {"detail": "", "due": "2027-02-01", "seen": "1"}
    world.client(Role.LEAD).post(address, told | {"title": "Call after the second absence"})
    other = world.client(Role.LEAD, world.harbor)
    other.post(address, told | {"title": "Write after the third absence"})
    page = other.get(reverse("action", args=[world.served.pk, action.pk])).content.decode()
    assert "Call after the second absence" in page
    assert "Write after the third absence" in page
    version = OtherVersion.objects.get()
    both = told | {"title": "Call after the second, write after the third"}
    other.post(f"{address}?settle={version.pk}", both)
    assert Action.objects.get().title == "Call after the second, write after the third"
    page = other.get(reverse("action", args=[world.served.pk, action.pk])).content.decode()
    assert "at the same time" not in page


def test_script_in_every_field_is_shown_as_text(world: World) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    action = world.action(title=bad, detail=bad)
    lead = world.client(Role.LEAD)
    note = lead.post(
        reverse("new-note", args=["cedar-harbor"]), {"text": bad, "visibility": "author"}
    )
    step = reverse("action", args=[world.served.pk, action.pk])
    lead.post(step, {"to": "doing", "words": bad})
    for address in (step, note["Location"], reverse("actions", args=[world.served.pk])):
        page = lead.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert" in page
