"""Making a token, taking it back, and whom it acts for."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from accord.base.canonical import bytes_hash
from accord.workspace.api.models import Token
from accord.workspace.permissions.actor import Actor, actor_in
from accord.workspace.trail.writing import record

PREFIX = "accord_"
"""So that scanners of source code know one that was left there."""

A_MINUTE = 120
"""Requests that a token may make in a minute."""


def make_token(actor: Actor, *, name: str, may_write: bool, until: date) -> tuple[Token, str]:
    """A token for somebody's own district, and its secret, which is told this once."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=actor.writer(),
        partnership=actor.partnership,
        district_id=actor.district,
        name=name,
        may_write=may_write,
        secret_hash=_hash(secret),
        made_at=timezone.now(),
        expires_on=until,
    )
    record(
        "made a token",
        token,
        by=actor.name,
        chain=actor.partnership.pk,
        until=until.isoformat(),
        writes=may_write,
    )
    return token, secret


def revoke(token: Token, *, by: Actor) -> None:
    """From now on it opens nothing."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record("revoked a token", token, by=by.name, chain=token.partnership_id)


def token_of(secret: str, today: date) -> Token | None:
    """The token behind a secret, while it is good."""
    found = Token.objects.select_related("partnership", "person").filter(
        secret_hash=_hash(secret), revoked_at=None, expires_on__gte=today
    )
    return found.first()


def actor_of(token: Token, today: date) -> Actor:
    """Whom a token acts for today: its person, in the positions of its district alone."""
    actor = actor_in(token.partnership, token.person, today)
    own = tuple(item for item in actor.standings if item.district == token.district_id)
    return replace(actor, standings=own)


def within_limit(token: Token, now: datetime) -> bool:
    """Count one request; whether it is within the minute's limit."""
    minute = int(now.timestamp() // 60)
    row = Token.objects.filter(pk=token.pk)
    if not row.filter(minute=minute).update(used=F("used") + 1):
        row.update(minute=minute, used=1)
        return True
    return bool(row.filter(used__lte=A_MINUTE).exists())


def _hash(secret: str) -> str:
    return bytes_hash(secret.encode())
