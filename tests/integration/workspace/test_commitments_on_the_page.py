"""Commitments on their pages: each district writes its own, and boards read."""

from __future__ import annotations

from django.urls import reverse

from accord.workspace.commitments.models import Commitment, Resource, Waiver
from accord.workspace.people.roles import Role
from workspace_world import CHRONIC, World

PROMISE = {"what": "Coaches", "kind": "hours", "promised": "600", "since": "2025-08-01",
           "until": "2027-07-31", "visibility": "partners"}  # fmt: skip
WAIVER = {"fund": "Block", "rule": "Spent inside the district", "condition": "Joint work",
          "benchmark": "Three points in three years", "visibility": "partners"}  # fmt: skip


def address(route: str, *parts: object) -> str:
    return reverse(route, args=["cedar-harbor", *parts])


def test_a_promise_is_given_bit_by_bit_and_the_board_reads_it(world: World) -> None:
    lead = world.client(Role.LEAD)
    lead.post(address("new-commitment"), PROMISE)
    made = Commitment.objects.get()
    lead.post(address("new-gift", made.pk), {"amount": "24.5", "on": "2025-09-01"})
    lead.post(address("new-gift", made.pk), {"amount": "240", "on": "2025-09-02"})
    slip = made.gifts.get(amount=240)
    lead.post(address("take-back-gift", made.pk, slip.pk))
    page = world.client(Role.BOARD, world.harbor).get(address("commitments")).content.decode()
    assert "Coaches" in page
    assert "<strong>24.5</strong>" in page
    assert "264.5" not in page
    assert "Promise something" not in page


def test_nobody_writes_what_the_other_district_gave(world: World) -> None:
    world.client(Role.LEAD).post(address("new-commitment"), PROMISE)
    made, other = Commitment.objects.get(), world.client(Role.LEAD, world.harbor)
    assert other.get(address("commitment", made.pk)).status_code == 200
    assert other.get(address("new-gift", made.pk)).status_code == 404
    assert other.get(address("edit-commitment", made.pk)).status_code == 404


def test_a_shared_resource_says_what_nobody_pays(world: World) -> None:
    lead = world.client(Role.LEAD)
    told = {"what": "Platform", "kind": "technology", "cost": "118000", "since": "2025-08-01",
            "visibility": "partners"}  # fmt: skip
    lead.post(address("new-resource"), told)
    made = Resource.objects.get()
    pays = {f"pays_{world.cedar.pk}": "66000", f"pays_{world.harbor.pk}": "50000"}
    lead.post(address("split-cost", made.pk), pays)
    page = lead.get(address("resource", made.pk)).content.decode()
    assert "<strong>$2,000</strong>" in page


def test_a_waiver_is_approved_after_consulting_and_ends_on_a_day(world: World) -> None:
    lead, way = world.client(Role.LEAD), address("new-waiver")
    page = lead.post(way, WAIVER | {"approved_on": "2026-02-01"})
    assert page.status_code == 422
    for words in ("Say who approved it.", "A waiver ends on a day.", "Say by when people"):
        assert words in page.content.decode()
    told = WAIVER | {"approved_on": "2026-02-01", "approval": "State board",
                     "expires_on": "2029-06-30", "consulted_on": "2026-03-01"}  # fmt: skip
    assert "before it is approved" in lead.post(way, told).content.decode()
    assert lead.post(way, told | {"consulted_on": "2026-01-10", "indicator": CHRONIC}).url
    page = lead.get(address("waiver", Waiver.objects.get().pk)).content.decode()
    assert "What answers for it, today" in page
    assert "25.0\N{NO-BREAK SPACE}%" in page


def test_two_who_change_a_waiver_at_once_see_both(world: World) -> None:
    lead, leader = world.client(Role.LEAD), world.client(Role.SUPERINTENDENT)
    lead.post(address("new-waiver"), WAIVER)
    edit = address("edit-waiver", Waiver.objects.get().pk)
    lead.post(edit, WAIVER | {"condition": "Joint work, two years", "seen": 1})
    leader.post(edit, WAIVER | {"condition": "Joint work, four schools", "seen": 1})
    page = leader.get(address("waiver", Waiver.objects.get().pk)).content.decode()
    assert "Joint work, two years" in page
    assert "Joint work, four schools" in page
