"""Positions stay, people change: pairs, access that ends, and the brief for whoever follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accord.base.errors import RefusedError
from accord.workspace.handover.brief import brief_of
from accord.workspace.meetings.running import begin, decide
from accord.workspace.meetings.states import Decision, State
from accord.workspace.people.holding import end
from accord.workspace.people.models import Pairing, Seat
from accord.workspace.people.pairing import pair, pairs_of, unmatched
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from workspace_world import CHRONIC, World, seat

TODAY = timezone.localdate()


def test_pairs_are_many_to_many_and_who_has_none_is_seen(world: World) -> None:
    by = world.person(Role.LEAD)
    one = world.position(Role.ANALYST, world.cedar)
    for role in (Role.ANALYST, Role.LEAD):
        pair(world.position(role, world.harbor), one, "data", by=by)
    pairs = pairs_of(world.served)
    assert [other.role for _, other in pairs[one.pk]] == [Role.ANALYST, Role.LEAD]
    alone = unmatched(world.served.positions.filter(district=world.cedar), pairs)
    assert world.position(Role.PRINCIPAL, world.cedar) in alone
    assert one not in alone
    assert world.position(Role.BOARD, world.cedar) not in alone


def test_a_pair_is_of_two_districts_and_made_once(world: World) -> None:
    by, one = world.person(Role.LEAD), world.position(Role.ANALYST, world.cedar)
    with pytest.raises(RefusedError, match="each of two districts"):
        pair(one, world.position(Role.LEAD, world.cedar), "", by=by)
    other = world.position(Role.ANALYST, world.harbor)
    pair(one, other, "", by=by)
    with pytest.raises(RefusedError, match="a pair already"):
        pair(other, one, "", by=by)


def test_a_successor_reads_what_is_open_what_was_decided_and_why(world: World) -> None:
    leaver, position = world.person(Role.LEAD), world.position(Role.LEAD, world.cedar)
    meeting = world.meeting(starts_at=timezone.now() - timedelta(days=40))
    begin(meeting, by=leaver)
    item = meeting.items.get(indicator=CHRONIC)
    decide(item, Decision.ADJUST, "The calls begin too late.", by=leaver)
    meeting.state = State.CLOSED
    meeting.save()
    action = world.action()
    left = world.note(Visibility.DISTRICT, leaver, text="Ask about unit 3", handed_over=True)
    world.note(Visibility.DISTRICT, leaver, text="Candid")
    end(leaver.seats.get(), on=TODAY - timedelta(days=3), by=leaver)
    successor = seat(world.served, world.cedar, Role.LEAD, "Partnership lead, next")
    Seat.objects.filter(person=successor).update(since=TODAY - timedelta(days=1), position=position)
    brief = brief_of(position, world.actor_of(successor), TODAY)
    assert brief.open == (action,)
    assert [(one.item, one.decision, one.item.because) for one in brief.decided] == [
        (item, "Adjust", "The calls begin too late.")
    ]
    assert brief.notes == (left,)
    assert [one.person for one in brief.before] == [leaver]
    page = world.client_of(successor).get(f"/p/cedar-harbor/people/{position.pk}/")
    assert "The calls begin too late." in page.content.decode()
    assert "Candid" not in page.content.decode().replace("Candid notes are sealed", "")


def test_access_ends_on_the_day_that_a_leader_sets(world: World) -> None:
    analyst = world.person(Role.ANALYST)
    sitting = analyst.seats.get()
    lead = world.client(Role.LEAD)
    address = f"/p/cedar-harbor/people/{sitting.position_id}/seats/{sitting.pk}/end/"
    past = lead.post(address, {"until": TODAY - timedelta(days=1)})
    assert past.status_code == 422
    assert lead.post(address, {"until": TODAY + timedelta(days=9)}).status_code == 302
    sitting.refresh_from_db()
    assert sitting.until == TODAY + timedelta(days=9)
    assert (
        "Access that ends within two months" in lead.get("/p/cedar-harbor/people/").content.decode()
    )


def test_nobody_pairs_or_ends_for_the_other_district(world: World) -> None:
    theirs = world.position(Role.ANALYST, world.harbor)
    lead = world.client(Role.LEAD)
    own = world.position(Role.ANALYST, world.cedar)
    assert (
        lead.post(f"/p/cedar-harbor/people/{theirs.pk}/pairs/", {"other": own.pk}).status_code
        == 404
    )
    assert (
        lead.post(f"/p/cedar-harbor/people/{own.pk}/pairs/", {"other": theirs.pk}).status_code
        == 302
    )
    pairing = Pairing.objects.get()
    parted = lead.post(f"/p/cedar-harbor/people/{own.pk}/pairs/{pairing.pk}/part/")
    assert (parted.status_code, Pairing.objects.exists()) == (302, False)
