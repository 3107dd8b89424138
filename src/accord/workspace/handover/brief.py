"""The brief for whoever takes a position: what is open, what was decided and why, who is alike.

Made from what stands here, for the eyes of whoever reads it: a brief shows nothing that its reader
could not find on the pages. So nobody needs to write one, and nobody can forget to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accord.workspace.actions.models import Action
from accord.workspace.actions.states import UNFINISHED
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.meetings.states import Decision, State
from accord.workspace.notes.models import Note
from accord.workspace.people.models import Position, Seat
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import listing
from accord.workspace.releases.exchanging import charter_now

_LOOKS_BACK = timedelta(days=400)
"""A school year and the weeks around it."""


@dataclass(frozen=True)
class Decided:
    """A decision: on what, which, why, and at which meeting."""

    item: AgendaItem
    decision: str
    meeting: Meeting


@dataclass(frozen=True)
class Brief:
    """What somebody taking a position needs. `strand` is the one that it leads, by name."""

    strand: str
    open: tuple[Action, ...]
    done: int
    decided: tuple[Decided, ...]
    notes: tuple[Note, ...]
    coming: tuple[Meeting, ...]
    before: tuple[Seat, ...]


def brief_of(position: Position, reader: Actor, today: date) -> Brief:
    """The brief of a position on a day, with what `reader` may see."""
    charter = charter_now(position.partnership)
    strand = next((one.name for one in charter.strands if one.id == position.strand), "")
    owned = listing(reader, "actions.see", Action).filter(owners=position)
    meetings = listing(reader, "meetings.see", Meeting)
    before = Seat.objects.filter(position=position, until__lt=today).select_related("person")
    return Brief(
        strand=strand,
        open=tuple(owned.filter(status__in=UNFINISHED).order_by("due")),
        done=owned.exclude(status__in=UNFINISHED).filter(due__gte=today - _LOOKS_BACK).count(),
        decided=tuple(_decided(meetings.filter(state=State.CLOSED), strand, today)),
        notes=tuple(
            listing(reader, "notes.see", Note).filter(
                handed_over=True, author__in=before.values("person")
            )
        ),
        coming=tuple(
            meetings.exclude(state=State.CLOSED).filter(starts_at__gte=timezone.now())[:3]
        ),
        before=tuple(before),
    )


def _decided(meetings: object, strand: str, today: date) -> list[Decided]:
    items = (
        AgendaItem.objects.filter(
            meeting__in=meetings, meeting__starts_at__date__gte=today - _LOOKS_BACK
        )
        .exclude(decision="")
        .select_related("meeting")
        .order_by("-meeting__starts_at", "order")
    )
    if strand:
        items = items.filter(strand=strand)
    return [Decided(item, Decision(item.decision).label, item.meeting) for item in items]
