"""The page that families, reporters and neighbors read first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accord.workspace.indicators.figures import figures_of
from accord.workspace.indicators.news import news_of
from accord.workspace.meetings.models import Meeting
from accord.workspace.meetings.states import State
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import listing
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.exchanging import charter_now

_MOST_MINUTES = 6


@page(see="front.see")
def front(request: Asked) -> HttpResponse:
    """What the districts do together, in plain words, with the public figures alone."""
    partnership = request.actor.partnership
    figures = figures_of(partnership, "public", reader=None, today=timezone.localdate())
    minutes = listing(request.actor, "meetings.see", Meeting).filter(
        state=State.CLOSED, visibility=Visibility.PUBLIC
    )
    return render(
        request,
        "front/front.html",
        {
            "charter": charter_now(partnership),
            "news": news_of(figures) if figures.shown else [],
            "minutes": minutes.order_by("-starts_at")[:_MOST_MINUTES],
        },
    )
