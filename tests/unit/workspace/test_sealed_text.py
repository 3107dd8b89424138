"""Private text under the district's key: what the host has is not enough to read it."""

from __future__ import annotations

import pytest
from django.db import connection

from accord.base.errors import InputError, RefusedError, StateError
from accord.workspace.actions.models import Action
from accord.workspace.editing.saving import save_edit
from accord.workspace.notes.models import Note
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.sealing import shelf
from accord.workspace.sealing.district_keys import key_of
from accord.workspace.sealing.envelope import lock, new_text_key, read_private, seal, unlock, unseal
from accord.workspace.sealing.fields import rewrap
from accord.workspace.sealing.opening import make_key, unlocked_by_file
from accord.workspace.sealing.shut import Shut
from workspace_fixtures import PASSPHRASE, unlocked
from workspace_world import World

CANDID = "We say we use the joint units, and we don't."


def written(table: str) -> str:
    """What the database holds, as whoever hosts it sees it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return repr(cursor.fetchall())


def test_neither_the_database_nor_the_shelf_opens_a_private_text(world: World, pem: str) -> None:
    note = world.note(Visibility.DISTRICT, world.person(Role.LEAD), text=CANDID)
    assert CANDID not in written("notes_note")
    kept = shelf.take(note.seal)
    assert kept is not None
    assert kept.open is None
    cedar = key_of(world.cedar.pk)
    assert cedar is not None
    assert set(kept.wrapped) == {cedar.mark}
    assert isinstance(Note.objects.get(pk=note.pk).text, Shut)
    assert "PRIVATE" not in written("sealing_districtkey")


def test_the_districts_key_opens_it(world: World, pem: str) -> None:
    note = world.note(Visibility.AUTHOR, world.person(Role.LEAD), text=CANDID)
    with unlocked(world.cedar, pem):
        assert Note.objects.get(pk=note.pk).text == CANDID


def test_another_districts_key_opens_nothing(world: World, pem: str) -> None:
    other = make_key(world.harbor, PASSPHRASE, by=world.person(Role.LEAD, world.harbor))
    note = world.note(Visibility.DISTRICT, world.person(Role.LEAD), text=CANDID)
    with unlocked(world.harbor, other):
        assert isinstance(Note.objects.get(pk=note.pk).text, Shut)
    cedar = key_of(world.cedar.pk)
    assert cedar is not None
    with pytest.raises(RefusedError, match="another key"):
        unlocked_by_file(cedar, other.encode())


def test_sharing_with_the_partners_opens_it_to_them_and_needs_the_key(
    world: World, pem: str
) -> None:
    note = world.note(Visibility.DISTRICT, world.person(Role.LEAD), text=CANDID)
    lead = world.actor(Role.LEAD)
    with pytest.raises(StateError, match="locked"):
        widen(note, Visibility.PARTNERS, by=lead)
    note.refresh_from_db()
    assert note.visibility == Visibility.DISTRICT
    with unlocked(world.cedar, pem):
        widen(note, Visibility.PARTNERS, by=lead)
    assert Note.objects.get(pk=note.pk).text == CANDID


def test_people_named_read_it_with_their_own_districts_key(world: World, pem: str) -> None:
    other = make_key(world.harbor, PASSPHRASE, by=world.person(Role.LEAD, world.harbor))
    note = world.note(Visibility.NAMED, world.person(Role.LEAD), text="")
    note.named.set([world.person(Role.PRINCIPAL, world.harbor)])
    note.text = CANDID
    note.save(update_fields=["text"])
    for district, key in ((world.cedar, pem), (world.harbor, other)):
        with unlocked(district, key):
            assert Note.objects.get(pk=note.pk).text == CANDID


def test_saving_what_is_shut_changes_nothing(world: World, pem: str) -> None:
    note = world.note(Visibility.DISTRICT, world.person(Role.LEAD), text=CANDID)
    shut = Note.objects.get(pk=note.pk)
    shut.save()
    with unlocked(world.cedar, pem):
        assert Note.objects.get(pk=note.pk).text == CANDID


def test_an_action_that_a_district_keeps_is_sealed_and_one_of_both_is_plain(
    world: World, pem: str
) -> None:
    lead = world.position(Role.LEAD, world.cedar)
    own = world.action(title=CANDID, owners=[lead], visibility=Visibility.DISTRICT)
    joint = world.action(title="Call every family")
    assert CANDID not in written("actions_action")
    assert "Call every family" in written("actions_action")
    locked = Action.objects.get(pk=own.pk)
    by = world.person(Role.LEAD)
    with pytest.raises(StateError, match="locked"):
        save_edit(locked, {"title": "x"}, seen=1, by=by, chain="cedar-harbor")
    with unlocked(world.cedar, pem):
        mine = Action.objects.get(pk=own.pk)
        assert save_edit(mine, {"title": "Better"}, seen=1, by=by, chain="cedar-harbor") is None
        assert mine.title == "Better"
    assert "Better" not in written("actions_action")
    assert Action.objects.get(pk=joint.pk).title == "Call every family"


def test_what_was_written_before_the_key_is_sealed_when_it_comes(world: World) -> None:
    note = world.note(Visibility.DISTRICT, world.person(Role.LEAD), text=CANDID)
    kept = shelf.take(note.seal)
    assert kept is not None
    assert kept.open is not None
    pem = make_key(world.cedar, PASSPHRASE, by=world.person(Role.LEAD))
    assert rewrap(Note.objects.get(pk=note.pk))
    assert isinstance(Note.objects.get(pk=note.pk).text, Shut)
    with unlocked(world.cedar, pem):
        assert Note.objects.get(pk=note.pk).text == CANDID


def test_a_sealed_text_that_was_altered_is_refused() -> None:
    key = new_text_key()
    sealed = bytearray(seal(CANDID, key, "a"))
    sealed[-1] ^= 1
    with pytest.raises(RefusedError, match="altered"):
        unseal(bytes(sealed), key, "a")
    with pytest.raises(RefusedError, match="altered"):
        unseal(seal(CANDID, key, "a"), key, "moved to another row")


def test_a_wrong_passphrase_opens_nothing(world: World, pem: str) -> None:
    locked = lock(read_private(pem.encode()), PASSPHRASE)
    assert unlock(locked, PASSPHRASE).private_bytes_raw()
    with pytest.raises(RefusedError, match="not the passphrase"):
        unlock(locked, PASSPHRASE + " ")
    with pytest.raises(InputError, match="no private key"):
        read_private(b"not a key")


def test_a_district_has_one_key(world: World, pem: str) -> None:
    with pytest.raises(StateError, match="already"):
        make_key(world.cedar, PASSPHRASE, by=world.person(Role.LEAD))
