"""How an agenda is made: every indicator of the charter is on it, and a few are in focus.

In focus comes what the last meeting put off to this one, then what has the most reasons to be
looked at, by `indicators.news`. The rest is settled in one click each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from accord.indicators.catalogue import load_catalogue
from accord.workspace.indicators.figures import figures_of
from accord.workspace.indicators.news import News, news_of
from accord.workspace.meetings.models import AgendaItem, Attendance, Meeting
from accord.workspace.meetings.states import Outcome, State
from accord.workspace.people.holding import holder_of
from accord.workspace.people.models import Partnership, Position
from accord.workspace.people.roles import Role
from accord.workspace.releases.exchanging import charter_now

MOST_IN_FOCUS = 3
"""An hour and a half holds about three indicators that are worked through."""

FOCUS_MINUTES = 20
_USUAL_ROLES = (Role.SUPERINTENDENT, Role.LEAD, Role.STRAND_LEAD, Role.FACILITATOR)


@dataclass(frozen=True)
class Proposed:
    """An item as proposed."""

    indicator: str
    title: str
    strand: str
    reasons: tuple[str, ...]
    in_focus: bool


def propose(partnership: Partnership, on: date) -> list[Proposed]:
    """The indicators of the charter in its order, with those in focus marked."""
    figures = figures_of(partnership, "partners", reader=None, today=on)
    news = {item.indicator: item for item in news_of(figures)} if figures.shown else {}
    put_off = _put_off(partnership, on)
    focus = choose_focus(list(news.values()), put_off)
    charter, catalogue = charter_now(partnership), load_catalogue()
    strands = {strand.id: strand.name for strand in charter.strands}
    proposed = []
    for indicator in charter.indicator_ids:
        entry = charter.newest(indicator)
        known = news.get(indicator)
        reasons = known.reasons if known else ()
        if indicator in put_off:
            reasons = ("put off by the last meeting", *reasons)
        proposed.append(
            Proposed(
                indicator,
                catalogue.definition(entry.definition).title,
                strands[entry.strand],
                reasons,
                indicator in focus,
            )
        )
    return proposed


def choose_focus(news: Sequence[News], put_off: Collection[str]) -> set[str]:
    """Which indicators to work through: those put off, then the weightiest, one a strand first."""
    weighty = sorted((item for item in news if item.weight), key=lambda item: -item.weight)
    chosen = [item.indicator for item in news if item.indicator in put_off][:MOST_IN_FOCUS]
    strands = {item.strand for item in news if item.indicator in chosen}
    for one_a_strand in (True, False):
        for item in weighty:
            if len(chosen) >= MOST_IN_FOCUS:
                return set(chosen)
            if item.indicator in chosen or (one_a_strand and item.strand in strands):
                continue
            chosen.append(item.indicator)
            strands.add(item.strand)
    return set(chosen)


def fill(meeting: Meeting) -> None:
    """Put the proposed items and the usual people on a new meeting."""
    on = timezone.localtime(meeting.starts_at).date()
    for order, item in enumerate(propose(meeting.partnership, on), start=1):
        AgendaItem.objects.create(
            meeting=meeting,
            order=order,
            indicator=item.indicator,
            title=item.title,
            strand=item.strand,
            reasons=list(item.reasons),
            in_focus=item.in_focus,
            minutes=FOCUS_MINUTES if item.in_focus else 0,
            since=last_worked(meeting, item.indicator),
        )
    positions = Position.objects.filter(partnership=meeting.partnership, role__in=_USUAL_ROLES)
    for position in positions:
        Attendance.objects.create(
            meeting=meeting, position=position, person=holder_of(position, on)
        )


def last_worked(meeting: Meeting, indicator: str) -> date | None:
    """The day of the last meeting before this one that worked an indicator through."""
    found = (
        AgendaItem.objects.filter(
            meeting__partnership=meeting.partnership,
            meeting__state=State.CLOSED,
            meeting__starts_at__lt=meeting.starts_at,
            indicator=indicator,
            outcome=Outcome.WORKED,
        )
        .order_by("-meeting__starts_at")
        .values_list("meeting__starts_at", flat=True)
        .first()
    )
    return timezone.localtime(found).date() if found else None


def following(meeting: Meeting) -> Meeting | None:
    """The next meeting after this one that is planned."""
    return (
        Meeting.objects.filter(partnership=meeting.partnership, starts_at__gt=meeting.starts_at)
        .order_by("starts_at")
        .first()
    )


def _put_off(partnership: Partnership, on: date) -> set[str]:
    """What the last closed meeting put off, to this day or without a day."""
    last = (
        Meeting.objects.filter(partnership=partnership, state=State.CLOSED, starts_at__date__lt=on)
        .order_by("-starts_at")
        .first()
    )
    if last is None:
        return set()
    wanted = Q(put_off_to__isnull=True) | Q(put_off_to__lte=on)
    items = last.items.filter(wanted, outcome=Outcome.NOT_DISCUSSED)
    return set(items.exclude(reasons=[]).values_list("indicator", flat=True))
