"""Meetings for people's own calendars: one as a file, all as a feed behind a secret address."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.utils import timezone
from icalendar import Calendar, Event

from accord.base.canonical import bytes_hash
from accord.workspace.meetings.models import CalendarLink, Meeting
from accord.workspace.people.models import Partnership, Person


def calendar_bytes(meetings: Iterable[tuple[Meeting, str]], name: str) -> bytes:
    """Meetings, each with the address of its page, as an iCalendar file.

    No candid word leaves by a calendar: title, time, place and link only.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//accord//workspace//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for meeting, link in meetings:
        event = Event()
        event.add("uid", f"meeting-{meeting.pk}@{meeting.partnership_id}.accord")
        event.add("summary", meeting.title)
        event.add("dtstart", meeting.starts_at)
        event.add("dtend", meeting.ends_at)
        event.add("dtstamp", meeting.made_at)
        event.add("location", meeting.place)
        event.add("url", link)
        event.add("description", f"Agenda: {link}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def renew_link(person: Person, partnership: Partnership) -> str:
    """A new secret for somebody's feed; an earlier one opens nothing any more."""
    secret = secrets.token_urlsafe(24)
    CalendarLink.objects.update_or_create(
        person=person,
        partnership=partnership,
        defaults={"secret_hash": bytes_hash(secret.encode()), "made_at": timezone.now()},
    )
    return secret


def link_of(secret: str) -> CalendarLink | None:
    """Whose feed a secret opens."""
    return (
        CalendarLink.objects.select_related("person", "partnership")
        .filter(secret_hash=bytes_hash(secret.encode()))
        .first()
    )
