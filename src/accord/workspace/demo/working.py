"""The joint work of the story: what districts do together, who met for it, schools' plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from accord.base.documents import Written
from accord.workspace.demo.telling import Telling, read_words
from accord.workspace.people.models import District, Partnership, Position, Seat
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.strands.doing import add_version, meet
from accord.workspace.strands.models import SchoolPlan, Work
from accord.workspace.strands.modes import Kind, Mode
from accord.workspace.trail.writing import record

_YEAR = 365
_PLANS_A_STRAND = 2


class ToldWork(Written):
    """A joint work; `months` from the founding to its end, or to now."""

    strand: str
    mode: Mode
    months: tuple[int, ...]
    rhythm: int
    people: tuple[int, int]
    title: str
    detail: str = ""
    giver: int | None = None
    taker: int | None = None
    subject: str = ""
    need: str = ""
    product: str = ""
    versions: tuple[tuple[int, str, str], ...] = ()
    organisation: str = ""
    secured: str = ""
    amount: Decimal | None = None


class ToldPlan(Written):
    """What schools' plans say of a strand."""

    strand: str
    words: str


class _Told(Written):
    works: tuple[ToldWork, ...]
    words: tuple[str, ...]
    plans: tuple[ToldPlan, ...]


class Working(Telling):
    """Lets the districts work together, with the same dice every time."""

    def __init__(self, partnership: Partnership, founded: date) -> None:
        super().__init__(partnership, founded)
        self._dice = Random(1965)
        self._told = read_words("works.yaml", _Told)

    def work(self, today: date) -> None:
        """Everything that was begun by today."""
        for told in self._told.works:
            if self._day(told.months[0]) <= today:
                self._begin(told, today)

    def link_plans(self, schools: Mapping[str, Sequence[str]]) -> None:
        """Where schools' own plans take up a strand; `schools` by the district's code."""
        for place, told in enumerate(self._told.plans):
            for district in self._districts:
                names = schools[district.code]
                for step in range(_PLANS_A_STRAND):
                    self._link(told, district, names[(2 * place + step) % len(names)])

    def _begin(self, told: ToldWork, today: date) -> None:
        since = self._day(told.months[0])
        until = self._day(told.months[1]) if len(told.months) > 1 else None
        seat = self._leading(told.strand, self._districts[told.giver or 0])
        at = timezone.make_aware(datetime.combine(since, time(11)))
        work = Work.objects.create(
            partnership=self._partnership,
            district=seat.position.district,
            author=seat.person,
            visibility=Visibility.PARTNERS,
            made_at=at,
            strand=told.strand,
            mode=told.mode,
            title=told.title,
            detail=told.detail,
            since=since,
            until=until,
            helper=None if told.giver is None else self._districts[told.giver],
            helped=None if told.taker is None else self._districts[told.taker],
            subject=told.subject,
            need=told.need,
            product=told.product,
            organisation=told.organisation,
            secured=told.secured,
            amount=told.amount,
        )
        record("began a work", work, by=seat.person.email, chain=self._partnership.pk, at=at)
        for month, label, words in told.versions:
            if self._day(month) <= today:
                add_version(work, label, self._day(month), words, by=seat.person, at=at)
        self._meet(work, told, seat, min(until or today, today))

    def _meet(self, work: Work, told: ToldWork, seat: Seat, last: date) -> None:
        step = _YEAR // told.rhythm
        day = work.since + timedelta(days=self._dice.randrange(5, step))
        while day <= last:
            if day.month not in (7, 12):  # nobody meets in July, or between the years
                people = {
                    district: max(0, count + self._dice.randrange(-2, 3))
                    for district, count in zip(self._districts, told.people, strict=False)
                }
                words = self._dice.choice(self._told.words) if self._dice.random() < 0.6 else ""
                kind = self._dice.choice(list(Kind))
                meet(work, day, kind, people, by=seat.person, words=words)
            day += timedelta(days=self._dice.randrange(step // 2, step * 3 // 2))

    def _link(self, told: ToldPlan, district: District, school: str) -> None:
        seat = self._leading(told.strand, district)
        SchoolPlan.objects.create(
            partnership=self._partnership,
            district=district,
            author=seat.person,
            visibility=Visibility.PARTNERS,
            made_at=timezone.now(),
            strand=told.strand,
            school=school,
            plan="School Plan for Student Achievement",
            words=told.words,
        )

    def _leading(self, strand: str, district: District) -> Seat:
        """Whoever leads a strand in a district; its lead where nobody does."""
        here = Position.objects.filter(district=district, seats__until__isnull=True)
        position = (
            here.filter(strand=strand, seats__isnull=False).first()
            or here.filter(role=Role.LEAD, seats__isnull=False)[0]
        )
        return position.seats.select_related("person", "position__district")[0]
