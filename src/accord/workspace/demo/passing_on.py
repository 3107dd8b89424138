"""The editions of the story: asked for, consented to or refused, and one that waits."""

from __future__ import annotations

from datetime import date, timedelta

from accord.base.documents import Written
from accord.workspace.demo.telling import Telling, read_words
from accord.workspace.editions.consenting import answer, ask
from accord.workspace.editions.models import Answer, Edition
from accord.workspace.people.models import Partnership
from accord.workspace.permissions.actor import actor_in
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.models import Arrival

_A_WEEK = timedelta(days=7)


class ToldEdition(Written):
    """What a district means to pass on; `answer` is empty while the other one is still asked."""

    of: int
    title: str
    readers: str
    indicators: tuple[str, ...]
    words: str
    answer: str = ""
    reply: str = ""


class _Told(Written):
    editions: tuple[ToldEdition, ...]


class PassingOn(Telling):
    """Prepares editions and asks for consent. Reads the releases that are here."""

    def __init__(self, partnership: Partnership, founded: date) -> None:
        super().__init__(partnership, founded)
        received = Arrival.objects.filter(
            partnership=partnership, audience="partners", state=Arrival.State.RECEIVED
        )
        self._releases = [row.release for row in received]

    def pass_on_all(self, today: date) -> None:
        """Every edition, a week after the other."""
        every = read_words("editions.yaml", _Told).editions
        for weeks, told in enumerate(reversed(every)):
            self._pass_on(told, today, made=today - weeks * _A_WEEK)

    def _pass_on(self, told: ToldEdition, today: date, made: date) -> None:
        edition = Edition.objects.create(
            **self._shared(told.of, made, Visibility.AUTHOR),
            title=told.title,
            readers=told.readers,
            words=told.words,
            audience="partners",
            indicators=list(told.indicators),
            releases=self._releases,
        )
        ask(edition, by=actor_in(self._partnership, self._lead(told.of), today))
        if told.answer:
            head = actor_in(self._partnership, self._lead(1 - told.of), today)
            answer(edition, Answer.Kind(told.answer), told.reply, by=head)
