"""Writing to the trail, and checking that it holds together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from accord.base.canonical import content_hash
from accord.base.errors import Problem
from accord.workspace.trail.models import BEGINNING, Event

WORKSPACE = "workspace"
"""The chain of what belongs to no partnership, such as signing in."""


def record(
    act: str,
    subject: models.Model,
    *,
    by: str,
    chain: str = WORKSPACE,
    at: datetime | None = None,
    **said: Any,
) -> Event:
    """Add an act to a chain, in the transaction that is open. `said` is plain JSON, without texts.

    Raises `django.db.transaction.TransactionManagementError` outside of a transaction: an act and
    its event are kept together or not at all.
    """
    await_turn(chain)
    newest = Event.objects.filter(chain=chain).order_by("-sequence").first()
    event = Event(
        chain=chain,
        sequence=newest.sequence + 1 if newest else 1,
        previous=newest.hash if newest else BEGINNING,
        at=(at or datetime.now(UTC)).astimezone(UTC),
        by=by,
        act=act,
        kind=subject._meta.label_lower,
        object=str(subject.pk),
        said=_plain(said),
    )
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an act is recorded within its transaction")
    event.hash = content_hash(event.body())
    event.save()
    return event


def await_turn(chain: str) -> None:
    """Wait for whoever writes to a chain before; who comes later waits until this transaction ends.

    Only what is read after the wait holds what they wrote.
    """
    Event.objects.select_for_update().filter(chain=chain, sequence=1).first()


def problems(chain: str) -> list[Problem]:
    """Every place at which a chain was changed or lacks an event; none when it holds."""
    found, previous, place = [], BEGINNING, 0
    for event in Event.objects.filter(chain=chain).order_by("sequence").iterator():
        place += 1
        event.at = event.at.astimezone(UTC)
        if event.hash != content_hash(event.body()):
            found.append(_broken(event, "was changed after it was written"))
        elif event.sequence != place or event.previous != previous:
            found.append(_broken(event, "does not follow the one before it"))
        place, previous = event.sequence, event.hash
    return found


def chains() -> list[str]:
    """The names of all chains."""
    return list(Event.objects.order_by("chain").values_list("chain", flat=True).distinct())


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


def _broken(event: Event, how: str) -> Problem:
    return Problem(
        f"The trail of {event.chain} is broken: event {event.sequence} {how}.",
        "Compare it with a backup, and find out who could write to the database.",
    )
