"""What every thing has that people share: whose it is, who wrote it, and how widely it is seen."""

from __future__ import annotations

from django.db import models

from accord.workspace.people.models import District, Partnership, Person, Seat
from accord.workspace.permissions.visibility import Visibility


class Shared(models.Model):
    """A thing with an author and a width. It starts narrow; `widening.widen` makes it wider.

    `district` is whose it is; a thing of the partnership as a whole has none.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    author = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="%(class)ss_written"
    )
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.AUTHOR
    )
    named = models.ManyToManyField(Person, blank=True, related_name="%(class)ss_named_on")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def circle(self) -> frozenset[int] | None:
        """The districts whose key opens its texts, where they are sealed (`sealing`).

        None where more people read it than have a district's key.
        """
        match Visibility(self.visibility):
            case Visibility.AUTHOR | Visibility.DISTRICT:
                readers = {self.district_id}
            case Visibility.NAMED:
                readers = {self.district_id, *self._districts_named()}
            case _:
                return None
        return frozenset(pk for pk in readers if pk) if None not in readers else None

    def _districts_named(self) -> set[int | None]:
        if self.pk is None:
            return set()
        seats = Seat.objects.filter(
            person__in=self.named.all(), position__partnership=self.partnership_id
        )
        return set(seats.values_list("position__district", flat=True))

    @property
    def seen_by_words(self) -> str:
        """Who sees it, as a page says it to everybody alike."""
        match Visibility(self.visibility):
            case Visibility.AUTHOR:
                return "its author alone"
            case Visibility.NAMED:
                return "its author and the people named"
            case Visibility.DISTRICT:
                return f"people of {self.district}" if self.district else "its author alone"
            case Visibility.PARTNERS:
                return "the partners"
            case Visibility.PUBLIC:
                return "everybody"


class Candid(models.Model):
    """A thing written in candour: it stays with those who were there while its author was.

    Whoever comes to the district after its author has left does not see it, unless the author has
    `handed_over` it to whoever follows (`rules`).
    """

    handed_over = models.BooleanField(default=False)

    class Meta:
        abstract = True
