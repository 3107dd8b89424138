"""Inviting somebody into a position, and what the link in their e-mail does."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accord.base.canonical import bytes_hash
from accord.base.errors import StateError
from accord.workspace.people.holding import take
from accord.workspace.people.models import Invitation, Person, Position, Seat
from accord.workspace.trail.writing import record

LASTS = timedelta(days=7)


@transaction.atomic
def invite(
    position: Position, *, email: str, name: str, until: date | None, by: Person
) -> tuple[Invitation, str]:
    """Invite somebody to take a position; returns the invitation and the secret of its link.

    An earlier invitation to the same position and address ends.
    """
    secret, now = secrets.token_urlsafe(32), timezone.now()
    position.invitations.filter(email__iexact=email, accepted_at=None, expires_at__gt=now).update(
        expires_at=now
    )
    invitation = Invitation.objects.create(
        position=position,
        email=email.lower(),
        name=name,
        secret_hash=_hash(secret),
        invited_by=by,
        made_at=now,
        expires_at=now + LASTS,
        access_until=until,
    )
    record(
        "invited",
        invitation,
        by=by.email,
        chain=position.partnership_id,
        position=position.pk,
        until=until.isoformat() if until else None,
    )
    return invitation, secret


def read_invitation(secret: str) -> Invitation:
    """The invitation behind a link. Raises `StateError` when it is unknown, used or expired."""
    found = (
        Invitation.objects.select_related("position__district", "position__partnership")
        .filter(secret_hash=_hash(secret))
        .first()
    )
    if found is None:
        raise StateError.because(
            "This link belongs to no invitation.",
            "Open the link of the newest invitation that you were sent, or ask for another.",
        )
    if found.accepted_at is not None:
        raise StateError.because(
            "This invitation was accepted already.", "Sign in with the address it was sent to."
        )
    if found.expires_at <= timezone.now():
        raise StateError.because(
            "This invitation has expired.",
            f"Ask {found.invited_by.name} for another; it is one click for them.",
        )
    return found


@transaction.atomic
def accept(invitation: Invitation, person: Person) -> Seat:
    """Put `person` into the position."""
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return take(
        person,
        invitation.position,
        since=timezone.localdate(),
        until=invitation.access_until,
        source=Seat.Source.INVITATION,
        by=person,
    )


def _hash(secret: str) -> str:
    return bytes_hash(secret.encode())
