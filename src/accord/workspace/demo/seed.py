"""The whole story, from the founding to today, in one transaction."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accord.workspace.demo.asking import Asking
from accord.workspace.demo.cast import gather
from accord.workspace.demo.exploring import Exploring
from accord.workspace.demo.keeping import Keeping
from accord.workspace.demo.passing_on import PassingOn
from accord.workspace.demo.promising import Promising
from accord.workspace.demo.story import story
from accord.workspace.demo.working import Working
from accord.workspace.demo.years import Years, meeting_days
from accord.workspace.indicators.drawn import draw_all
from accord.workspace.indicators.figures import figures_of
from accord.workspace.meetings.models import Meeting
from accord.workspace.notes.models import Note
from accord.workspace.people.models import Partnership, Seat
from accord.workspace.people.roles import Role
from accord.workspace.permissions.actor import actor_in
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.releases.exchanging import charter_now, exchange_of
from accord.workspace.releases.founding import found
from accord.workspace.releases.models import Arrival

_A_YEAR = 6
"""Formal meetings in a year."""


@transaction.atomic
def seed(exchange: Path, *, today: date | None = None) -> Partnership:
    """Found the made-up partnership of an exchange folder, and let its years pass."""
    today = today or timezone.localdate()
    partnership = found(exchange, by="the demonstration", made_up=True)
    founded = charter_now(partnership).partnership.founded
    schools = _schools(partnership)
    lead = gather(partnership, schools, founded, today)
    figures_from = max(row.as_of for row in Arrival.objects.filter(partnership=partnership))
    Exploring(partnership, founded).explore_all()
    years = Years(partnership, lead, figures_from)
    days = list(meeting_days(founded, today))
    meetings = [years.plan(day) for day in days if day < today]
    for meeting in meetings:
        years.hold(meeting, today)
    for day in days:
        if day >= today:
            years.plan(day)
    Asking(partnership, founded, figures_from).ask_all(today)
    working = Working(partnership, founded)
    working.work(today)
    working.link_plans(schools)
    Promising(partnership, founded).promise_all(today)
    Keeping(partnership, founded).keep_all(today)
    PassingOn(partnership, founded).pass_on_all(today)
    _write_notes(partnership)
    _publish(partnership, meetings)
    return partnership


def draw(partnership: Partnership) -> None:
    """Draw every page of figures, so that the first look doesn't wait."""
    draw_all(figures_of(partnership, "partners", reader=None, today=timezone.localdate()))


def _schools(partnership: Partnership) -> dict[str, list[str]]:
    exchange = exchange_of(partnership)
    named: dict[str, list[str]] = {}
    for row in Arrival.objects.filter(partnership=partnership, audience="partners"):
        release = exchange.opened(row.code, row.audience, row.sent)
        named[row.code] = sorted(set(release.manifest.schools.values()))
    return named


def _publish(partnership: Partnership, held: list[Meeting]) -> None:
    """Public pages, with the minutes of the last year's meetings."""
    partnership.public_pages = True
    partnership.save(update_fields=["public_pages"])
    author = held[-1].author if held else None
    if author is None:
        return
    by = actor_in(partnership, author, timezone.localdate())
    for meeting in held[-_A_YEAR:]:
        widen(meeting, Visibility.PUBLIC, by=by)


def _write_notes(partnership: Partnership) -> None:
    """Candid notes: some kept, some shared with their own district, one with the partners."""
    writers = Seat.objects.filter(
        position__partnership=partnership,
        position__role__in=(Role.SUPERINTENDENT, Role.LEAD),
        until__isnull=True,
    ).select_related("person", "position")
    widths = (Visibility.AUTHOR, Visibility.DISTRICT, Visibility.AUTHOR, Visibility.PARTNERS)
    pairs = zip(story().candid, [*writers, *writers], strict=False)
    for number, (text, seat) in enumerate(pairs):
        Note.objects.create(
            partnership=partnership,
            district=seat.position.district,
            author=seat.person,
            visibility=widths[number % len(widths)],
            made_at=timezone.now() - timedelta(days=9 * number + 2),
            text=text,
        )
