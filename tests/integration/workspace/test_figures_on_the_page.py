"""The figures' pages: what the address says, downloads, and who sees which edition."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from django.test import Client
from django.urls import reverse

from accord.workspace.people.roles import Role
from workspace_world import CHRONIC, World


def get(client: Client, name: str, *more: str, **asked: str) -> bytes:
    answer = client.get(reverse(name, args=["cedar-harbor", *more]), asked)
    assert answer.status_code == 200, answer.status_code
    return bytes(answer.content)


def test_the_answer_comes_first_with_both_districts_side_by_side(world: World) -> None:
    page = get(world.client(Role.LEAD), "indicators").decode()
    assert "chronic absenteeism fell in both districts." in page
    assert page.index("Cedar Valley Unified") < page.index("Harbor Point Unified")


def test_a_group_in_the_address_opens_its_view(world: World) -> None:
    client = world.client(Role.BOARD)
    page = get(client, "indicator", CHRONIC, group="white").decode()
    assert "<h1>Chronic absenteeism: White students</h1>" in page
    assert "Cedar Valley fell from 15.0" in page  # 600 of 4,000 in the year before the founding
    assert "?group=white" in page  # the downloads are of the same view


def test_every_number_leads_to_its_release_and_definition(world: World) -> None:
    page = get(world.client(Role.ANALYST), "indicator", CHRONIC).decode()
    arrival = world.served.arrival_set.get(district=world.cedar)
    assert arrival.release in page
    assert "chronic-absenteeism@1.0" in page
    assert "2,500 ÷ 10,000" in page


def test_the_downloads_hold_the_figures(world: World) -> None:
    client = world.client(Role.STRAND_LEAD)
    rows = get(client, "table", CHRONIC, group="white").decode().splitlines()
    assert len(rows) == 1 + 2 * 4
    assert get(client, "picture", CHRONIC).startswith(b"\x89PNG")
    book = openpyxl.load_workbook(BytesIO(get(client, "workbook", indicator=CHRONIC)))
    assert "Districts" in book.sheetnames


def test_a_portrait_sets_a_group_beside_all_students(world: World) -> None:
    page = get(world.client(Role.LEAD), "portrait", "white").decode()
    assert "12.0" in page  # 480 of 4,000 white students in 2024–25
    assert "25.0" in page


def test_who_does_not_read_the_partners_edition_sees_the_public_one_or_why_not(
    world: World,
) -> None:
    page = get(world.client(Role.RESEARCHER), "indicators").decode()
    assert "No figures for the public yet" in page
    assert "25.0" not in page


def test_an_indicator_or_group_that_is_not_there_is_not_found(world: World) -> None:
    client = world.client(Role.LEAD)
    for name, more in (("indicator", "no-such"), ("portrait", "no-such")):
        assert client.get(reverse(name, args=["cedar-harbor", more])).status_code == 404
    address = reverse("indicator", args=["cedar-harbor", CHRONIC])
    assert client.get(f"{address}?group=no-such").status_code == 404
