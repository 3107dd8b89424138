"""Promised against given, and how a waiver stands on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accord.workspace.commitments.balance import Line, lines_of, totals_of
from accord.workspace.commitments.doing import give, split_cost, take_back
from accord.workspace.commitments.kinds import Standing
from accord.workspace.commitments.models import Commitment, Resource, Waiver
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from workspace_world import World

MIDDLE = date(2026, 1, 31)  # 184 of 365 days of the school year below have passed


def shared(world: World) -> dict[str, Any]:
    return {
        "partnership": world.served,
        "district": world.cedar,
        "author": world.person(Role.LEAD),
        "visibility": Visibility.PARTNERS,
        "made_at": timezone.now(),
    }


def promised(world: World, **changes: Any) -> Commitment:
    usual = {"kind": "hours", "what": "Coaches", "promised": Decimal(730),
             "since": date(2025, 8, 1), "until": date(2026, 7, 31)}  # fmt: skip
    return Commitment.objects.create(**(shared(world) | usual | changes))


def line(world: World, made: Commitment, *amounts: int, on: date = MIDDLE) -> Line:
    for amount in amounts:
        give(made, on, Decimal(amount), by=world.person(Role.LEAD))
    return lines_of([made], on)[0]


class TestALine:
    def test_what_is_due_follows_the_days_that_have_passed(self, world: World) -> None:
        found = line(world, promised(world), 200, 68)
        assert (found.given, found.due) == (Decimal(268), Decimal(368))  # 730 × 184 / 365
        assert found.is_behind  # 268 is under three quarters of 368, which is 276
        assert (found.width, found.mark) == (73, 101)  # 200 × 268 / 730, 200 × 368 / 730

    def test_three_quarters_of_it_is_not_behind(self, world: World) -> None:
        assert line(world, promised(world), 276).words == "as far as its time"

    def test_what_is_over_was_kept_or_ended_short(self, world: World) -> None:
        after = date(2026, 8, 1)
        assert line(world, promised(world), 730, on=after).words == "kept in full"
        short = line(world, promised(world), 729, on=after)
        assert short.words == "ended short of what was promised"

    def test_nothing_is_due_before_it_begins(self, world: World) -> None:
        found = line(world, promised(world), on=date(2025, 7, 1))
        assert (found.due, found.is_behind) == (0, False)

    def test_a_gift_taken_back_counts_no_more(self, world: World) -> None:
        made, by = promised(world), world.person(Role.LEAD)
        gift = give(made, MIDDLE, Decimal(500), by=by)
        take_back(gift, by=by)
        assert lines_of([made], MIDDLE)[0].given == 0
        take_back(gift, by=by)
        assert lines_of([made], MIDDLE)[0].given == 500


def test_totals_stand_side_by_side_and_leave_out_what_is_over(world: World) -> None:
    promised(world, until=date(2025, 12, 31))
    running = promised(world)
    other = promised(world, district=world.harbor, promised=Decimal(100))
    give(running, MIDDLE, Decimal(40), by=world.person(Role.LEAD))
    ((cedar, harbor),) = totals_of(
        lines_of(Commitment.objects.all(), MIDDLE), [world.cedar, world.harbor]
    )
    assert (cedar.given, cedar.promised) == (40, 730)
    assert (harbor.given, harbor.promised) == (0, other.promised)


def test_what_nobody_pays_of_a_shared_resource_is_said(world: World) -> None:
    made = Resource.objects.create(
        **shared(world), kind="people", what="A trainer", cost=Decimal(60000),
        since=date(2025, 8, 1),
    )  # fmt: skip
    assert made.uncovered == 60000
    amounts = {world.cedar: Decimal(30000), world.harbor: Decimal(20000)}
    split_cost(made, amounts, by=world.person(Role.LEAD))
    assert made.uncovered == 10000
    split_cost(made, amounts | {world.harbor: Decimal(35000)}, by=world.person(Role.LEAD))
    assert made.uncovered == -5000


TODAY = date(2026, 3, 1)
GIVEN = {"consulted_on": date(2025, 1, 10), "approved_on": date(2025, 2, 1)}


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        ({}, Standing.CONSULTING),
        ({"consulted_on": date(2025, 1, 10)}, Standing.ASKED),
        (GIVEN | {"approved_on": date(2026, 4, 1)}, Standing.ASKED),
        (GIVEN | {"expires_on": date(2026, 6, 30)}, Standing.IN_FORCE),  # 121 days ahead
        (GIVEN | {"expires_on": date(2026, 6, 29)}, Standing.ENDING),
        (GIVEN | {"expires_on": TODAY}, Standing.ENDING),
        (GIVEN | {"expires_on": date(2026, 2, 28)}, Standing.ENDED),
    ],
)
def test_how_a_waiver_stands_follows_from_its_days(
    days: dict[str, date], standing: Standing
) -> None:
    assert Waiver(fund="F", rule="R", **days).standing(TODAY) is standing
