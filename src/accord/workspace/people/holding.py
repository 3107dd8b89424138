"""Who holds which position on a day, and the acts by which that changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from accord.workspace.people.models import Person, Position, Seat
from accord.workspace.trail.writing import record


def held(day: date) -> Q:
    """The condition on `Seat` that it is held on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def held_since(day: date) -> Q:
    """The condition on `Seat` that it was held on a day or on one after."""
    return Q(until__isnull=True) | Q(until__gte=day)


def seats_of(person: Person, day: date) -> QuerySet[Seat]:
    """The seats of a person on a day."""
    return person.seats.filter(held(day)).select_related("position__district")


def holder_of(position: Position, day: date) -> Person | None:
    """Who holds a position on a day; nobody where it is vacant."""
    seat = position.seats.filter(held(day)).select_related("person").first()
    return seat.person if seat else None


@transaction.atomic
def take(
    person: Person,
    position: Position,
    *,
    since: date,
    until: date | None,
    source: Seat.Source,
    by: Person,
) -> Seat:
    """Put a person into a position."""
    seat = Seat.objects.create(
        person=person, position=position, since=since, until=until, source=source
    )
    record(
        "took a position",
        seat,
        by=by.email,
        chain=position.partnership_id,
        position=position.pk,
        until=until.isoformat() if until else None,
    )
    return seat


@transaction.atomic
def end(seat: Seat, *, on: date, by: Person) -> None:
    """End a seat: its last day is `on`."""
    seat.until = on
    seat.save(update_fields=["until"])
    record(
        "ended a position",
        seat,
        by=by.email,
        chain=seat.position.partnership_id,
        position=seat.position_id,
        until=on.isoformat(),
    )
