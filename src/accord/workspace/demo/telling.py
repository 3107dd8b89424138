"""What every part of the story needs: its words, the days of its months, and who leads where."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib.resources import as_file, files
from typing import Any, TypeVar

from django.utils import timezone

from accord.base.documents import Written, read_document
from accord.workspace.people.models import District, Partnership, Person, Seat
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility

Words = TypeVar("Words", bound=Written)

_MONTH = timedelta(days=30)
_HOUR = time(14)


def read_words(file: str, words: type[Words]) -> Words:
    """The words of a document that ships with the story."""
    with as_file(files("accord.workspace.demo").joinpath(file)) as path:
        return read_document(path, words)[0]


class Telling:
    """Tells a part of the story; its months count from the founding."""

    def __init__(self, partnership: Partnership, founded: date) -> None:
        self._partnership, self._founded = partnership, founded
        self._districts: list[District] = list(partnership.districts.all())

    def _day(self, month: int) -> date:
        return self._founded + _MONTH * month

    def _at(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, _HOUR))

    def _shared(
        self, of: int, on: date, visibility: Visibility = Visibility.PARTNERS
    ) -> dict[str, Any]:
        """The fields of `Shared` for what the lead of a district made on a day."""
        return {
            "partnership": self._partnership,
            "district": self._districts[of],
            "author": self._lead(of),
            "visibility": visibility,
            "made_at": self._at(on),
        }

    def _lead(self, of: int) -> Person:
        """Whoever leads a district's part of the partnership."""
        return self._holding(of, Role.LEAD)

    def _holding(self, of: int, role: Role) -> Person:
        """Whoever has held a role in a district the longest, and still does."""
        held = Seat.objects.filter(
            position__district=self._districts[of], position__role=role, until__isnull=True
        )
        return held.order_by("pk").select_related("person")[0].person
