"""The meetings since the founding, what was decided at each, and what followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from accord.base.periods import SchoolYear
from accord.workspace.actions.doing import agree, move
from accord.workspace.actions.models import Action
from accord.workspace.actions.states import Horizon, Status
from accord.workspace.demo.story import Strand, story
from accord.workspace.meetings.agenda import FOCUS_MINUTES, fill
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.meetings.running import begin, close, decide, settle
from accord.workspace.meetings.states import Decision, Outcome
from accord.workspace.people.models import District, Partnership, Person, Position
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility

_BEGINS, _LASTS = time(9, 0), 90
_IMMEDIATE, _LONG = timedelta(weeks=6), timedelta(weeks=40)
_OVERDUE = timedelta(days=150)
_OWNING = (Role.LEAD, Role.STRAND_LEAD, Role.ANALYST)


def meeting_days(founded: date, today: date) -> Iterator[date]:
    """The days of formal meetings from the founding on, until the second one still to come."""
    coming = 0
    for start in range(SchoolYear.of(founded).start, SchoolYear.of(today).start + 2):
        for month, day in story().meetings:
            found = date(start if month >= 7 else start + 1, month, day)
            if found <= founded or coming == 2:
                continue
            coming += found >= today
            yield found


class Years:
    """Holds meeting after meeting, with the same dice every time."""

    def __init__(self, partnership: Partnership, lead: Person, figures_from: date) -> None:
        self._partnership, self._lead = partnership, lead
        self._figures_from = figures_from
        self._dice = Random(2008)
        self._districts: list[District] = list(partnership.districts.all())
        self._said: dict[str, int] = {}

    def plan(self, day: date) -> Meeting:
        """A meeting with its agenda."""
        made = self._at(day - timedelta(days=14))
        meeting = Meeting.objects.create(
            partnership=self._partnership,
            author=self._lead,
            visibility=Visibility.PARTNERS,
            made_at=made,
            title=f"Formal meeting, {day:%B %Y}",
            starts_at=self._at(day),
            minutes=_LASTS,
            place=story().places[day.month % len(story().places)],
            host=self._districts[day.month % 2],
        )
        fill(meeting)
        return meeting

    def hold(self, meeting: Meeting, today: date) -> None:
        """Work through the items in focus, settle the others, agree on actions, and close."""
        day = timezone.localtime(meeting.starts_at).date()
        begin(meeting, by=self._lead, at=meeting.starts_at)
        self._rotate_focus(meeting)
        for item in meeting.items.select_related("meeting__partnership"):
            now = meeting.starts_at + timedelta(minutes=5 * item.order)
            if item.in_focus:
                self._work(item, now, day, today)
            else:
                skipped = self._dice.random() < 0.2
                outcome = Outcome.NOT_DISCUSSED if skipped else Outcome.UNCHANGED
                settle(item, outcome, by=self._lead, at=now)
        for attendance in meeting.attendances.all():
            attendance.was_there = self._dice.random() < 0.9
            attendance.save(update_fields=["was_there"])
        close(meeting, by=self._lead, at=meeting.ends_at)

    def _rotate_focus(self, meeting: Meeting) -> None:
        """Each meeting looks at others: a partnership that meets six times a year gets round."""
        items = list(meeting.items.all())
        first = meeting.starts_at.month % len(items)
        chosen = {items[(first + step) % len(items)].pk for step in (0, 3, 6, 9)}
        for item in items:
            item.in_focus = item.pk in chosen
            item.minutes = FOCUS_MINUTES if item.in_focus else 0
            item.save(update_fields=["in_focus", "minutes"])

    def _work(self, item: AgendaItem, now: datetime, day: date, today: date) -> None:
        strand_id, words = self._words(item)
        adjusts = self._dice.random() < 0.6
        item.notes = self._next(f"{strand_id} notes", words.notes)
        item.save(update_fields=["notes"])
        decision = Decision.ADJUST if adjusts else Decision.STAY
        because = (
            self._next(f"{strand_id} adjust", words.adjust)
            if adjusts
            else self._next(f"{strand_id} stay", words.stay)
        )
        if day >= self._figures_from:
            decide(item, decision, because, by=self._lead, at=now)
        else:  # before releases came: a decision without frozen evidence, as old minutes have it
            item.decision, item.because, item.outcome = decision, because, Outcome.WORKED
            item.save(update_fields=["decision", "because", "outcome"])
        for horizon in (Horizon.IMMEDIATE, Horizon.LONG_TERM) if adjusts else (Horizon.IMMEDIATE,):
            action = self._agree(item, horizon, strand_id=strand_id, words=words, now=now, day=day)
            item.actions.add(action)
            self._follow(action, today)

    def _agree(
        self,
        item: AgendaItem,
        horizon: Horizon,
        *,
        strand_id: str,
        words: Strand,
        now: datetime,
        day: date,
    ) -> Action:
        titles = words.immediate if horizon is Horizon.IMMEDIATE else words.long_term
        wait = _IMMEDIATE if horizon is Horizon.IMMEDIATE else _LONG
        return agree(
            self._partnership,
            by=self._lead,
            title=self._next(f"{strand_id} {horizon}", titles),
            horizon=horizon,
            due=day + wait + timedelta(days=self._dice.randrange(-7, 21)),
            owners=[self._owner(district, strand_id) for district in self._districts],
            indicator=item.indicator,
            at=now,
        )

    def _follow(self, action: Action, today: date) -> None:
        """What became of an action by today: the older, the likelier it is finished."""
        agreed = timezone.localtime(action.made_at).date()
        by = self._lead
        if agreed + timedelta(days=10) < today and self._dice.random() < 0.85:
            started = action.made_at + timedelta(days=self._dice.randrange(4, 10))
            move(action, Status.DOING, by=by, words=self._progress(), at=started)
        finished = action.due - timedelta(days=self._dice.randrange(-20, 12))
        if finished < today and (self._dice.random() < 0.8 or action.due + _OVERDUE < today):
            to = Status.DONE if self._dice.random() < 0.93 else Status.DROPPED
            move(action, to, by=by, words=self._progress(), by_mail=True, at=self._at(finished))

    def _words(self, item: AgendaItem) -> tuple[str, Strand]:
        strand = next(
            one for one in story().strands if item.strand.lower().replace(" ", "-") == one
        )
        return strand, story().strands[strand]

    def _progress(self) -> str:
        return self._dice.choice(story().progress[:-1])

    def _next(self, kind: str, texts: tuple[str, ...]) -> str:
        """The texts of a kind in turn, so that none is said twice before all are said."""
        place = self._said.get(kind, 0)
        self._said[kind] = place + 1
        return texts[place % len(texts)]

    def _owner(self, district: District, strand: str) -> Position:
        leading = Position.objects.filter(district=district, strand=strand).first()
        if leading is not None and self._dice.random() < 0.7:
            return leading
        return self._dice.choice(
            list(
                Position.objects.filter(
                    district=district, role__in=_OWNING, seats__until__isnull=True
                )
                .filter(seats__isnull=False)
                .distinct()
            )
        )

    def _at(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, _BEGINS))
