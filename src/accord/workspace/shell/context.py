"""What the frame of every page needs: the menu of whoever asks, and the style sheet's address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import may
from accord.workspace.shell.stylesheet import address


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    name: str
    url: str
    is_here: bool


_MENU = (
    ("Home", "home", "home.see"),
    ("Indicators", "indicators", "figures.see"),
    ("Meetings", "meetings", "meetings.see"),
    ("Actions", "actions", "actions.see"),
    ("Inquiry", "inquiries", "inquiries.see"),
    ("Strands", "strands", "strands.see"),
    ("Charter", "charter", "charter.see"),
    ("Commitments", "commitments", "commitments.see"),
    ("Library", "library", "library.see"),
    ("People", "people", "people.see"),
    ("Releases", "releases", "releases.see"),
    ("Notes", "notes", "notes.see"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame. `districts` are in the charter's order."""
    actor: Actor | None = getattr(request, "actor", None)
    shown: dict[str, Any] = {"style": address(), "is_demo": settings.ACCORD_DEMO, "actor": actor}
    if actor is None:
        return shown
    return shown | {
        "partnership": actor.partnership,
        "districts": list(actor.partnership.districts.all()),
        "menu": [_entry(request, actor, *item) for item in _MENU if may(actor, item[2])],
        "sees_trail": may(actor, "trail.see"),
    }


def _entry(request: HttpRequest, actor: Actor, name: str, route: str, _: str) -> Entry:
    url = reverse(route, args=[actor.partnership.pk])
    here = request.path == url if route == "home" else request.path.startswith(url)
    return Entry(name, url, here)
