"""Where people are signed in, and ending it there: a browser that was lost, a person, everybody."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accord.workspace.people.models import Person
from accord.workspace.trail.writing import record

_BROWSERS = {
    "Edge": r"Edg(A|iOS)?/",
    "Opera": r"OPR/",
    "Firefox": r"(Firefox|FxiOS)/",
    "Chrome": r"(Chrome|CriOS)/",
    "Safari": r"Safari/",
}
_SYSTEMS = {
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Android": r"Android",
    "Chromebook": r"CrOS",
    "Windows": r"Windows",
    "Mac": r"Macintosh",
    "Linux": r"Linux",
}
"""What browsers say of themselves, the telling before what others say as well."""


class Place(NamedTuple):
    """A browser in which somebody is signed in; the names are empty where it doesn't tell them."""

    pk: int
    since: datetime
    address: str
    browser: str
    system: str
    is_here: bool


def places(person: Person, here: str) -> list[Place]:
    """Where somebody is signed in: the session with the key `here` first, then the newest first."""
    found = [
        Place(
            pk=session.pk,
            since=session.created_at,
            address=session.ip,
            browser=_named(session.user_agent, _BROWSERS),
            system=_named(session.user_agent, _SYSTEMS),
            is_here=session.session_key == here,
        )
        for session in UserSession.objects.purge_and_list(person)
    ]
    return sorted(found, key=lambda place: (place.is_here, place.since), reverse=True)


def is_elsewhere(person: Person, here: str | None) -> bool:
    """Whether somebody is signed in in another session than that with the key `here`."""
    return any(each.session_key != here for each in UserSession.objects.purge_and_list(person))


def end_elsewhere(person: Person, here: str, *, only: int | None = None) -> int:
    """Sign somebody out of every session but `here`, or of `only` one; how many that were."""
    found = UserSession.objects.filter(user=person).exclude(session_key=here)
    ended = list(found if only is None else found.filter(pk=only))
    _end(person, ended, by=person.email)
    return len(ended)


def end_everywhere(person: Person, *, by: str) -> int:
    """Sign somebody out of every browser; how many that were."""
    found = UserSession.objects.purge_and_list(person)
    _end(person, found, by=by)
    return len(found)


def end_all(*, by: str) -> None:
    """Sign everybody out."""
    with transaction.atomic():
        for person in Person.objects.filter(usersession__isnull=False).distinct():
            end_everywhere(person, by=by)
        Session.objects.all().delete()  # those of nobody as well


def _end(person: Person, sessions: list[UserSession], *, by: str) -> None:
    if not sessions:
        return
    with transaction.atomic():
        for session in sessions:
            session.end()
        record("signed out elsewhere", person, by=by, browsers=len(sessions))


def _named(told: str, names: dict[str, str]) -> str:
    return next((name for name, sign in names.items() if re.search(sign, told)), "")
