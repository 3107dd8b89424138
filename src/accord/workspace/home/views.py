"""Home: the next meeting, my actions, the news that is real, and what waits for me."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accord.workspace.actions.models import Action
from accord.workspace.actions.states import UNFINISHED
from accord.workspace.editions.models import Answer, Edition
from accord.workspace.indicators.drawn import sentences_of
from accord.workspace.indicators.figures import figures_for
from accord.workspace.indicators.news import news_of
from accord.workspace.meetings.models import Meeting
from accord.workspace.meetings.states import State
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import listing, may
from accord.workspace.releases.models import Arrival

_SOON = timedelta(days=42)
_MOST_ACTIONS, _MOST_NEWS = 6, 5
_LATELY = timedelta(days=60)


@page(see="home.see")
def home(request: Asked) -> HttpResponse:
    """One screen: nothing that doesn't need the reader.

    Where there is no charter yet, the letters are what there is to see.
    """
    if request.actor.partnership.exploring:
        return redirect("letters", request.actor.partnership.pk)
    actor, now, today = request.actor, timezone.now(), timezone.localdate()
    meetings = listing(actor, "meetings.see", Meeting)
    own = [item.position for item in actor.standings]
    mine = (
        listing(actor, "actions.see", Action)
        .filter(owners__in=own, status__in=UNFINISHED)
        .distinct()
        .prefetch_related("owners__district")
    )
    releases = listing(actor, "releases.see", Arrival).select_related("district")
    figures = figures_for(actor)
    news = news_of(figures) if figures.shown else []
    weighty = sorted((item for item in news if item.weight), key=lambda item: -item.weight)
    due = [one for one in mine if one.due <= today + _SOON]
    return render(
        request,
        "home/home.html",
        {
            "next": meetings.exclude(state=State.CLOSED)
            .filter(starts_at__gte=now - timedelta(hours=12))
            .first(),
            "last": meetings.filter(state=State.CLOSED).last(),
            "due": due[:_MOST_ACTIONS],
            "due_more": max(0, len(due) - _MOST_ACTIONS),
            "late": sum(one.is_late(today) for one in due),
            "later": len(mine) - len(due),
            "news": weighty[:_MOST_NEWS],
            "quiet": len(news) - len(weighty),
            "headline": sentences_of(figures)[0][:1] if figures.shown else [],
            "figures": figures,
            "pending": releases.filter(state=Arrival.State.PENDING),
            "arrived": releases.filter(
                state=Arrival.State.RECEIVED, received_at__gte=now - _LATELY
            ),
            "asked": _asked(request),
            "plans": may(actor, "meetings.run"),
            "acts": may(actor, "actions.write"),
            "today": today,
        },
    )


def _asked(request: Asked) -> list[Edition]:
    """The editions that wait for an answer of the reader's district, where it is theirs to give."""
    if not may(request.actor, "editions.answer"):
        return []
    return list(
        listing(request.actor, "editions.see", Edition).filter(
            answers__district=request.actor.district, answers__kind=Answer.Kind.ASKED
        )
    )
