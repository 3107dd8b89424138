"""The inquiries of the story: asked, looked into, tested and learned from, each in its month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from pydantic import Field

from accord.base.documents import Written
from accord.insight.series import ALL
from accord.workspace.demo.telling import Telling, read_words
from accord.workspace.inquiry.doing import begin_trial, explain, learn, show, study
from accord.workspace.inquiry.models import Cause, Inquiry
from accord.workspace.inquiry.states import Sure
from accord.workspace.people.models import Partnership, Person, Seat
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.trail.writing import record

_LATER = timedelta(days=9)


class ToldExhibit(Written):
    """Which view is frozen, and what is seen in it."""

    indicator: str
    group: str = ALL
    words: str


class ToldCause(Written):
    """A cause, and why it is so."""

    because: str
    sure: Sure
    source: str = ""
    why: tuple[ToldCause, ...] = ()


class ToldTrial(Written):
    """A trial, as far as it has come: predicted in a month, looked at in another."""

    cause: str
    month: int
    look: int
    predict: str
    expected: str
    plan: str = ""
    done: str = ""
    result: str = ""
    verdict: str = ""
    next: str = ""
    because: str = ""


class Told(Written):
    """An inquiry. `month` and `learned_month` count from the founding."""

    id: str
    month: int
    question: str
    reason: str = ""
    strand: str = ""
    opened_by: str = Field("", alias="from")
    visibility: Visibility = Visibility.PARTNERS
    exhibits: tuple[ToldExhibit, ...] = ()
    causes: tuple[ToldCause, ...] = ()
    trials: tuple[ToldTrial, ...] = ()
    learned: str = ""
    learned_month: int = 0


class _Every(Written):
    inquiries: tuple[Told, ...]


class Asking(Telling):
    """Lets the partnership ask. Evidence is frozen only from the first releases on."""

    def __init__(self, partnership: Partnership, founded: date, figures_from: date) -> None:
        super().__init__(partnership, founded)
        self._figures_from = figures_from
        self._made: dict[str, Inquiry] = {}

    def ask_all(self, today: date) -> None:
        """Everything that was asked by today, the oldest first."""
        words = read_words("inquiries.yaml", _Every)
        for told in sorted(words.inquiries, key=lambda one: one.month):
            if self._day(told.month) <= today:
                self._ask(told, self._asker(told), today)

    def _ask(self, told: Told, seat: Seat, today: date) -> None:
        by, asked = seat.person, self._at(self._day(told.month))
        inquiry = Inquiry.objects.create(
            partnership=self._partnership,
            district=seat.position.district,
            author=by,
            visibility=told.visibility,
            made_at=asked,
            question=told.question,
            reason=told.reason,
            strand=told.strand,
            came_from=self._made.get(told.opened_by),
        )
        record("asked", inquiry, by=by.email, chain=self._partnership.pk, at=asked)
        self._made[told.id] = inquiry
        self._show(inquiry, told, by, asked, today)
        self._explain(inquiry, told.causes, None, by, asked + _LATER)
        for trial in told.trials:
            self._try(inquiry, trial, by)
        if told.learned and self._day(told.learned_month) <= today:
            inquiry.refresh_from_db()
            at = self._at(self._day(told.learned_month))
            learn(inquiry, told.learned, seen=inquiry.revision, by=by, at=at)

    def _show(self, inquiry: Inquiry, told: Told, by: Person, asked: datetime, today: date) -> None:
        """Freeze evidence soon after asking; for what was asked before releases came, once they
        were here, unless it had been learned from by then."""
        day = max(timezone.localtime(asked + _LATER).date(), self._figures_from)
        if day > today or (told.learned and self._day(told.learned_month) < day):
            return
        at = timezone.make_aware(datetime.combine(day, time(10)))
        for one in told.exhibits:
            show(inquiry, one.indicator, group=one.group, words=one.words, by=by, at=at)

    def _explain(
        self,
        inquiry: Inquiry,
        causes: tuple[ToldCause, ...],
        under: Cause | None,
        by: Person,
        at: datetime,
    ) -> None:
        for told in causes:
            cause = explain(
                inquiry, told.because, by=by, under=under, sure=told.sure, source=told.source, at=at
            )
            self._explain(inquiry, told.why, cause, by, at)

    def _try(self, inquiry: Inquiry, told: ToldTrial, by: Person) -> None:
        cause = inquiry.causes.get(statement=told.cause)
        trial = begin_trial(
            inquiry,
            told.predict,
            told.expected,
            self._day(told.look),
            by=by,
            cause=cause,
            at=self._at(self._day(told.month)),
        )
        trial.plan, trial.done = told.plan, told.done
        trial.save(update_fields=["plan", "done"])
        if told.result:
            result = {"result": told.result, "verdict": told.verdict}
            study(trial, result, seen=trial.revision, by=by, at=self._at(self._day(told.look)))
            trial.refresh_from_db()
            trial.next, trial.because = told.next, told.because
            trial.save(update_fields=["next", "because"])

    def _askers(self) -> list[Seat]:
        """Leads, strand leads and analysts of both districts."""
        roles = (Role.LEAD, Role.STRAND_LEAD, Role.ANALYST)
        seats = Seat.objects.filter(
            Q(until__isnull=True), position__partnership=self._partnership, position__role__in=roles
        ).select_related("person", "position__district")
        return list(seats.order_by("position__title", "pk"))

    def _asker(self, told: Told) -> Seat:
        """Whoever leads the strand, in one district and the other in turn; else anybody in turn."""
        askers = self._askers()
        leading = [seat for seat in askers if told.strand and seat.position.strand == told.strand]
        chosen = leading or askers
        return chosen[len(self._made) % len(chosen)]
