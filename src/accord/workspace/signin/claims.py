"""From an identity provider's claims to positions: given at every sign-in, for a stated time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from accord.workspace.people.holding import end, held, take
from accord.workspace.people.models import Person, Position, Seat
from accord.workspace.signin.providers import Provider


@transaction.atomic
def apply_claims(
    person: Person, claims: Mapping[str, Any], provider: Provider, today: date
) -> list[Position]:
    """Give a person the positions of their claims, and end those that claims gave before.

    What an invitation or the founding gave is left as it is. Returns the positions given. A mapping
    to a position that does not exist gives nothing.
    """
    positions = [
        position
        for mapped in provider.given_by(claims)
        if (
            position := Position.objects.filter(
                partnership=mapped.partnership,
                title=mapped.position,
                district__code=mapped.district,
            ).first()
            if mapped.district is not None
            else Position.objects.filter(
                partnership=mapped.partnership, title=mapped.position, district=None
            ).first()
        )
        is not None
    ]
    until = today + timedelta(days=provider.access_days)
    given = person.seats.filter(held(today), source=Seat.Source.CLAIMS)
    for seat in given.exclude(position__in=positions).select_related("position"):
        end(seat, on=today - timedelta(days=1), by=person)
    for position in positions:
        if not given.filter(position=position).update(until=until):
            take(
                person,
                position,
                since=today,
                until=until,
                source=Seat.Source.CLAIMS,
                by=person,
            )
    return positions
