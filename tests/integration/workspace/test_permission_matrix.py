"""Every route × role × own or other district × visibility, against `matrix.yaml`.

The table is a second writing of the rules, by hand. A route that it does not list fails the test,
and so does one that carries no declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth import get_user
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from accord.workspace.actions.models import Action
from accord.workspace.api.models import Token
from accord.workspace.api.needs import NEEDS
from accord.workspace.api.tokens import make_token
from accord.workspace.editing.models import OtherVersion
from accord.workspace.editions.models import Edition
from accord.workspace.keeping.holds import place
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.notes.models import Note
from accord.workspace.people.models import Pairing, Person, Seat
from accord.workspace.people.models import Partnership as Served
from accord.workspace.people.roles import OF_NO_DISTRICT, Role
from accord.workspace.permissions.actor import actor_in
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.models import Arrival
from partnership import Partnership
from workspace_things import MAKERS, part_of
from workspace_world import CHRONIC, World, build_world, seat, signed_in

TABLE = yaml.safe_load(Path(__file__).with_name("matrix.yaml").read_text(encoding="utf-8"))
ROUTES: dict[str, dict[str, list[str]]] = TABLE["routes"]
REFUSED = (403, 404)
OF_A_DISTRICT = ("position", "hold")
"""Kinds of things that have a district and no visibility."""
BY_AUTHOR, BY_NAMED = "author", "named"


def patterns(found: list[Any], within: str = "") -> Iterator[tuple[str, URLPattern]]:
    for item in found:
        if isinstance(item, URLResolver):
            yield from patterns(item.url_patterns, within + str(item.pattern))
        else:
            yield within + str(item.pattern), item


EVERY = list(patterns(get_resolver().url_patterns))


def test_every_route_is_in_the_table_and_declares_what_it_needs() -> None:
    listed = {*ROUTES, *TABLE["api"], *TABLE["api_outside"], *TABLE["outside"], *TABLE["sign_in"]}
    for address, pattern in EVERY:
        name = pattern.name or address
        assert name in listed, f"{address} ({name}) is not in matrix.yaml"
        if name in ROUTES:
            assert set(pattern.callback.needs) == set(ROUTES[name]), name
        elif name in TABLE["api"]:
            assert set(NEEDS[name]) == set(TABLE["api"][name]), name
        elif name in TABLE["api_outside"]:
            assert address.startswith("api/v1/"), name
        elif name in TABLE["outside"]:
            assert pattern.callback.outside, name
        else:
            assert address.startswith("account/"), name
    assert listed == {pattern.name or address for address, pattern in EVERY}


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    signed: Partnership,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """One world for all routes: each test undoes what it did, and the last undoes the world."""
    home = tmp_path_factory.mktemp("home")
    told = override_settings(ACCORD_HOME=home, ACCORD_KEYS=home / "keys")
    with django_db_blocker.unblock(), told, transaction.atomic():
        yield build_world(signed)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def things(world: World) -> Things:
    return Things(world)


@pytest.fixture(scope="module")
def people(things: Things, stranger: Person) -> list[tuple[str, str, Client]]:
    return list(everybody(things, stranger))


@pytest.fixture(scope="module")
def programs(people: list[tuple[str, str, Client]], world: World) -> list[tuple[str, str, Client]]:
    return list(callers(people, world))


@pytest.fixture(scope="module")
def stranger(world: World) -> Person:
    """Somebody who leads another partnership."""
    other = Served.objects.create(id="river-plain", name="River–Plain Partnership")
    return seat(other, None, Role.LEAD, "Lead of another partnership")


class Things:
    """One thing of each kind and visibility, of Cedar Valley's, all by one author."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.author = world.extra(Role.LEAD, world.cedar, "Author, Cedar Valley")
        self.named = world.extra(Role.PRINCIPAL, world.harbor, "Named, Harbor Point")

    def make(self, kind: str, visibility: Visibility) -> Shared:
        made: Shared
        if kind == "meeting":
            made = Meeting.objects.create(
                title="M", starts_at=timezone.now(), minutes=60, **self.shared(visibility)
            )
        elif kind == "action":
            made = Action.objects.create(
                title="A", horizon="immediate", due=date(2027, 1, 1), **self.shared(visibility)
            )
        elif kind == "edition":
            made = Edition.objects.create(
                title="E", indicators=[CHRONIC], releases=[], **self.shared(visibility)
            )
        elif kind == "arrival":
            kept = Arrival.objects.filter(district=self.world.cedar).get()
            kept.visibility, kept.author = visibility, self.author
            kept.save()
            made = kept
        elif kind in MAKERS:
            made = MAKERS[kind](self.shared(visibility))
        else:
            made = Note.objects.create(text="N", **self.shared(visibility))
        if visibility is not Visibility.AUTHOR:
            made.named.set([self.named])
        return made

    def shared(self, visibility: Visibility) -> dict[str, Any]:
        return {
            "partnership": self.world.served,
            "district": self.world.cedar,
            "author": self.author,
            "visibility": visibility,
            "made_at": timezone.now(),
        }


def everybody(things: Things, stranger: Person) -> Iterator[tuple[str, str, Client]]:
    """Each person as (role or particular name, own or other, browser)."""
    world = things.world
    for role in Role:
        districts = (None,) if role in OF_NO_DISTRICT else (world.cedar, world.harbor)
        for district in districts:
            side = "other" if district == world.harbor else "own"
            yield role.value, side, world.client(role, district)
    yield BY_AUTHOR, "own", signed_in(things.author)
    yield BY_NAMED, "other", signed_in(things.named)
    yield "stranger", "other", signed_in(stranger)
    yield "nobody", "other", Client()


def expected(needs: list[str], who: str, side: str, visibility: str | None) -> bool:
    """What the table says."""
    allowed, kind, reach = (*needs, "", "")[:3]
    role = {BY_AUTHOR: "lead", BY_NAMED: "principal"}.get(who, who)
    if role not in TABLE["sets"][allowed]:
        return False
    if kind == "token":
        return who == BY_AUTHOR
    if kind in OF_A_DISTRICT:
        return side == "own"
    if visibility is None:
        return True
    sees = TABLE["sees"][visibility]
    seen = role in sees.get(side, []) or who == BY_AUTHOR
    seen = seen or (who == BY_NAMED and visibility != "author")
    if reach == "written":
        return seen and who == BY_AUTHOR
    if reach == "named":
        return seen and who == BY_NAMED
    if reach == "own":
        return seen and (side == "own" or who == BY_AUTHOR)
    return seen


def of_cedar(world: World, kind: str) -> int:
    """A thing of Cedar Valley's that has no visibility."""
    if kind == "token":
        return token_for(world, "author.cedar.valley@cedar-harbor.example")[0].pk
    if kind == "hold":
        return place(world.cedar, "A request", by=world.person(Role.LEAD)).pk
    return world.position(Role.LEAD, world.cedar).pk


def token_for(world: World, email: str) -> tuple[Token, str]:
    """A token of somebody, that may do all that they may."""
    actor = world.actor_of(Person.objects.get(email=email))
    return make_token(actor, name="T", may_write=True, until=timezone.localdate())


def address_of(world: World, name: str, thing: Shared | None, kind: str = "") -> str:
    arguments: dict[str, Any] = {"partnership": world.served.pk}
    pattern = next(pattern for _, pattern in EVERY if pattern.name == name)
    wanted = set(pattern.pattern.converters)
    given = {
        "indicator": CHRONIC,
        "group": "white",
        "name": "charter.json",
        "step": "plan",
        "strand": "mathematics",
    }
    arguments |= {key: given[key] for key in wanted if key in given}
    if "pk" in wanted:
        arguments["pk"] = thing.pk if thing else of_cedar(world, kind)
    if "seat" in wanted:
        arguments["seat"] = Seat.objects.filter(position=arguments["pk"])[0].pk
    if "pairing" in wanted:
        alike, _ = Pairing.objects.get_or_create(
            first_id=arguments["pk"], second=world.position(Role.LEAD, world.harbor)
        )
        arguments["pairing"] = alike.pk
    if "part" in wanted:
        assert thing is not None
        with transaction.atomic():
            arguments["part"] = part_of(thing, name)
    if "item" in wanted:
        assert isinstance(thing, Meeting)
        item, _ = AgendaItem.objects.get_or_create(meeting=thing, order=1, title="I")
        arguments["item"] = item.pk
        if "version" in wanted:
            other, _ = OtherVersion.objects.get_or_create(
                kind=item._meta.label_lower,
                object=str(item.pk),
                defaults={"fields": {}, "by_id": thing.author_id, "at": timezone.now()},
            )
            arguments["version"] = other.pk
    if name in TABLE["api"]:
        return reverse(f"api:{name}", kwargs=arguments)
    return reverse(name, kwargs=arguments)


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.django_db
def test_a_route_opens_to_those_and_only_those_in_the_table(
    world: World, things: Things, people: list[tuple[str, str, Client]], name: str
) -> None:
    wrong: list[str] = []
    for method, needs in ROUTES[name].items():
        kind = (*needs, "")[1]
        visible = kind in ("meeting", "action", "note", "arrival", "edition", *MAKERS)
        for visibility in Visibility if visible else (None,):
            thing = things.make(kind, visibility) if visibility else None
            address = address_of(world, name, thing, kind)
            for who, side, client in people:
                opened = asks(client, method, address, name)
                should = expected(needs, who, side, visibility.value if visibility else None)
                if opened != should:
                    wrong.append(f"{method} {name}: {who}, {side}, {visibility}: {opened}")
    assert wrong == []


def asks(client: Client, method: str, address: str, name: str) -> bool:
    """Whether the page opened to them; what a POST did is undone."""
    sent = {"outcome": "unchanged"} if name == "settle-item" else {}
    with transaction.atomic():
        response = client.get(address) if method == "GET" else client.post(address, sent)
        transaction.set_rollback(True)
    if response.status_code == 302 and "/account/login/" in response["Location"]:
        return False
    assert response.status_code < 500 or response.status_code == 503, response.status_code
    return response.status_code not in REFUSED


@pytest.mark.django_db
def test_public_pages_open_to_everybody_what_is_public_and_nothing_else(
    world: World, things: Things
) -> None:
    Served.objects.filter(pk=world.served.pk).update(public_pages=True)
    nobody = Client()
    for visibility in Visibility:
        meeting = things.make("meeting", visibility)
        answer = nobody.get(reverse("meeting", args=[world.served.pk, meeting.pk]))
        assert (answer.status_code == 200) == (visibility is Visibility.PUBLIC), visibility
    assert nobody.get(reverse("charter", args=[world.served.pk])).status_code == 200
    assert nobody.get(reverse("people", args=[world.served.pk])).status_code == 302
    assert nobody.get(reverse("indicator", args=[world.served.pk, CHRONIC])).status_code == 404


def callers(
    people: list[tuple[str, str, Client]], world: World
) -> Iterator[tuple[str, str, Client]]:
    """Each person of `everybody` as a program that acts for them; nobody without a token."""
    for who, side, browser in people:
        person = get_user(browser)
        if not isinstance(person, Person):
            yield who, side, Client()
            continue
        actor = actor_in(world.served, person, timezone.localdate())
        today = timezone.localdate()
        _, secret = make_token(actor, name="T", may_write=True, until=today)
        yield who, side, Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.mark.parametrize("name", TABLE["api"])
@pytest.mark.django_db
def test_an_operation_opens_to_programs_of_those_and_only_those_in_the_table(
    world: World, things: Things, programs: list[tuple[str, str, Client]], name: str
) -> None:
    wrong: list[str] = []
    for method, needs in TABLE["api"][name].items():
        kind = (*needs, "")[1]
        visible = kind in ("meeting", "action", "note", "arrival")
        for visibility in Visibility if visible else (None,):
            thing = things.make(kind, visibility) if visibility else None
            address = address_of(world, name, thing, kind)
            for who, side, client in programs:
                opened = calls(client, method, address)
                should = expected(needs, who, side, visibility.value if visibility else None)
                if opened != should:
                    wrong.append(f"{method} {name}: {who}, {side}, {visibility}: {opened}")
    assert wrong == []


def calls(client: Client, method: str, address: str) -> bool:
    """Whether an operation was open to them: a step that is described wrongly still was."""
    sent = {"to": "doing"} if "/steps" in address else {}
    with transaction.atomic():
        response = (
            client.get(address)
            if method == "GET"
            else client.post(address, sent, content_type="application/json")
        )
        transaction.set_rollback(True)
    assert response.status_code < 500 or response.status_code == 503, response.status_code
    return response.status_code not in (401, *REFUSED)
