"""The acts on the library: a district's stance, and the answer of somebody who is quoted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accord.base.errors import RefusedError
from accord.workspace.library.kinds import Choice
from accord.workspace.library.models import Practice, Quotation, Stance
from accord.workspace.people.models import District, Person
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.trail.writing import record


@transaction.atomic
def take_stance(
    practice: Practice,
    district: District,
    choice: Choice,
    why: str,
    *,
    by: Person,
    at: datetime | None = None,
) -> Stance:
    """Say what a district made of a practice, and why. What it said before stays in the record."""
    stance = Stance.objects.create(
        practice=practice, district=district, choice=choice, why=why, by=by, at=at or timezone.now()
    )
    chain = practice.partnership_id
    record("took a stance", stance, by=by.email, chain=chain, at=at, choice=choice.value)
    return stance


def stances_now(practice: Practice) -> dict[int, Stance]:
    """Where each district stands: its newest stance, by the district's key."""
    now: dict[int, Stance] = {}
    for stance in practice.stances.all():
        now.setdefault(stance.district_id, stance)
    return now


@transaction.atomic
def approve(quotation: Quotation, to: Visibility, *, by: Actor) -> None:
    """The person quoted lets their words stand, for the partners or for everybody.

    Raises `RefusedError` for anybody else, and once they have declined.
    """
    _require_quoted(quotation, by)
    if quotation.declined_at is not None:
        raise RefusedError.because(
            "You declined to be quoted with these words.", "Ask for other words to be proposed."
        )
    quotation.approved_at = quotation.approved_at or timezone.now()
    quotation.save(update_fields=["approved_at"])
    chain = quotation.partnership_id
    record("approved a quotation", quotation, by=by.name, chain=chain, to=to.value)
    widen(quotation, to, by=by)


@transaction.atomic
def decline(quotation: Quotation, *, by: Actor) -> None:
    """The person quoted doesn't want their words to stand. Raises `RefusedError`."""
    _require_quoted(quotation, by)
    if quotation.approved_at is not None:
        raise RefusedError.because(
            "These words were approved, and others have read them.",
            "Ask whoever keeps the timeline to leave them out of the next one.",
        )
    quotation.declined_at = timezone.now()
    quotation.save(update_fields=["declined_at"])
    record("declined a quotation", quotation, by=by.name, chain=quotation.partnership_id)


def _require_quoted(quotation: Quotation, by: Actor) -> None:
    if by.person != quotation.quoted:
        raise RefusedError.because(
            "Only the person who is quoted can answer for their words.", "Ask them."
        )
