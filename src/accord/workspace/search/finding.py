"""What is searched, kind by kind: the rows that the reader may see, and the words in them.

Each kind is asked of the rules first and looked through after, so that a hit can't tell of a thing
that its reader may not open. Sealed texts are opened one by one, with the keys that are unlocked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse
from django.utils.text import Truncator

from accord.indicators.catalogue import load_catalogue
from accord.workspace.actions.models import Action
from accord.workspace.editions.models import Edition
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.notes.models import Note
from accord.workspace.people.models import Position
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import listing, may
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.search import joint_work
from accord.workspace.search.candidates import Candidate, Hit, readable

SHORTEST, MOST = 2, 20
"""The shortest word that is searched for, and how many hits of a kind are shown."""

_AROUND = 60


@dataclass(frozen=True)
class Found:
    """The hits of a kind; `more` says that there are others."""

    kind: str
    hits: tuple[Hit, ...]
    more: bool


def search(actor: Actor, words: str) -> list[Found]:
    """All that `actor` may see and that has every one of these words, by kind."""
    wanted = [plain(word) for word in words.split() if len(word) >= SHORTEST]
    if not wanted:
        return []
    found = []
    for kind, act, source in _SOURCES:
        if not may(actor, act):
            continue
        matching = (hit for hit, texts in source(actor) if _has(texts, wanted))
        hits = tuple(islice(matching, MOST + 1))
        if hits:
            found.append(Found(kind, hits[:MOST], len(hits) > MOST))
    return [_with_words(one, wanted[0]) for one in found]


def plain(text: str) -> str:
    """A text as it is compared: in lower case, without accents."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parted if not unicodedata.combining(one)).casefold()


def _indicators(actor: Actor) -> Iterator[Candidate]:
    charter, known = charter_now(actor.partnership), load_catalogue()
    for indicator in charter.indicator_ids:
        definition = known.definition(charter.newest(indicator).definition)
        url = reverse("indicator", args=[actor.partnership.pk, indicator])
        yield Hit(definition.title, definition.plain, url), (definition.title, definition.plain)


def _charter(actor: Actor) -> Iterator[Candidate]:
    charter, url = charter_now(actor.partnership), reverse("charter", args=[actor.partnership.pk])
    for goal in charter.goals:
        yield Hit("Goal", goal.text, f"{url}#goals"), (goal.text, *goal.aligned.values())
    for strategy in charter.strategies:
        yield Hit("Strategy", strategy.text, f"{url}#strategies"), (strategy.text,)


def _meetings(actor: Actor) -> Iterator[Candidate]:
    seen = listing(actor, "meetings.see", Meeting)
    items = AgendaItem.objects.filter(meeting__in=seen).select_related("meeting")
    for meeting in seen:
        url = reverse("meeting", args=[meeting.partnership_id, meeting.pk])
        texts = (meeting.title, meeting.place)
        yield Hit(meeting.title, meeting.place, url, meeting.starts_at), texts
    for item in items.exclude(notes="", because="").order_by("-meeting__starts_at"):
        url = reverse("meeting", args=[actor.partnership.pk, item.meeting_id])
        said = f"{item.because} {item.notes}".strip()
        hit = Hit(item.title, said, f"{url}#item-{item.pk}", item.meeting.starts_at)
        yield hit, (item.title, said)


def _actions(actor: Actor) -> Iterator[Candidate]:
    for one in listing(actor, "actions.see", Action).order_by("-due"):
        texts = readable(one.title, one.detail)
        url = reverse("action", args=[one.partnership_id, one.pk])
        yield Hit(one.title, one.detail, url, one.due), texts


def _notes(actor: Actor) -> Iterator[Candidate]:
    for one in listing(actor, "notes.see", Note):
        url = reverse("note", args=[one.partnership_id, one.pk])
        title = Truncator(one.text).words(10)
        yield Hit(title, one.text, url, one.made_at), readable(one.text)


def _editions(actor: Actor) -> Iterator[Candidate]:
    for one in listing(actor, "editions.see", Edition):
        url = reverse("edition", args=[one.partnership_id, one.pk])
        yield Hit(one.title, one.words, url, one.made_at), readable(one.title, one.words)


def _people(actor: Actor) -> Iterator[Candidate]:
    positions = Position.objects.filter(partnership=actor.partnership).select_related("district")
    for one in positions:
        url = reverse("position", args=[one.partnership_id, one.pk])
        yield Hit(str(one), one.get_role_display(), url), (str(one), one.get_role_display())


_SOURCES: tuple[tuple[str, str, Callable[[Actor], Iterator[Candidate]]], ...] = (
    ("Indicators", "figures.see", _indicators),
    ("Charter", "charter.see", _charter),
    ("Actions", "actions.see", _actions),
    ("Meetings and decisions", "meetings.see", _meetings),
    ("Inquiry", "inquiries.see", joint_work.inquiries),
    ("Strands", "work.see", joint_work.works),
    ("Commitments", "commitments.see", joint_work.commitments),
    ("Library", "library.see", joint_work.library),
    ("Exploration letters", "letters.see", joint_work.letters),
    ("Conditions for success", "conditions.see", joint_work.conditions),
    ("Notes", "notes.see", _notes),
    ("Editions", "editions.see", _editions),
    ("Positions", "people.see", _people),
)
"""Each kind's name, the act that opens it, and what it is searched in."""


def _has(texts: Iterable[str], wanted: list[str]) -> bool:
    whole = plain(" ".join(texts))
    return all(word in whole for word in wanted)


def _with_words(found: Found, word: str) -> Found:
    """The hits with the words around the first one that was searched for."""
    hits = tuple(Hit(one.title, _around(one.around, word), one.url, one.when) for one in found.hits)
    return Found(found.kind, hits, found.more)


def _around(text: str, word: str) -> str:
    place = max(plain(text).find(word), 0)
    start = text.rfind(" ", 0, max(place - _AROUND, 0)) + 1
    end = text.find(" ", place + 2 * _AROUND)
    before, after = "… " if start else "", " …" if end > 0 else ""
    return f"{before}{text[start : end if end > 0 else None].strip()}{after}"
