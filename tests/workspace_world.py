"""A small workspace for tests: the made-up partnership, its releases, and somebody in each role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.utils import timezone

from accord.cells.cell import Cell
from accord.exchange.folder import Exchange
from accord.workspace.actions.doing import agree
from accord.workspace.actions.models import Action
from accord.workspace.actions.states import Horizon
from accord.workspace.meetings.agenda import fill
from accord.workspace.meetings.models import Meeting
from accord.workspace.notes.models import Note
from accord.workspace.people.models import District, Person, Position, Seat
from accord.workspace.people.models import Partnership as Served
from accord.workspace.people.roles import OF_NO_DISTRICT, Role
from accord.workspace.permissions.actor import Actor, actor_in
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.founding import found
from partnership import CEDAR, HARBOR, POSTS, Partnership

YEARS = ("2021-22", "2022-23", "2023-24", "2024-25")
CHRONIC = "chronic-absenteeism"


@dataclass
class World:
    """Everybody and everything. `signed` makes more releases of Cedar Valley."""

    signed: Partnership
    served: Served
    cedar: District
    harbor: District
    people: dict[tuple[Role, District | None], Person]

    def person(self, role: Role, district: District | None = None) -> Person:
        """Somebody in a role: in Cedar Valley unless told otherwise, third parties in none."""
        if role in OF_NO_DISTRICT:
            return self.people[role, None]
        return self.people[role, district or self.cedar]

    def actor(self, role: Role, district: District | None = None) -> Actor:
        """The same, as the rules see them today."""
        return actor_in(self.served, self.person(role, district), timezone.localdate())

    def actor_of(self, person: Person) -> Actor:
        """Anybody, as the rules see them today."""
        return actor_in(self.served, person, timezone.localdate())

    def client(self, role: Role, district: District | None = None) -> Client:
        """A browser in which they are signed in."""
        return signed_in(self.person(role, district))

    def client_of(self, person: Person) -> Client:
        """A browser in which anybody is signed in."""
        return signed_in(person)

    def extra(self, role: Role, district: District, name: str) -> Person:
        """One more person in a role."""
        return seat(self.served, district, role, name)

    def note(self, visibility: Visibility, author: Person, **changes: Any) -> Note:
        """A note of Cedar Valley's."""
        usual: dict[str, Any] = {
            "partnership": self.served,
            "district": self.cedar,
            "author": author,
            "visibility": visibility,
            "made_at": timezone.now(),
            "text": "A thought.",
        }
        return Note.objects.create(**(usual | changes))

    def action(self, **changes: Any) -> Action:
        """An action that a position in each district owns."""
        lead = Role.LEAD
        usual: dict[str, Any] = {
            "by": self.person(lead),
            "title": "Call every family after the third absence",
            "horizon": Horizon.IMMEDIATE,
            "due": timezone.localdate() + timedelta(days=20),
            "owners": [self.position(lead, self.cedar), self.position(lead, self.harbor)],
            "indicator": CHRONIC,
        }
        return agree(self.served, **(usual | changes))

    def position(self, role: Role, district: District | None) -> Position:
        """The position of a role in a district."""
        return Position.objects.filter(
            partnership=self.served, district=district, role=role, seats__isnull=False
        ).first() or Position.objects.get(partnership=self.served, district=district, role=role)

    def meeting(
        self,
        visibility: Visibility = Visibility.PARTNERS,
        *,
        starts_at: datetime | None = None,
        author: Person | None = None,
    ) -> Meeting:
        """A planned meeting with its agenda, of Cedar Valley's lead."""
        meeting = Meeting.objects.create(
            partnership=self.served,
            district=self.cedar,
            author=author or self.person(Role.LEAD),
            visibility=visibility,
            made_at=timezone.now(),
            title="Formal meeting",
            starts_at=starts_at or timezone.now() + timedelta(days=1),
            minutes=90,
        )
        fill(meeting)
        return meeting


def signed_in(person: Person, **how: Any) -> Client:
    """A browser in which `person` is signed in with their second factor."""
    client = Client(**how)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["second_factor_seen"] = True
    session.save()
    return client


def shown_by_app(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def make_exchange(folder: Path) -> Partnership:
    """The charter, signed, and an exchange folder beside it that received a release of each."""
    signed = Partnership(folder)
    signed.sign()
    exchange = Exchange(folder / "exchange")
    exchange.add_charter(signed.charter_file)
    for district, first in ((CEDAR, 340), (HARBOR, 290)):
        path = folder / f"{district}.accord"
        path.write_bytes(release_of(signed, district, figures(signed, district, first)))
        exchange.receive(path, signed.catalogue)
    return signed


def build_world(signed: Partnership) -> World:
    """The world of `make_exchange`. Needs a database, and `ACCORD_HOME` to be a folder."""
    served = found(signed.folder / "exchange", by="host@example.org")
    cedar, harbor = served.districts.all()
    people: dict[tuple[Role, District | None], Person] = {}
    for role in Role:
        for district in (None,) if role in OF_NO_DISTRICT else (cedar, harbor):
            where = district.short if district else "elsewhere"
            people[role, district] = seat(served, district, role, f"{role.label}, {where}")
    return World(signed, served, cedar, harbor, people)


def seat(
    served: Served, district: District | None, role: Role, name: str, until: date | None = None
) -> Person:
    """Somebody in a position of their own."""
    position, _ = Position.objects.get_or_create(
        partnership=served,
        district=district,
        title=name.split(",", maxsplit=1)[0],
        defaults={"role": role},
    )
    slug = re.sub(r"[^a-z]+", ".", name.lower())
    person = Person.objects.create_user(f"{slug}@{served.pk}.example", "a long password", name=name)
    Seat.objects.create(
        person=person,
        position=position,
        since=date(2022, 8, 15),
        until=until,
        source=Seat.Source.FOUNDING,
    )
    return person


def figures(signed: Partnership, district: str, first: int) -> list[Cell]:
    """Chronic absenteeism of 10,000 students, down 3 points a year; white students fare better."""
    return [
        signed.cell(10 * count, 10 * whole, district=district, period=period, group=group)
        for step, period in enumerate(YEARS)
        for group, count, whole in (
            ("all", first - 30 * step, 1000),
            ("white", 60 - 4 * step, 400),
            ("hispanic", first - 60 - 26 * step, 600),
        )
    ]


def release_of(signed: Partnership, district: str, cells: list[Cell], **changes: Any) -> bytes:
    """The bytes of a release of a district, signed by both of its signers."""

    def sign(release: str) -> list[Any]:
        return [signed.signature(release, role, district=district) for role in POSTS]

    return signed.release(cells, sign=sign, district=district, **changes)
