"""Inquiries, works, commitments and the library: private texts are sealed, found, taken and ended
as notes are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from accord.workspace.inquiry.doing import begin_trial, explain
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.keeping.joint_work import SEEN_BY, taken_by, texts_of
from accord.workspace.keeping.leaving import leave
from accord.workspace.people.roles import Role
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.sealing.models import Sealed
from accord.workspace.sealing.shut import Shut
from accord.workspace.search.finding import search
from workspace_fixtures import unlocked
from workspace_things import MAKERS
from workspace_world import World


def made(world: World, kind: str, visibility: Visibility) -> Sealed:
    thing = MAKERS[kind](
        {
            "partnership": world.served,
            "district": world.cedar,
            "author": world.person(Role.LEAD),
            "visibility": visibility,
            "made_at": timezone.now(),
        }
    )
    assert isinstance(thing, Sealed)
    return thing


def written(thing: Sealed) -> list[tuple[Sealed, dict[str, str]]]:
    """A thing and what hangs on it, each with its texts, where it has any."""
    return [(part, texts) for part in thing.parts() if (texts := texts_of(part))]


def in_the_database(thing: Sealed) -> str:
    """A row as whoever hosts the database sees it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {thing._meta.db_table} WHERE id = %s", [thing.pk])
        return repr(cursor.fetchall())


@pytest.mark.parametrize("kind", MAKERS)
def test_what_a_district_keeps_of_the_joint_work_is_sealed(
    world: World, pem: str, kind: str
) -> None:
    thing = made(world, kind, Visibility.DISTRICT)  # writing needs no key
    with unlocked(world.cedar, pem):
        fresh = type(thing)._default_manager.get(pk=thing.pk)
        assert texts_of(fresh) == texts_of(thing), "the district reads it"
        parts = written(fresh)
    assert parts
    for part, texts in parts:
        row = in_the_database(part)
        assert not [text for text in texts.values() if f"'{text}'" in row]
        locked = type(part)._default_manager.get(pk=part.pk)
        assert all(isinstance(getattr(locked, name), Shut) for name in texts)


@pytest.mark.parametrize("kind", MAKERS)
def test_what_partners_share_is_plain(world: World, pem: str, kind: str) -> None:
    parts = written(made(world, kind, Visibility.PARTNERS))
    assert parts
    for part, texts in parts:
        row = in_the_database(part)
        assert all(text in row for text in texts.values())


def test_parts_are_sealed_as_what_they_belong_to_and_open_when_it_is_shared(
    world: World, pem: str
) -> None:
    lead = world.person(Role.LEAD)
    with unlocked(world.cedar, pem):
        inquiry = made(world, "inquiry", Visibility.DISTRICT)
        assert isinstance(inquiry, Inquiry)
        cause = explain(inquiry, "Letters come too late", by=lead)
        trial = begin_trial(inquiry, "If we call", "below 20 %", timezone.localdate(), by=lead)
        assert "Letters" not in in_the_database(cause)
        assert "below 20" not in in_the_database(trial.predictions.get())
        widen(inquiry, Visibility.PARTNERS, by=world.actor(Role.LEAD))
    shared = Inquiry.objects.get(pk=inquiry.pk)
    assert shared.question == "Why do fewer come in spring?"
    assert shared.causes.get().statement == "Letters come too late"
    assert shared.trials.get().predictions.get().expected == "below 20 %"


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        ("inquiry", "fewer spring", "Inquiry"),
        ("work", "joint units", "Strands"),
        ("plan", "alder goal", "Strands"),
        ("commitment", "coaches", "Commitments"),
        ("resource", "trainer", "Commitments"),
        ("waiver", "set-aside schools", "Commitments"),
        ("practice", "calls none", "Library"),
        ("document", "protocol", "Library"),
        ("letter", "learn absence", "Exploration letters"),
        ("readiness", "we do", "Conditions for success"),
    ],
)
def test_search_finds_it_for_those_who_may_read_it_with_their_key(
    world: World, pem: str, kind: str, words: str, found: str
) -> None:
    with unlocked(world.cedar, pem):
        made(world, kind, Visibility.DISTRICT)
        assert found in kinds(world.actor(Role.ANALYST), words)
        assert found not in kinds(world.actor(Role.LEAD, world.harbor), words)
    assert found not in kinds(world.actor(Role.ANALYST), words), "not while the key is locked"


def kinds(actor: Actor, words: str) -> set[str]:
    return {one.kind for one in search(actor, words)}


def test_a_district_takes_its_own_and_leaves_no_private_text_behind(world: World, pem: str) -> None:
    with unlocked(world.cedar, pem):
        things = [made(world, kind, Visibility.DISTRICT) for kind in MAKERS]
        texts = [texts_of(thing) for thing in things]
        taken = taken_by(world.actor(Role.LEAD))
        for told in texts:
            assert any(told in one["texts"] for one in taken)
        leave(world.cedar, by=world.actor(Role.SUPERINTENDENT), today=timezone.localdate())
    for thing in things:
        thing.refresh_from_db()
        assert texts_of(thing) == {}
        assert thing.expired_at is not None


def test_every_shared_thing_with_sealed_texts_is_taken_out_with_its_district() -> None:
    elsewhere = {"Note", "Action", "Edition"}
    kinds = {kind.__name__ for kind in Shared.__subclasses__() if issubclass(kind, Sealed)}
    assert {kind.__name__ for kind in SEEN_BY} == kinds - elsewhere
