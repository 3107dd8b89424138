"""Tokens: shown once, kept as a hash, for one person and district, limited, and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accord.workspace.actions.models import Action
from accord.workspace.api import tokens
from accord.workspace.api.models import Token
from accord.workspace.api.tokens import make_token
from accord.workspace.people.holding import end
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from workspace_world import CHRONIC, World

TODAY = timezone.localdate()
API = "/api/v1/cedar-harbor/"


def program(world: World, role: Role = Role.LEAD, **how: Any) -> Client:
    usual: dict[str, Any] = {"name": "T", "may_write": True, "until": TODAY}
    _, secret = make_token(world.actor(role), **(usual | how))
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_secret_is_shown_once_and_kept_nowhere(world: World) -> None:
    lead = world.client(Role.LEAD)
    told = {"name": "Weekly export", "until": TODAY + timedelta(days=30)}
    page = lead.post("/p/cedar-harbor/tokens/", told).content.decode()
    secret = page.split('value="accord_')[1].split('"')[0]
    assert secret not in lead.get("/p/cedar-harbor/tokens/").content.decode()
    assert secret not in repr(list(Token.objects.values()))
    caller = Client(headers={"Authorization": f"Bearer accord_{secret}"})
    assert caller.get(f"{API}me").json()["roles"] == ["lead"]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer accord_wrong"}])
def test_without_a_good_token_nothing_opens(world: World, headers: dict[str, str]) -> None:
    answer = Client(headers=headers).get(f"{API}actions")
    assert answer.status_code == 401
    assert "opens nothing" in answer.json()["problems"][0]["what"]


def test_a_token_ends_on_its_day_when_revoked_and_with_its_position(world: World) -> None:
    assert program(world, until=TODAY - timedelta(days=1)).get(f"{API}me").status_code == 401
    revoked = program(world)
    Token.objects.update(revoked_at=timezone.now())
    assert revoked.get(f"{API}me").status_code == 401
    left = program(world, Role.ANALYST)
    person = world.person(Role.ANALYST)
    end(person.seats.get(), on=TODAY - timedelta(days=1), by=person)
    assert left.get(f"{API}me").status_code == 404


def test_a_token_that_reads_does_not_write(world: World) -> None:
    reader = program(world, may_write=False)
    told = {"text": "A thought"}
    answer = reader.post(f"{API}notes", told, content_type="application/json")
    assert (answer.status_code, reader.get(f"{API}notes").status_code) == (403, 200)


def test_more_requests_than_the_limit_are_told_to_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "A_MINUTE", 3)
    noon = timezone.now().replace(second=0)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    caller = program(world)
    answers = [caller.get(f"{API}me").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert caller.get(f"{API}me")["Retry-After"] == "60"


def test_an_action_goes_in_by_the_same_rules_as_on_the_page(world: World) -> None:
    caller = program(world)
    theirs = world.position(Role.LEAD, world.harbor)
    told = {
        "title": "Call every family",
        "horizon": "immediate",
        "due": "2027-01-15",
        "indicator": CHRONIC,
        "owners": [theirs.pk],
    }
    kept = caller.post(f"{API}actions", told, content_type="application/json")
    assert kept.status_code == 400, "what a district keeps has owners of its own"
    shared = caller.post(
        f"{API}actions", told | {"visibility": "partners"}, content_type="application/json"
    )
    assert shared.status_code == 201
    action = Action.objects.get(pk=shared.json()["id"])
    assert (action.title, action.author) == ("Call every family", world.person(Role.LEAD))
    looks = {"visibility": "partners", "title": "Only three students at Lincoln passed"}
    warned = caller.post(f"{API}actions", told | looks, content_type="application/json")
    assert warned.status_code == 422


def test_a_step_that_a_state_does_not_allow_is_refused(world: World) -> None:
    action, caller = world.action(), program(world)
    address = f"{API}actions/{action.pk}/steps"
    done = caller.post(address, {"to": "done"}, content_type="application/json")
    assert (done.status_code, done.json()["status"]) == (200, "done")
    again = caller.post(address, {"to": "doing"}, content_type="application/json")
    assert again.status_code == 422


def test_a_private_note_of_the_other_district_is_not_there(world: World) -> None:
    note = world.note(Visibility.DISTRICT, world.person(Role.LEAD, world.harbor), text="canary")
    note.district = world.harbor
    note.save()
    caller = program(world)
    assert caller.get(f"{API}notes/{note.pk}").status_code == 404
    assert "canary" not in caller.get(f"{API}notes").content.decode()
    assert "canary" not in caller.get(f"{API}search?q=canary").content.decode()


def test_a_token_opens_no_other_partnership(world: World) -> None:
    assert program(world).get("/api/v1/river-plain/me").status_code == 404
