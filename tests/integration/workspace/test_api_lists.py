"""The API's lists: a page at a time, whole in the end, and nothing that is sealed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accord.workspace.api.joint_reading import KINDS
from accord.workspace.api.tokens import make_token
from accord.workspace.commitments.doing import give, take_back
from accord.workspace.commitments.models import Commitment
from accord.workspace.people.models import District
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.sealing.opening import make_key
from workspace_things import MAKERS, shared_by_the_lead
from workspace_world import World

API = "/api/v1/cedar-harbor/"


def asked(world: World, address: str, district: District | None = None) -> Any:
    actor = world.actor(Role.LEAD, district)
    _, secret = make_token(actor, name="T", may_write=False, until=timezone.localdate())
    return Client(headers={"Authorization": f"Bearer {secret}"}).get(f"{API}{address}").json()


def test_a_list_comes_a_page_at_a_time_and_says_how_many_there_are(world: World) -> None:
    for number in range(5):
        world.note(Visibility.PARTNERS, world.person(Role.LEAD), text=f"Thought {number}")
    whole = asked(world, "notes")
    first, rest = asked(world, "notes?limit=2"), asked(world, "notes?limit=500&offset=2")
    assert whole["count"] == first["count"] == rest["count"] == 5
    assert len(first["items"]) == 2
    assert first["items"] + rest["items"] == whole["items"]
    assert asked(world, "notes?offset=7") == {"items": [], "count": 5}
    assert "problems" in asked(world, "notes?limit=501")


@pytest.mark.parametrize(("many", "one"), KINDS)
def test_joint_work_is_read_by_those_who_see_it(world: World, many: str, one: str) -> None:
    shared = MAKERS[one](shared_by_the_lead(world, Visibility.PARTNERS))
    kept = MAKERS[one](shared_by_the_lead(world, Visibility.DISTRICT))
    mine = asked(world, many)
    assert {row["id"] for row in mine["items"]} == {shared.pk, kept.pk}
    theirs = asked(world, many, world.harbor)
    assert [row["id"] for row in theirs["items"]] == [shared.pk]
    assert asked(world, f"{many}/{shared.pk}", world.harbor) == theirs["items"][0]
    assert "problems" in asked(world, f"{many}/{kept.pk}", world.harbor)


def test_what_is_sealed_goes_out_without_its_words(world: World) -> None:
    make_key(world.cedar, "three harbor lamps at dusk", by=world.person(Role.LEAD))
    MAKERS["inquiry"](shared_by_the_lead(world, Visibility.DISTRICT))
    (row,) = asked(world, "inquiries")["items"]
    assert (row["is_sealed"], row["question"]) == (True, "")


def test_what_was_taken_back_does_not_count(world: World) -> None:
    made = MAKERS["commitment"](shared_by_the_lead(world, Visibility.PARTNERS))
    assert isinstance(made, Commitment)
    gift = give(made, timezone.localdate(), Decimal(8), by=world.person(Role.LEAD))
    assert len(asked(world, "commitments")["items"][0]["gifts"]) == 1
    take_back(gift, by=world.person(Role.LEAD))
    assert asked(world, "commitments")["items"][0]["gifts"] == []


def test_the_charter_goes_out_as_it_was_signed(world: World) -> None:
    found = asked(world, "charter")
    assert found["charter"]["partnership"]["id"] == "cedar-harbor"
    assert len(found["hash"]) > 40
