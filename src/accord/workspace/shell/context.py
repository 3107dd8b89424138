"""What the frame of every page needs: the menu of whoever asks, and the style sheet's address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import may
from accord.workspace.permissions.table import ACTS
from accord.workspace.sealing.district_keys import key_of
from accord.workspace.sealing.ring import held
from accord.workspace.shell.stylesheet import address


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    name: str
    url: str
    is_here: bool


_MENU = (
    (gettext_noop("Home"), "home", "home.see"),
    (gettext_noop("Indicators"), "indicators", "figures.see"),
    (gettext_noop("Meetings"), "meetings", "meetings.see"),
    (gettext_noop("Actions"), "actions", "actions.see"),
    (gettext_noop("Inquiry"), "inquiries", "inquiries.see"),
    (gettext_noop("Strands"), "strands", "strands.see"),
    (gettext_noop("Charter"), "charter", "charter.see"),
    (gettext_noop("Commitments"), "commitments", "commitments.see"),
    (gettext_noop("Library"), "library", "library.see"),
    (gettext_noop("People"), "people", "people.see"),
    (gettext_noop("Releases"), "releases", "releases.see"),
    (gettext_noop("Editions"), "editions", "editions.see"),
    (gettext_noop("Notes"), "notes", "notes.see"),
)
_EXPLORING = (
    (gettext_noop("Exploration letters"), "letters", "letters.see"),
    (gettext_noop("Conditions for success"), "conditions", "conditions.see"),
    (gettext_noop("People"), "people", "people.see"),
    (gettext_noop("Notes"), "notes", "notes.see"),
)
"""The menu of districts that have no charter yet."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame. `districts` are in the charter's order."""
    actor: Actor | None = getattr(request, "actor", None)
    shown: dict[str, Any] = {"style": address(), "is_demo": settings.ACCORD_DEMO, "actor": actor}
    if actor is None:
        return shown
    menu = _EXPLORING if actor.partnership.exploring else _MENU
    return shown | {
        "partnership": actor.partnership,
        "districts": list(actor.partnership.districts.all()),
        "menu": [_entry(request, actor, *item) for item in menu if may(actor, item[2])],
        "sees_trail": may(actor, "trail.see"),
        "prepares": may(actor, "editions.write"),
        "has_tokens": may(actor, "tokens.see"),
        "keeps": may(actor, "keeping.see"),
        "key_state": _key_state(actor),
    }


def _key_state(actor: Actor) -> str:
    """Whether the key of somebody's district is ``locked`` or ``open``; ``none`` where it has none,
    or it is not theirs to unlock."""
    own = next(iter(actor.districts_as(ACTS["keeping.unlock"].roles)), None)
    if own is None or key_of(own) is None:
        return "none"
    return "open" if own in held() else "locked"


def _entry(request: HttpRequest, actor: Actor, name: str, route: str, _: str) -> Entry:
    url = reverse(route, args=[actor.partnership.pk])
    here = request.path == url if route == "home" else request.path.startswith(url)
    return Entry(gettext(name), url, here)
