"""From rows to what goes out."""

from __future__ import annotations

from typing import cast

from accord.workspace.actions.models import Action
from accord.workspace.api.schemas import (
    ActionOut,
    ItemOut,
    MeetingOut,
    MeetingWhole,
    NoteOut,
    ReleaseOut,
    Width,
)
from accord.workspace.meetings.models import Meeting
from accord.workspace.notes.models import Note
from accord.workspace.releases.models import Arrival
from accord.workspace.sealing.shut import Shut


def action_out(action: Action) -> ActionOut:
    """An action; sealed words are left out."""
    return ActionOut(
        id=action.pk,
        title=_open(action.title),
        detail=_open(action.detail),
        indicator=action.indicator,
        horizon=action.horizon,
        due=action.due,
        status=action.status,
        owners=[owner.pk for owner in action.owners.all()],
        seen_by=cast(Width, action.visibility),
    )


def note_out(note: Note) -> NoteOut:
    """A note; sealed words are left out."""
    return NoteOut(
        id=note.pk,
        text=_open(note.text),
        is_sealed=isinstance(note.text, Shut),
        author=note.author.name if note.author else "",
        made_at=note.made_at,
        seen_by=cast(Width, note.visibility),
    )


def meeting_out(meeting: Meeting) -> MeetingOut:
    """A meeting in short."""
    return MeetingOut(
        id=meeting.pk,
        title=meeting.title,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place=meeting.place,
        state=meeting.state,
        seen_by=cast(Width, meeting.visibility),
    )


def meeting_whole(meeting: Meeting) -> MeetingWhole:
    """A meeting with every item of its agenda."""
    items = [
        ItemOut(
            indicator=item.indicator,
            title=item.title,
            in_focus=item.in_focus,
            outcome=item.outcome,
            decision=item.decision,
            because=item.because,
            evidence=item.evidence.hash if item.evidence else None,
        )
        for item in meeting.items.select_related("evidence")
    ]
    return MeetingWhole(**meeting_out(meeting).dict(), items=items)


def release_out(arrival: Arrival) -> ReleaseOut:
    """A release in the ledger, or pending for its own district."""
    return ReleaseOut(
        id=arrival.pk,
        release=arrival.release,
        district=arrival.code,
        number=arrival.number,
        audience=arrival.audience,
        as_of=arrival.as_of,
        data_status=arrival.data_status,
        state=arrival.state,
        embargo=arrival.embargo,
    )


def _open(text: str) -> str:
    return "" if isinstance(text, Shut) else str(text)
