"""A district changes its passphrase or its key: each text opens with the one in force."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.utils import timezone

from accord.base.errors import InputError, RefusedError, StateError
from accord.workspace.keeping.leaving import leave
from accord.workspace.keeping.lifetimes import destroy
from accord.workspace.notes.models import Note
from accord.workspace.people.models import District
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.sealing import shelf
from accord.workspace.sealing.district_keys import LockedKey, key_of, lost, settle
from accord.workspace.sealing.envelope import private_pem, public_pem, read_private
from accord.workspace.sealing.models import DistrictKey
from accord.workspace.sealing.opening import bring_key, make_key, new_pair, unlocked_by_passphrase
from accord.workspace.sealing.rekeying import (
    Shown,
    begin_anew,
    bring_another,
    change_key,
    change_passphrase,
    find_again,
)
from accord.workspace.sealing.ring import holding
from accord.workspace.trail.models import Event
from accord.workspace.trail.writing import problems
from workspace_fixtures import PASSPHRASE, unlocked
from workspace_world import World

pytestmark = pytest.mark.usefixtures("committed_at_once")

CANDID = "We say we use the joint units, and we don't."
OTHER = "four alder leaves in the rain"


def in_force(district: District) -> LockedKey:
    key = key_of(district.pk)
    assert key is not None
    return key


def opened(key: LockedKey, passphrase: str) -> str:
    """The private half that a passphrase opens."""
    return private_pem(unlocked_by_passphrase(key, passphrase))


def shown(district: District, pem: str) -> Shown:
    return Shown(in_force(district), read_private(pem.encode()))


def reads(note: Note, district: District, pem: str) -> bool:
    """Whether a key opens a note."""
    with holding({district.pk: read_private(pem.encode())}):
        return bool(Note.objects.get(pk=note.pk).text == CANDID)


def candid(world: World, visibility: Visibility = Visibility.DISTRICT) -> Note:
    return world.note(visibility, world.person(Role.LEAD), text=CANDID)


def test_another_passphrase_opens_the_same_key_and_the_former_opens_nothing(
    world: World, pem: str
) -> None:
    note, before = candid(world), in_force(world.cedar)
    change_passphrase(world.cedar, shown(world.cedar, pem), OTHER, by=world.person(Role.LEAD))
    after = in_force(world.cedar)
    assert opened(after, OTHER) == pem
    with pytest.raises(RefusedError, match="not the passphrase"):
        unlocked_by_passphrase(after, PASSPHRASE)
    assert (after.mark, reads(note, world.cedar, pem)) == (before.mark, True)
    event = Event.objects.latest("sequence")
    assert event.act == "changed the passphrase of the district's key"
    assert event.by == world.person(Role.LEAD).email
    assert before.locked not in everything_on_the_shelf()


def test_another_key_opens_all_texts_and_the_former_none(world: World, pem: str) -> None:
    notes = [candid(world), candid(world, Visibility.AUTHOR)]
    before = in_force(world.cedar)
    lead = world.person(Role.LEAD)
    new, done = change_key(world.cedar, shown(world.cedar, pem), OTHER, by=lead)
    assert (done.count, done.spoilt) == (2, 0)
    for note in notes:
        assert reads(note, world.cedar, new)
        assert not reads(note, world.cedar, pem)
    later = candid(world)
    assert reads(later, world.cedar, new)
    assert before.mark not in everything_on_the_shelf(), "the former key is gone for good"
    event = Event.objects.latest("sequence")
    assert event.act == "changed the district's key" or event.kind == "notes.note"
    assert problems(world.served.pk) == []


def everything_on_the_shelf() -> str:
    folder: Path = settings.ACCORD_KEYS
    return "".join(path.read_text() for path in folder.rglob("*.json"))


def test_a_key_kept_as_a_file_alone_is_changed_with_its_file(world: World) -> None:
    lead, first, second = world.person(Role.LEAD), *(X25519PrivateKey.generate() for _ in "ab")
    bring_key(world.cedar, public_pem(first.public_key()), by=lead)
    note = candid(world)
    with pytest.raises(InputError, match="has now"):
        bring_another(
            world.cedar,
            shown(world.cedar, private_pem(first)),
            public_pem(first.public_key()),
            by=lead,
        )
    bring_another(
        world.cedar,
        shown(world.cedar, private_pem(first)),
        public_pem(second.public_key()),
        by=lead,
    )
    assert reads(note, world.cedar, private_pem(second))
    assert not reads(note, world.cedar, private_pem(first))
    change_passphrase(world.cedar, shown(world.cedar, private_pem(second)), OTHER, by=lead)
    assert opened(in_force(world.cedar), OTHER) == private_pem(second)


def test_of_two_who_change_it_at_once_the_second_is_told(world: World, pem: str) -> None:
    note, seen = candid(world), shown(world.cedar, pem)
    new, _ = change_key(world.cedar, seen, OTHER, by=world.person(Role.LEAD))
    boss = world.person(Role.SUPERINTENDENT)
    with pytest.raises(StateError, match="meanwhile"):
        change_key(world.cedar, seen, PASSPHRASE, by=boss)
    with pytest.raises(StateError, match="meanwhile"):
        change_passphrase(world.cedar, seen, PASSPHRASE, by=boss)
    assert reads(note, world.cedar, new)


def test_people_named_of_two_districts_go_on_reading_each_with_their_own(
    world: World, pem: str
) -> None:
    other = make_key(world.harbor, PASSPHRASE, by=world.person(Role.LEAD, world.harbor))
    note = world.note(Visibility.NAMED, world.person(Role.LEAD), text="")
    note.named.set([world.person(Role.PRINCIPAL, world.harbor)])
    note.text = CANDID
    note.save(update_fields=["text"])
    new, _ = change_key(world.cedar, shown(world.cedar, pem), OTHER, by=world.person(Role.LEAD))
    assert reads(note, world.cedar, new)
    assert reads(note, world.harbor, other)
    assert not reads(note, world.cedar, pem)


def test_a_change_touches_neither_what_is_shared_nor_what_was_destroyed(
    world: World, pem: str
) -> None:
    shared, gone = candid(world), candid(world)
    with unlocked(world.cedar, pem):
        widen(shared, Visibility.PARTNERS, by=world.actor(Role.LEAD))
        destroy(gone, "expired", by="the clock", chain=world.served.pk)
    change_key(world.cedar, shown(world.cedar, pem), OTHER, by=world.person(Role.LEAD))
    assert Note.objects.get(pk=shared.pk).text == CANDID, "everybody of the partners reads it"
    assert shelf.take(gone.seal) is None


def test_a_spoilt_file_on_the_shelf_does_not_stop_the_change(world: World, pem: str) -> None:
    note, spoilt = candid(world), candid(world)
    shelf.put(spoilt.seal, shelf.Kept(None, {in_force(world.cedar).mark: b"\0" * 80}))
    new, done = change_key(world.cedar, shown(world.cedar, pem), OTHER, by=world.person(Role.LEAD))
    assert (done.count, done.spoilt) == (1, 1)
    assert reads(note, world.cedar, new)


def test_a_district_leaves_after_a_change_and_its_key_goes_from_the_shelf(
    world: World, pem: str
) -> None:
    note = candid(world)
    new, _ = change_key(world.cedar, shown(world.cedar, pem), OTHER, by=world.person(Role.LEAD))
    with unlocked(world.cedar, new):
        leave(world.cedar, by=world.actor(Role.SUPERINTENDENT), today=timezone.localdate())
    assert shelf.take(note.seal) is None
    assert key_of(world.cedar.pk) is None
    assert "PUBLIC KEY" not in everything_on_the_shelf()


def test_a_database_from_before_the_change_opens_with_the_key_of_the_shelf(
    world: World, pem: str
) -> None:
    """The backup that deploy.md asks for: databases in generations, the shelf as it is now."""
    note, backup = candid(world), DistrictKey.objects.get(district=world.cedar)
    new, _ = change_key(world.cedar, shown(world.cedar, pem), OTHER, by=world.person(Role.LEAD))
    backup.save()  # somebody restores it
    assert opened(in_force(world.cedar), OTHER) == new
    assert reads(note, world.cedar, new)
    later = candid(world)
    assert reads(later, world.cedar, new)
    DistrictKey.objects.all().delete()  # an even older one, from before there was any key
    assert reads(note, world.cedar, new)
    with pytest.raises(StateError, match="already"):
        make_key(world.cedar, PASSPHRASE, by=world.person(Role.LEAD))


def test_a_shelf_from_before_the_change_opens_with_the_key_of_then(
    world: World, pem: str, tmp_path: Path
) -> None:
    """Last night's copy of the shelf, where today's is lost: last night's passphrase counts."""
    note = candid(world)
    shutil.copytree(settings.ACCORD_KEYS, tmp_path / "copy")
    new, _ = change_key(world.cedar, shown(world.cedar, pem), OTHER, by=world.person(Role.LEAD))
    shutil.rmtree(settings.ACCORD_KEYS)
    shutil.copytree(tmp_path / "copy", settings.ACCORD_KEYS)
    assert opened(in_force(world.cedar), PASSPHRASE) == pem
    assert reads(note, world.cedar, pem)
    again, _ = change_key(world.cedar, shown(world.cedar, pem), OTHER, by=world.person(Role.LEAD))
    assert reads(note, world.cedar, again)
    assert not reads(note, world.cedar, new)


def test_a_district_that_lost_its_key_begins_anew_and_finds_it_again(
    world: World, pem: str
) -> None:
    before, lead = candid(world), world.person(Role.LEAD)
    former = in_force(world.cedar)
    private, key = new_pair(OTHER)
    begin_anew(world.cedar, former, key, by=lead)
    new, after = private_pem(private), candid(world)
    assert reads(after, world.cedar, new)
    assert not reads(before, world.cedar, new)
    settle(world.cedar)  # as every night
    assert lost(world.cedar.pk) == (former,)
    assert find_again(world.cedar, Shown(former, read_private(pem.encode())), by=lead).count == 1
    assert reads(before, world.cedar, new)
    assert not reads(before, world.cedar, pem)
    assert lost(world.cedar.pk) == ()
