"""What every thing has that people share: whose it is, who wrote it, and how widely it is seen."""

from __future__ import annotations

from django.db import models

from accord.workspace.people.models import District, Partnership, Person
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
