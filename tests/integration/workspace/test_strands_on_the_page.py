"""Strands on their pages: each way of working with its own fields, and none forced on anybody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accord.workspace.people.roles import Role
from accord.workspace.strands.models import SchoolPlan, Work
from workspace_world import World

STRAND = "mathematics"
COMMON = {"title": "Together", "since": "2025-09-01", "visibility": "partners"}


def address(route: str, *parts: object) -> str:
    return reverse(route, args=["cedar-harbor", *parts])


def begin(world: World, mode: str, **told: object) -> Work:
    answer = world.client(Role.STRAND_LEAD).post(
        f"{address('new-work', STRAND)}?mode={mode}", COMMON | told
    )
    assert answer.status_code == 302, answer.content.decode()
    return Work.objects.latest("pk")


def test_each_way_has_its_own_fields_and_one_has_none(world: World) -> None:
    begin(
        world, "assistance", helper=world.cedar.pk, helped=world.harbor.pk, subject="lesson study"
    )
    begin(world, "development", need="A fractions unit", product="Six weeks")
    begin(world, "collective", organisation="The college", secured="40 places", amount="96000")
    begin(world, "other", detail="Two superintendents talk.")
    page = world.client(Role.BOARD).get(address("strand", STRAND)).content.decode()
    for words in ("lesson study", "A fractions unit", "40 places", "Two superintendents talk."):
        assert words in page


def test_nobody_assists_themselves(world: World) -> None:
    told = COMMON | {"helper": world.cedar.pk, "helped": world.cedar.pk, "subject": "x"}
    way = f"{address('new-work', STRAND)}?mode=assistance"
    answer = world.client(Role.LEAD).post(way, told)
    assert answer.status_code == 422
    assert "Choose the other district." in answer.content.decode()


def test_a_day_of_work_is_noted_taken_back_and_counted_again(world: World) -> None:
    work, lead = begin(world, "other"), world.client(Role.LEAD)
    told = {"on": "2025-10-01", "kind": "visit", "words": "Four classrooms",
            f"people_{world.cedar.pk}": 3, f"people_{world.harbor.pk}": 5}  # fmt: skip
    lead.post(address("new-contact", work.pk), told)
    page = lead.get(address("work", work.pk)).content.decode()
    assert "5 from Harbor Point" in page
    back = address("take-back-contact", work.pk, work.contacts.get().pk)
    lead.post(back)
    assert "let it count again" in lead.get(address("work", work.pk)).content.decode()
    lead.post(back)
    assert work.contacts.get().taken_back_at is None


def test_two_who_change_a_work_at_once_see_both(world: World) -> None:
    work, other = begin(world, "development", need="Units"), world.client(Role.LEAD, world.harbor)
    edit, told = address("edit-work", work.pk), {"since": "2025-09-01", "need": "Units", "seen": 1}
    world.client(Role.LEAD).post(edit, told | {"title": "Units for grade 5"})
    other.post(edit, told | {"title": "Units for grade 6"})
    page = other.get(address("work", work.pk)).content.decode()
    assert "Units for grade 5" in page
    assert "Units for grade 6" in page
    assert "Both are kept" in page


@pytest.mark.parametrize("link", ["http://alder.example/plan", "javascript:alert(1)"])
def test_a_schools_plan_is_linked_by_a_safe_address_alone(world: World, link: str) -> None:
    told = {"school": "Alder Middle", "plan": "Our plan", "words": "Goal 1",
            "visibility": "partners", "link": link}  # fmt: skip
    client, way = world.client(Role.PRINCIPAL), address("new-plan", STRAND)
    assert client.post(way, told).status_code == 422
    assert not SchoolPlan.objects.exists()
    client.post(way, told | {"link": "https://alder.example/plan"})
    assert SchoolPlan.objects.filter(link="https://alder.example/plan").count() == 1


def test_a_plan_is_changed_in_its_own_district_alone(world: World) -> None:
    told = {"school": "Alder Middle", "plan": "Our plan", "words": "Goal 1",
            "visibility": "partners"}  # fmt: skip
    world.client(Role.PRINCIPAL).post(address("new-plan", STRAND), told)
    edit = address("edit-plan", SchoolPlan.objects.get().pk)
    assert world.client(Role.LEAD).get(edit).status_code == 200
    assert world.client(Role.LEAD, world.harbor).get(edit).status_code == 404
