"""The fixtures of `workspace_world`: one world for each file of tests, as it was for each test;
and the key of a district in it.

Founding a partnership costs far more than most tests do. It is done once for a file, in a
transaction that the last test undoes; each test works in a savepoint of its own, on objects read
anew and on a copy of the folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from accord.workspace.people.models import District, Person
from accord.workspace.people.models import Partnership as Served
from accord.workspace.people.roles import Role
from accord.workspace.sealing.district_keys import key_of
from accord.workspace.sealing.opening import make_key, unlocked_by_file
from accord.workspace.sealing.ring import holding
from partnership import Partnership
from workspace_world import World, build_world, make_exchange

PASSPHRASE = "three harbor lamps at dusk"


@dataclass(frozen=True)
class Founded:
    """A world, and the folder that it was founded in."""

    world: World
    home: Path


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    return make_exchange(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def founded(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    signed: Partnership,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Founded]:
    """The world of a file of tests; what `world` gives begins from it."""
    home = tmp_path_factory.mktemp("home")
    told = override_settings(ACCORD_HOME=home, ACCORD_KEYS=home / "keys")
    with django_db_blocker.unblock(), transaction.atomic():
        with told:
            made = build_world(signed)
        yield Founded(made, home)
        transaction.set_rollback(True)


@pytest.fixture
def world(founded: Founded, db: None, tmp_path: Path, settings: Settings) -> World:
    shutil.copytree(founded.home, tmp_path, dirs_exist_ok=True)
    settings.ACCORD_HOME = tmp_path
    settings.ACCORD_KEYS = tmp_path / "keys"
    return read_anew(founded.world)


@pytest.fixture
def pem(world: World) -> str:
    """The private half of Cedar Valley's key, which is made."""
    return make_key(world.cedar, PASSPHRASE, by=world.person(Role.LEAD))


@pytest.fixture
def committed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows a commit happens at once: a test's own transaction is never committed."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, *_, **__: act())


@contextmanager
def unlocked(district: District, pem: str) -> Iterator[None]:
    """Have a district's key unlocked with its file."""
    key = key_of(district.pk)
    assert key is not None
    with holding({district.pk: unlocked_by_file(key, pem.encode())}):
        yield


def read_anew(world: World) -> World:
    """The same world with nothing in its objects that a test before changed."""
    districts = District.objects.select_related("partnership").in_bulk()
    people = Person.objects.in_bulk()
    return World(
        world.signed,
        Served.objects.get(pk=world.served.pk),
        districts[world.cedar.pk],
        districts[world.harbor.pk],
        {
            (role, district and districts[district.pk]): people[person.pk]
            for (role, district), person in world.people.items()
        },
    )
