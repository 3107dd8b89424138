"""The one condition behind both questions; widening; access that has ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from accord.base.errors import RefusedError
from accord.workspace.notes.models import Note
from accord.workspace.people.holding import end
from accord.workspace.people.roles import Role
from accord.workspace.permissions.actor import actor_in
from accord.workspace.permissions.rules import find, listing, may, may_in, may_to
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.trail.models import Event
from workspace_world import World


def test_what_is_listed_is_what_opens(world: World) -> None:
    author = world.person(Role.SUPERINTENDENT)
    notes = [world.note(width, author) for width in Visibility]
    for role in Role:
        actor = world.actor(role, world.harbor)
        listed = set(listing(actor, "notes.see", Note))
        assert listed == {note for note in notes if may_to(actor, "notes.see", note)}
        for note in notes:
            if note in listed:
                assert find(actor, "notes.see", Note, note.pk) == note
            else:
                with pytest.raises(Http404):
                    find(actor, "notes.see", Note, note.pk)


def test_a_note_begins_seen_by_its_author_alone(world: World) -> None:
    note = world.note(Visibility.AUTHOR, world.person(Role.PRINCIPAL))
    seeing = [
        (role, district)
        for role in Role
        for district in (world.cedar, world.harbor)
        if may_to(world.actor(role, district), "notes.see", note)
    ]
    assert seeing == [(Role.PRINCIPAL, world.cedar)]


def test_a_name_on_a_note_counts_only_from_the_width_of_named_on(world: World) -> None:
    note = world.note(Visibility.AUTHOR, world.person(Role.LEAD))
    note.named.set([world.person(Role.RESEARCHER)])
    researcher = world.actor(Role.RESEARCHER)
    assert not may_to(researcher, "notes.see", note)
    widen(note, Visibility.NAMED, by=world.actor(Role.LEAD))
    assert may_to(researcher, "notes.see", note)
    assert not may_to(world.actor(Role.FUNDER), "notes.see", note)


def test_a_thing_of_no_district_is_seen_by_no_district(world: World) -> None:
    note = world.note(Visibility.DISTRICT, world.person(Role.FACILITATOR), district=None)
    assert not may_to(world.actor(Role.SUPERINTENDENT), "notes.see", note)


def test_sharing_is_an_act_with_a_name_and_a_time_and_never_goes_back(world: World) -> None:
    note, lead = world.note(Visibility.AUTHOR, world.person(Role.LEAD)), world.actor(Role.LEAD)
    widen(note, Visibility.PARTNERS, by=lead)
    event = Event.objects.latest("sequence")
    assert (event.act, event.by) == ("widened", lead.name)
    assert event.said == {"before": "author", "after": "partners"}
    for narrower in (Visibility.PARTNERS, Visibility.DISTRICT, Visibility.AUTHOR):
        with pytest.raises(RefusedError, match="not hidden from them again"):
            widen(note, narrower, by=lead)


def test_access_ends_on_its_day(world: World) -> None:
    person, today = world.person(Role.LEAD), timezone.localdate()
    end(person.seats.get(), on=today, by=person)
    assert actor_in(world.served, person, today).is_member
    after = actor_in(world.served, person, today + timedelta(days=1))
    assert not after.is_member
    note = world.note(Visibility.PARTNERS, person)
    assert not listing(after, "notes.see", Note).filter(pk=note.pk).exists()


def test_who_has_left_the_workspace_is_nobody(world: World) -> None:
    person = world.person(Role.LEAD)
    person.is_active = False
    person.save()
    assert actor_in(world.served, person, timezone.localdate()).person is None


def test_an_act_on_ones_own_district_stays_there(world: World) -> None:
    lead = world.actor(Role.LEAD)
    assert may_in(lead, "releases.receive", world.cedar.pk)
    assert not may_in(lead, "releases.receive", world.harbor.pk)


def test_board_members_only_read(world: World) -> None:
    board = world.actor(Role.BOARD)
    writing = ("notes.write", "actions.write", "meetings.run", "people.invite", "releases.share")
    assert [act for act in writing if may(board, act)] == []
    assert may(board, "figures.see")
