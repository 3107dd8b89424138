"""Somebody in a partnership, with the positions that they hold today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from accord.workspace.people.holding import seats_of
from accord.workspace.people.models import Partnership, Person
from accord.workspace.people.roles import Role


@dataclass(frozen=True)
class Standing:
    """One position held: its role, and its district's primary key (none for third parties)."""

    role: Role
    district: int | None
    position: int
    title: str


@dataclass(frozen=True)
class Actor:
    """Who asks. `person` is absent for somebody who has not signed in."""

    partnership: Partnership
    person: Person | None
    standings: tuple[Standing, ...]

    @property
    def is_member(self) -> bool:
        """Whether they hold any position here today."""
        return bool(self.standings)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(item.role for item in self.standings)

    def districts_as(self, roles: Collection[Role]) -> frozenset[int]:
        """The districts in which they hold one of these roles."""
        return frozenset(
            item.district
            for item in self.standings
            if item.role in roles and item.district is not None
        )

    @property
    def district(self) -> int | None:
        """Their own district: that of the first position that has one."""
        return next((item.district for item in self.standings if item.district is not None), None)

    @property
    def name(self) -> str:
        """What the trail calls them."""
        return self.person.email if self.person else "somebody not signed in"

    @property
    def title(self) -> str:
        return ", ".join(item.title for item in self.standings)

    def writer(self) -> Person:
        """The person, where the rules have made sure that there is one."""
        assert self.person is not None
        return self.person


def actor_in(partnership: Partnership, user: Person | AnonymousUser, today: date) -> Actor:
    """Who `user` is in a partnership today; positions that have ended count no more."""
    if not isinstance(user, Person) or not user.is_active:
        return Actor(partnership, None, ())
    seats = seats_of(user, today).filter(position__partnership=partnership)
    standings = tuple(
        Standing(
            Role(seat.position.role),
            seat.position.district_id,
            seat.position_id,
            str(seat.position),
        )
        for seat in seats
    )
    return Actor(partnership, user, standings)
