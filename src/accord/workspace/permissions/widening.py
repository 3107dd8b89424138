"""How more people come to see a thing: an act with a name and a time. It never goes back."""

from __future__ import annotations

from collections.abc import Collection

from accord.base.errors import RefusedError
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.sealing.fields import require_open, rewrap
from accord.workspace.sealing.models import Sealed
from accord.workspace.trail.writing import await_turn, record


def widen(thing: Shared, to: Visibility, *, by: Actor, overlooked: Collection[str] = ()) -> None:
    """Let more people see `thing`. Whether `by` may is asked before (`rules.find`).

    `overlooked` are the warnings that they looked at again (`screening`).

    Raises `RefusedError` when `to` is not wider, or is a district and the thing has none;
    `StateError` when it is sealed and its key is locked.
    """
    now = Visibility(thing.visibility)
    if to.width <= now.width:
        raise RefusedError.because(
            "What others have seen is not hidden from them again.",
            "Choose a wider circle, or write a new one and keep it narrow.",
        )
    if to is Visibility.DISTRICT and thing.district_id is None:
        raise RefusedError.because(
            "This belongs to the partnership, not to a district.",
            "Share it with the partners, or with the people you name.",
        )
    if isinstance(thing, Sealed):
        await_turn(thing.partnership_id)
        require_open(thing)
    thing.visibility = to
    thing.save(update_fields=["visibility"])
    if isinstance(thing, Sealed):
        for part in thing.parts():
            rewrap(part)
    record(
        "widened",
        thing,
        by=by.name,
        chain=thing.partnership_id,
        before=now.value,
        after=to.value,
        overlooked=list(overlooked) or None,
    )
