"""What happened, day by day, as far as somebody may see it: a page, and a table for researchers.

Titles and states only. What people wrote stays where it is; what they said is quoted once they
have approved it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from accord.workspace.actions.models import Action
from accord.workspace.charter.names import strand_names
from accord.workspace.commitments.models import Commitment, Waiver
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.models import Practice, Quotation
from accord.workspace.meetings.models import Meeting
from accord.workspace.meetings.states import State
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import listing
from accord.workspace.releases.models import Arrival
from accord.workspace.strands.models import Work

COLUMNS = ("date", "kind", "what", "strand", "district", "words", "said_by", "address")


@dataclass(frozen=True)
class Happening:
    """One line. `words` and `said_by` are filled for quotations alone."""

    on: date
    kind: str
    what: str
    strand: str = ""
    district: str = ""
    words: str = ""
    said_by: str = ""
    address: str = ""


def timeline_of(actor: Actor) -> list[Happening]:
    """Everything that somebody may see, the newest first."""
    found = [*_meetings(actor), *_asked(actor), *_worked(actor), *_kept(actor), *_quoted(actor)]
    return sorted(found, key=lambda one: one.on, reverse=True)


def csv_bytes(happenings: list[Happening]) -> bytes:
    """The timeline as CSV, the oldest first, in UTF-8 with the mark that Excel looks for."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in reversed(happenings):
        writer.writerow(
            [
                one.on.isoformat(), one.kind, _safe(one.what), _safe(one.strand), one.district,
                _safe(one.words), _safe(one.said_by), one.address,
            ]
        )  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def _meetings(actor: Actor) -> Iterator[Happening]:
    seen = listing(actor, "meetings.see", Meeting).filter(state=State.CLOSED)
    for meeting in seen:
        yield Happening(
            timezone.localtime(meeting.starts_at).date(), "meeting held", meeting.title,
            address=_address(actor, "minutes", meeting.pk),
        )  # fmt: skip
    for action in listing(actor, "actions.see", Action).select_related("district"):
        address = _address(actor, "action", action.pk)
        agreed = timezone.localtime(action.made_at).date()
        where = _short(action)
        yield Happening(agreed, "action agreed", action.title, district=where, address=address)
        if action.done_on:
            done = action.done_on
            yield Happening(done, "action done", action.title, district=where, address=address)


def _asked(actor: Actor) -> Iterator[Happening]:
    names = dict(strand_names(actor.partnership))
    for inquiry in listing(actor, "inquiries.see", Inquiry):
        address, strand = _address(actor, "inquiry", inquiry.pk), names.get(inquiry.strand, "")
        asked = timezone.localtime(inquiry.made_at).date()
        yield Happening(asked, "question asked", inquiry.question, strand, address=address)
        if inquiry.learned_at:
            learned = timezone.localtime(inquiry.learned_at).date()
            yield Happening(learned, "learned from", inquiry.question, strand, address=address)


def _worked(actor: Actor) -> Iterator[Happening]:
    names = dict(strand_names(actor.partnership))
    seen = listing(actor, "work.see", Work).prefetch_related("product_versions")
    for work in seen:
        address, strand = _address(actor, "work", work.pk), names.get(work.strand, "")
        kind = f"{work.get_mode_display().lower()} begun"
        yield Happening(work.since, kind, work.title, strand, address=address)
        for version in work.product_versions.all():
            yield Happening(version.on, "version made", str(version), strand, address=address)


def _kept(actor: Actor) -> Iterator[Happening]:
    for row in listing(actor, "releases.see", Arrival).select_related("district"):
        if row.received_at:
            on = timezone.localtime(row.received_at).date()
            yield Happening(on, "release received", str(row), district=_short(row))
    practices = listing(actor, "library.see", Practice).prefetch_related("stances__district")
    for practice in practices:
        address = _address(actor, "practice", practice.pk)
        for stance in practice.stances.all():
            on = timezone.localtime(stance.at).date()
            kind = f"practice {stance.get_choice_display().lower()}"
            where = stance.district.short
            yield Happening(on, kind, practice.title, district=where, address=address)
    for promise in listing(actor, "commitments.see", Commitment).select_related("district"):
        address = _address(actor, "commitment", promise.pk)
        on, where = promise.since, _short(promise)
        yield Happening(on, "promised", promise.what, district=where, address=address)
    for waiver in listing(actor, "commitments.see", Waiver).select_related("district"):
        if waiver.approved_on:
            address = _address(actor, "waiver", waiver.pk)
            on, where = waiver.approved_on, _short(waiver)
            yield Happening(on, "waiver approved", waiver.fund, district=where, address=address)


def _quoted(actor: Actor) -> Iterator[Happening]:
    """Approved words alone: whoever proposed them sees the others on the page of quotations."""
    seen = listing(actor, "quotations.see", Quotation).filter(approved_at__isnull=False)
    for one in seen:
        yield Happening(one.said_on, "quotation", one.occasion, words=one.words, said_by=one.called)


def _address(actor: Actor, route: str, pk: int) -> str:
    return reverse(route, args=[actor.partnership.pk, pk])


def _short(thing: Action | Arrival | Commitment | Waiver) -> str:
    return thing.district.short if thing.district else ""


def _safe(text: str) -> str:
    """Words that a spreadsheet would take for a formula get an apostrophe before them."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
