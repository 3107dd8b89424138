"""A district goes: it takes its own with it, and what stays is what the charter says."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accord.base.errors import StateError
from accord.charter.model import Workspace
from accord.workspace.actions.models import Action
from accord.workspace.editions.models import Edition
from accord.workspace.keeping.holds import held_districts
from accord.workspace.keeping.joint_work import brought_by, private_of, taken_by
from accord.workspace.keeping.lifetimes import agreed, destroy
from accord.workspace.keeping.zipping import Inside, zipped
from accord.workspace.meetings.minutes import pdf_bytes
from accord.workspace.meetings.models import Meeting
from accord.workspace.meetings.states import State
from accord.workspace.notes.models import Note
from accord.workspace.people.holding import end, held
from accord.workspace.people.models import District, Invitation, Seat
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import listing
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.exchanging import charters_now, place_of
from accord.workspace.releases.models import Arrival
from accord.workspace.sealing import district_keys
from accord.workspace.sealing.models import DistrictKey
from accord.workspace.trail.models import Event
from accord.workspace.trail.writing import record

_SILENT = Workspace(drafts_days=1, notes_days=1, stays=("releases", "actions", "notes"))
"""Where the charter is silent, whatever was shared stays: it was read."""


def own_pieces(actor: Actor) -> Iterator[bytes]:
    """All that somebody may see of their own district's, and what they wrote, as a zip file.

    ``manifest.json`` has each file's hash, and which brought files are not in it and why: those
    whose key is locked, and those that were altered. A text whose key is locked says so in its
    place. Everything is read now but the bytes of brought files, which never lie in memory whole.
    """
    inside = [Inside(name, iter((content,))) for name, content in _files(actor)]
    brought, left_out = brought_by(actor)
    told = {"by": actor.title, "left_out": left_out}
    return zipped([*inside, *brought], lambda hashes: _json(told | {"files": hashes}))


@transaction.atomic
def leave(district: District, *, by: Actor, today: date) -> None:
    """Take a district out: its seats end, its private texts and its key are destroyed.

    Raises `StateError` while it is under a hold, or where it has left already.
    """
    if district.left_on is not None:
        raise StateError.because("The district has left already.", "Nothing needs to be done.")
    if district.pk in held_districts(by.partnership):
        raise StateError.because(
            "The district is under a legal hold: nothing of it may be destroyed.",
            "Lift the hold first, or leave when it is lifted.",
        )
    stays = (agreed(by.partnership) or _SILENT).stays
    _destroy_texts(district, stays, by)
    arrivals = Arrival.objects.filter(district=district)
    if "releases" in stays:
        arrivals = arrivals.filter(state=Arrival.State.PENDING)
    for arrival in arrivals:
        _withdraw(arrival, by)
    now = timezone.now()
    Invitation.objects.filter(position__district=district, accepted_at=None).update(expires_at=now)
    district.left_on = today
    district.save(update_fields=["left_on"])
    record("left the partnership", district, by=by.name, chain=by.partnership.pk, stays=list(stays))
    DistrictKey.objects.filter(district=district).delete()
    transaction.on_commit(partial(district_keys.destroy, district.pk))
    for seat in Seat.objects.filter(held(today), position__district=district):
        end(seat, on=today, by=by.writer())


_SHARED = Visibility.PARTNERS.width


def _destroy_texts(district: District, stays: Collection[str], by: Actor) -> None:
    """Destroy the private texts of a district, and those shared ones that are not to stay."""
    for note in Note.objects.filter(district=district, expired_at=None):
        if "notes" not in stays or Visibility(note.visibility).width < _SHARED:
            destroy(note, "left with its district", by=by.name, chain=by.partnership.pk)
    for draft in Edition.objects.filter(district=district, asked_at=None, expired_at=None):
        destroy(draft, "left with its district", by=by.name, chain=by.partnership.pk)
    for action in Action.objects.filter(district=district, expired_at=None):
        if "actions" not in stays or Visibility(action.visibility).width < _SHARED:
            for part in action.parts():
                destroy(part, "left with its district", by=by.name, chain=by.partnership.pk)
    for thing in private_of(district):
        for part in thing.parts():
            destroy(part, "left with its district", by=by.name, chain=by.partnership.pk)
        thing.named.clear()


def _withdraw(arrival: Arrival, by: Actor) -> None:
    path = place_of(arrival)
    arrival.state = Arrival.State.WITHDRAWN
    arrival.save(update_fields=["state"])
    record("withdrew", arrival, by=by.name, chain=by.partnership.pk, release=arrival.release)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _files(actor: Actor) -> Iterator[tuple[str, bytes]]:
    own = Q(district=actor.district) | Q(author=actor.person)
    notes = listing(actor, "notes.see", Note).filter(own).select_related("author")
    yield "notes.json", _json([_note(one) for one in notes])
    actions = listing(actor, "actions.see", Action).filter(
        Q(district=actor.district) | Q(owners__district=actor.district)
    )
    yield "actions.json", _json([_action(one) for one in actions.distinct()])
    yield "joint-work.json", _json(taken_by(actor))
    for meeting in listing(actor, "meetings.see", Meeting).filter(state=State.CLOSED):
        day = timezone.localtime(meeting.starts_at).date()
        yield f"minutes/{day.isoformat()}-{meeting.pk}.pdf", pdf_bytes(meeting)
    for arrival in listing(actor, "releases.see", Arrival).filter(district=actor.district):
        path = place_of(arrival)
        if path.exists():
            yield f"releases/{arrival.audience}-{arrival.number}.accord", path.read_bytes()
    charters = () if actor.partnership.exploring else charters_now(actor.partnership)
    for number, signed in enumerate(charters, start=1):
        yield f"charter/{number}.json", signed.charter.canonical_bytes
    events = Event.objects.filter(chain=actor.partnership.pk, by=actor.name).order_by("sequence")
    yield "my-acts.json", _json([event.body() | {"hash": event.hash} for event in events])


def _note(note: Note) -> dict[str, Any]:
    return {
        "text": str(note.text),
        "author": note.author.name if note.author else "",
        "made_at": note.made_at.isoformat(),
        "seen_by": note.visibility,
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "title": str(action.title),
        "detail": str(action.detail),
        "indicator": action.indicator,
        "horizon": action.horizon,
        "due": action.due.isoformat(),
        "status": action.status,
        "owners": [str(owner) for owner in action.owners.all()],
        "history": [
            {"at": step.at.isoformat(), "to": step.after, "words": str(step.words)}
            for step in action.steps.all()
        ],
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
