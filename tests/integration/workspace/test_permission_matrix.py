"""Every route × role × own or other district × visibility, against `matrix.yaml`.

The table is a second writing of the rules, by hand. A route that it does not list fails the test,
and so does one that carries no declaration. The rules are asked for everybody and every visibility
of each act that a route declares; the routes themselves for everybody where a thing is shared with
the partners, and at the other visibilities for those whom they part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

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
from accord.workspace.permissions.actor import Actor, actor_in
from accord.workspace.permissions.rules import listing
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.models import Arrival
from blank_templates import BLANK
from workspace_fixtures import Founded
from workspace_things import MAKERS, part_of
from workspace_world import CHRONIC, World, seat, signed_in

TABLE = yaml.safe_load(Path(__file__).with_name("matrix.yaml").read_text(encoding="utf-8"))
ROUTES: dict[str, dict[str, list[str]]] = TABLE["routes"]
REFUSED = (403, 404)
OF_A_DISTRICT = ("position", "hold")
"""Kinds of things that have a district and no visibility."""
BY_AUTHOR, BY_NAMED = "author", "named"
VISIBLE = ("meeting", "action", "note", "arrival", "edition", *MAKERS)
"""Kinds of things that are seen by more people or fewer."""
PARTED = {
    Visibility.AUTHOR: {(BY_AUTHOR, "own"), ("lead", "own")},
    Visibility.NAMED: {(BY_NAMED, "other"), ("lead", "own")},
    Visibility.DISTRICT: {("lead", "own"), ("lead", "other"), ("board", "own")},
    Visibility.PUBLIC: {("researcher", "own"), ("nobody", "other")},
}
"""Whom each visibility but the partners' parts: a route that asks no rule lets one too many in."""


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
def world(founded: Founded) -> Iterator[World]:
    """One world for all routes, with blank pages: what is asked is whether they open."""
    with override_settings(
        ACCORD_HOME=founded.home, ACCORD_KEYS=founded.home / "keys", TEMPLATES=BLANK
    ):
        yield founded.world


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
        "condition": "trust",
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


def declared() -> dict[tuple[str, str], list[str]]:
    """What the table says of each act and kind of thing that some route declares."""
    return {
        (pattern.callback.needs[method], needs[1]): needs
        for _, pattern in EVERY
        if pattern.name in ROUTES
        for method, needs in ROUTES[pattern.name].items()
        if len(needs) > 1 and needs[1] in VISIBLE
    }


@pytest.mark.parametrize(("act", "kind"), declared())
@pytest.mark.django_db
def test_the_rules_let_those_and_only_those_in_the_table(
    world: World, things: Things, people: list[tuple[str, str, Client]], act: str, kind: str
) -> None:
    needs, wrong = declared()[act, kind], list[str]()
    actors = [(who, side, actor_of(world, client)) for who, side, client in people]
    for visibility in Visibility:
        thing = things.make(kind, visibility)
        for who, side, actor in actors:
            lets = listing(actor, act, type(thing)).filter(pk=thing.pk).exists()
            if lets != expected(needs, who, side, visibility.value):
                wrong.append(f"{act} of a {kind}: {who}, {side}, {visibility}: {lets}")
    assert wrong == []


def actor_of(world: World, client: Client) -> Actor:
    """Who the rules see behind a browser."""
    user = get_user(client)
    person = user if isinstance(user, Person) else AnonymousUser()
    return actor_in(world.served, person, timezone.localdate())


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.django_db
def test_a_route_opens_to_those_and_only_those_in_the_table(
    world: World,
    things: Things,
    people: list[tuple[str, str, Client]],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for where in ("meetings.views", "meetings.minutes"):
        monkeypatch.setattr(f"accord.workspace.{where}.pdf_bytes", lambda _: b"")

    def opens(client: Client, method: str, address: str) -> bool:
        return asks(client, method, address, name)

    assert misfits(things, people, name, ROUTES[name], opens) == []


def misfits(
    things: Things,
    people: list[tuple[str, str, Client]],
    name: str,
    methods: dict[str, list[str]],
    opens: Callable[[Client, str, str], bool],
) -> list[str]:
    """Where what a route does differs from the table."""
    wrong: list[str] = []
    for method, needs in methods.items():
        kind = (*needs, "")[1]
        for visibility in Visibility if kind in VISIBLE else (None,):
            thing = things.make(kind, visibility) if visibility else None
            address = address_of(things.world, name, thing, kind)
            for who, side, client in people:
                if visibility in PARTED and (who, side) not in PARTED[visibility]:
                    continue
                opened = opens(client, method, address)
                should = expected(needs, who, side, visibility.value if visibility else None)
                if opened != should:
                    wrong.append(f"{method} {name}: {who}, {side}, {visibility}: {opened}")
    return wrong


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
        actor = actor_of(world, browser)
        if actor.person is None:
            yield who, side, Client()
            continue
        _, secret = make_token(actor, name="T", may_write=True, until=timezone.localdate())
        yield who, side, Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.mark.parametrize("name", TABLE["api"])
@pytest.mark.django_db
def test_an_operation_opens_to_programs_of_those_and_only_those_in_the_table(
    world: World, things: Things, programs: list[tuple[str, str, Client]], name: str
) -> None:
    assert misfits(things, programs, name, TABLE["api"][name], calls) == []


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
