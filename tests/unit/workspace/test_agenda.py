"""How an agenda is made: every indicator is on it, and few are in focus, for a reason."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from accord.workspace.indicators.figures import figures_of
from accord.workspace.indicators.news import DistrictNews, News, news_of
from accord.workspace.meetings.agenda import choose_focus
from accord.workspace.meetings.states import Outcome, State
from accord.workspace.people.roles import Role
from accord.workspace.releases.exchanging import charter_now
from workspace_world import CHRONIC, World


def news(indicator: str, strand: str, weight: int) -> News:
    nothing: tuple[DistrictNews, ...] = ()
    reasons = ("behind pace in Cedar Valley",) if weight else ()
    return News(indicator, indicator, "", strand, strand, nothing, reasons, weight)


def test_the_weightiest_come_into_focus_one_a_strand_first() -> None:
    found = [
        news("a", "mathematics", 5),
        news("b", "mathematics", 4),
        news("c", "english-learners", 2),
        news("d", "leadership", 1),
        news("e", "leadership", 0),
    ]
    assert choose_focus(found, ()) == {"a", "c", "d"}
    assert choose_focus(found[:2], ()) == {"a", "b"}


def test_what_was_put_off_comes_first_even_without_news() -> None:
    found = [news("a", "mathematics", 5), news("e", "leadership", 0)]
    assert choose_focus(found, {"e"}) == {"a", "e"}


def test_nothing_new_means_nothing_in_focus() -> None:
    assert choose_focus([news("a", "mathematics", 0)], ()) == set()


def test_every_indicator_of_the_charter_is_on_the_agenda(world: World) -> None:
    meeting = world.meeting()
    items = list(meeting.items.all())
    assert [item.indicator for item in items] == list(charter_now(world.served).indicator_ids)
    focus = [item for item in items if item.in_focus]
    assert [item.indicator for item in focus] == [CHRONIC]
    assert focus[0].minutes == 20
    assert any("fell in a year" in reason for reason in focus[0].reasons)


def test_leaders_and_strand_leads_are_asked_with_who_holds_the_position(world: World) -> None:
    asked = {str(one.position): one.person for one in world.meeting().attendances.all()}
    assert asked["Superintendent, Cedar Valley"] == world.person(Role.SUPERINTENDENT)
    assert asked["Director of Mathematics, Cedar Valley"] is None  # nobody holds it
    assert not any("Board" in title for title in asked)


def test_since_when_unchanged_counts_from_the_last_meeting_that_worked_it(world: World) -> None:
    first = world.meeting(starts_at=timezone.now() - timedelta(days=60))
    first.items.filter(indicator=CHRONIC).update(outcome=Outcome.WORKED)
    first.state = State.CLOSED
    first.save()
    item = world.meeting().items.get(indicator=CHRONIC)
    assert item.since == timezone.localtime(first.starts_at).date()


def test_news_say_what_the_noise_cannot_explain(world: World) -> None:
    figures = figures_of(world.served, "partners", reader=None, today=date(2026, 1, 1))
    chronic = next(item for item in news_of(figures) if item.indicator == CHRONIC)
    cedar, harbor = chronic.districts  # 2,800 and 2,500 of 10,000: chance does less than a point
    assert (cedar.value.replace(chr(160), " "), cedar.moved) == ("25.0 %", "−3.0")
    assert (cedar.movement, cedar.verdict, cedar.status) == ("fell", "better", "on pace")
    assert (harbor.value.replace(chr(160), " "), harbor.status) == ("20.0 %", "on pace")
    assert chronic.reasons[0] == "fell in a year in both districts"
