"""Notes and drafts live as long as the charter says; then their text is gone, in backups too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accord.charter.model import Workspace
from accord.workspace.editing.models import OtherVersion
from accord.workspace.keeping import leaving, lifetimes
from accord.workspace.keeping.holds import lift, place
from accord.workspace.keeping.leaving import leave, own_pieces
from accord.workspace.keeping.lifetimes import expire, over
from accord.workspace.meetings.models import Meeting
from accord.workspace.notes.models import Note
from accord.workspace.people.holding import end
from accord.workspace.people.models import Seat
from accord.workspace.people.roles import Role
from accord.workspace.permissions.rules import may_to
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.models import Arrival
from accord.workspace.sealing import shelf
from accord.workspace.trail.models import Event
from accord.workspace.trail.writing import problems
from workspace_world import World, seat

AGREED = Workspace(drafts_days=90, notes_days=365, stays=("releases",))
TODAY = timezone.localdate()
Committed = Callable[..., object]


@pytest.fixture(autouse=True)
def charter_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lifetimes, leaving):
        monkeypatch.setattr(module, "agreed", lambda _: AGREED)


def old_note(world: World, days: int, visibility: Visibility = Visibility.AUTHOR) -> Note:
    made = timezone.now() - timedelta(days=days)
    return world.note(visibility, world.person(Role.LEAD), made_at=made, text="candid words")


def test_a_notes_text_and_key_go_when_its_time_is_over(
    world: World, django_capture_on_commit_callbacks: Committed
) -> None:
    late, young = old_note(world, 367), old_note(world, 360)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert expire(world.served, TODAY) == 1
    late.refresh_from_db()
    assert (late.text, late.expired_at is not None) == ("", True)
    assert shelf.take(late.seal) is None
    young.refresh_from_db()
    assert young.text == "candid words"
    event = Event.objects.latest("sequence")
    assert (event.act, event.by, event.object) == ("expired", "the clock", str(late.pk))
    assert "candid" not in repr(event.body())
    assert problems("cedar-harbor") == []


def test_a_backup_of_the_day_before_holds_nothing_that_opens(
    world: World, django_capture_on_commit_callbacks: Committed
) -> None:
    note = old_note(world, 400, Visibility.PARTNERS)
    backup = Note.objects.filter(pk=note.pk).extra(select={"raw": "text"}).values("raw")[0]["raw"]
    assert "candid" not in backup
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        expire(world.served, TODAY)
    Note.objects.filter(pk=note.pk).update(text=backup)  # somebody restores it
    assert "its key was destroyed" in Note.objects.get(pk=note.pk).text


def test_a_hold_stands_against_it_until_it_is_lifted(world: World) -> None:
    old_note(world, 400)
    hold = place(world.cedar, "Records request 12", by=world.person(Role.LEAD))
    assert expire(world.served, TODAY) == 0
    lift(hold, by=world.person(Role.LEAD))
    assert expire(world.served, TODAY) == 1


def test_agendas_never_sent_and_versions_nobody_kept_are_drafts(world: World) -> None:
    old = timezone.now() - timedelta(days=91)
    draft, sent = world.meeting(Visibility.AUTHOR), world.meeting(Visibility.PARTNERS)
    Meeting.objects.update(made_at=old)
    version = OtherVersion.objects.create(
        kind="x", object="1", fields={"notes": "words"}, by=world.person(Role.LEAD), at=old
    )
    assert expire(world.served, TODAY) == 2
    assert not Meeting.objects.filter(pk=draft.pk).exists()
    assert Meeting.objects.filter(pk=sent.pk).exists()
    version.refresh_from_db()
    assert version.fields == {}


def test_where_the_charter_is_silent_nothing_expires(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifetimes, "agreed", lambda _: None)
    old_note(world, 4000)
    assert over(world.served, TODAY) is None
    assert expire(world.served, TODAY) == 0


def test_whoever_comes_after_the_author_left_reads_no_candid_note(world: World) -> None:
    leaver = world.person(Role.LEAD)
    note = world.note(Visibility.DISTRICT, leaver)
    colleague = world.actor(Role.PRINCIPAL)
    assert may_to(colleague, "notes.see", note)
    end(leaver.seats.get(), on=TODAY - timedelta(days=2), by=leaver)
    assert may_to(colleague, "notes.see", note), "what was read can't be unread"
    successor = seat(world.served, world.cedar, Role.LEAD, "Successor, Cedar Valley")
    Seat.objects.filter(person=successor).update(since=TODAY - timedelta(days=1))
    newcomer = world.actor_of(successor)
    assert not may_to(newcomer, "notes.see", note)
    note.handed_over = True
    note.save(update_fields=["handed_over"])
    assert may_to(newcomer, "notes.see", note)


def test_a_district_leaves_with_its_own_and_what_the_charter_says_stays(
    world: World, django_capture_on_commit_callbacks: Committed
) -> None:
    superintendent = world.actor(Role.SUPERINTENDENT)
    private, shared = (
        old_note(world, 1, Visibility.DISTRICT),
        old_note(world, 1, Visibility.PARTNERS),
    )
    theirs = world.note(
        Visibility.DISTRICT, world.person(Role.LEAD, world.harbor), district=world.harbor, text="T"
    )
    joint = world.action()
    assert b"notes.json" in b"".join(own_pieces(superintendent))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        leave(world.cedar, by=superintendent, today=TODAY)
    for note in (private, shared):
        note.refresh_from_db()
        assert note.text == "", "notes don't stay under this charter"
    theirs.refresh_from_db()
    joint.refresh_from_db()
    assert (theirs.text, joint.title) == ("T", "Call every family after the third absence")
    assert Arrival.objects.filter(district=world.cedar, state=Arrival.State.RECEIVED).exists()
    assert set(Seat.objects.filter(position__district=world.cedar).values_list("until")) == {
        (TODAY,)
    }
    assert problems("cedar-harbor") == []


def test_a_district_under_a_hold_does_not_leave(world: World) -> None:
    place(world.cedar, "Records request 12", by=world.person(Role.LEAD))
    with pytest.raises(Exception, match="legal hold"):
        leave(world.cedar, by=world.actor(Role.SUPERINTENDENT), today=TODAY)
