"""Placing a hold and lifting it."""

from __future__ import annotations

from django.utils import timezone

from accord.base.errors import StateError
from accord.workspace.keeping.models import Hold
from accord.workspace.people.models import District, Partnership, Person
from accord.workspace.trail.writing import record


def place(district: District, reason: str, *, by: Person) -> Hold:
    """From now on nothing of the district is destroyed, though its time is over."""
    hold = Hold.objects.create(
        district=district, reason=reason, placed_by=by, placed_at=timezone.now()
    )
    record("placed a hold", hold, by=by.email, chain=district.partnership_id)
    return hold


def lift(hold: Hold, *, by: Person) -> None:
    """Let the lifetimes run again. Raises `StateError` where it was lifted already."""
    if hold.lifted_at is not None:
        raise StateError.because("This hold was lifted already.", "Nothing needs to be done.")
    hold.lifted_by, hold.lifted_at = by, timezone.now()
    hold.save(update_fields=["lifted_by", "lifted_at"])
    record("lifted a hold", hold, by=by.email, chain=hold.district.partnership_id)


def held_districts(partnership: Partnership) -> set[int]:
    """The districts under a hold, by primary key."""
    standing = Hold.objects.filter(district__partnership=partnership, lifted_at=None)
    return set(standing.values_list("district", flat=True))
