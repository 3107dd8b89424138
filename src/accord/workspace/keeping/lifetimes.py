"""What the charter says of lifetimes, and the end of what has outlived its own.

The text goes: the key is destroyed, so that backups hold nothing that opens, and the sealed text is
emptied. The row and the trail stay: that something was written, by whom and when, but not what.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accord.charter.model import Workspace
from accord.workspace.editing.models import OtherVersion
from accord.workspace.editions.models import Edition
from accord.workspace.keeping.holds import held_districts
from accord.workspace.library.models import Upload
from accord.workspace.library.uploads import remove
from accord.workspace.meetings.models import Meeting
from accord.workspace.meetings.states import State
from accord.workspace.notes.models import Note
from accord.workspace.people.models import Partnership
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.sealing import shelf
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed
from accord.workspace.trail.writing import await_turn, record

BY_THE_CLOCK = "the clock"
"""Who the trail says did it, where nobody did."""


@dataclass(frozen=True)
class Over:
    """What has outlived its time: notes, editions and agendas never sent, versions not kept."""

    notes: QuerySet[Note]
    editions: QuerySet[Edition]
    agendas: QuerySet[Meeting]
    versions: QuerySet[OtherVersion]

    def count(self) -> int:
        """How much it is."""
        return sum(
            rows.count() for rows in (self.notes, self.editions, self.agendas, self.versions)
        )


def agreed(partnership: Partnership) -> Workspace | None:
    """What the charter in force says; nothing where it is silent, and then nothing expires.

    Districts that explore have no charter to say anything.
    """
    return None if partnership.exploring else charter_now(partnership).workspace


def over(partnership: Partnership, today: date) -> Over | None:
    """What has outlived its time and is under no hold; nothing where the charter is silent.

    An agenda belongs to the district of whoever wrote it. While any district is under a hold, no
    version of a text that two wrote is destroyed: it may be of either.
    """
    kept = agreed(partnership)
    if kept is None:
        return None
    held = held_districts(partnership)
    notes_from, drafts_from = (
        _midnight(today - timedelta(days=days)) for days in (kept.notes_days, kept.drafts_days)
    )
    of_held = Q(district__in=held) | Q(author__seats__position__district__in=held)
    notes = Note.objects.filter(
        partnership=partnership, made_at__lt=notes_from, expired_at=None
    ).exclude(visibility=Visibility.PUBLIC)
    editions = Edition.objects.filter(
        partnership=partnership, made_at__lt=drafts_from, asked_at=None, expired_at=None
    )
    agendas = Meeting.objects.filter(
        partnership=partnership,
        made_at__lt=drafts_from,
        visibility=Visibility.AUTHOR,
        state=State.PLANNED,
    )
    versions = OtherVersion.objects.filter(
        at__lt=drafts_from, by__seats__position__partnership=partnership
    ).exclude(fields={})
    return Over(
        notes.exclude(of_held).distinct() if held else notes,
        editions.exclude(of_held).distinct() if held else editions,
        agendas.exclude(of_held).distinct() if held else agendas,
        versions.none() if held else versions.distinct(),
    )


@transaction.atomic
def expire(partnership: Partnership, today: date) -> int:
    """Destroy what has outlived its time; returns how much it was."""
    found = over(partnership, today)
    if found is None:
        return 0
    count = found.count()
    things: list[Sealed] = [*found.notes, *found.editions]
    for thing in things:
        destroy(thing, "expired", by=BY_THE_CLOCK, chain=partnership.pk)
    for meeting in list(found.agendas):
        record("expired", meeting, by=BY_THE_CLOCK, chain=partnership.pk)
        meeting.delete()
    for version in list(found.versions):
        version.fields = {}
        version.settled_at = version.settled_at or timezone.now()
        version.save(update_fields=["fields", "settled_at"])
        record("expired", version, by=BY_THE_CLOCK, chain=partnership.pk)
    return count


def destroy(thing: Sealed, act: str, *, by: str, chain: str) -> None:
    """Destroy the texts of a thing, and its key once this is committed. The row stays."""
    names = [one.name for one in thing._meta.fields if isinstance(one, SealedText)]
    type(thing)._default_manager.filter(pk=thing.pk).update(
        **dict.fromkeys(names, ""), expired_at=timezone.now()
    )
    thing.refresh_from_db()
    record(act, thing, by=by, chain=chain)
    transaction.on_commit(partial(_destroy_key, thing.seal, chain))
    if isinstance(thing, Upload):
        transaction.on_commit(partial(remove, thing))


@transaction.atomic
def _destroy_key(seal: str, chain: str) -> None:
    await_turn(chain)  # whoever is changing a district's key would lay it on the shelf again
    shelf.destroy(seal)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
