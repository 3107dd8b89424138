"""An edition, frozen when consent is asked, and what each district answers."""

from __future__ import annotations

from typing import Any

from django.db import models

from accord.base.canonical import content_hash
from accord.workspace.people.models import District, Person
from accord.workspace.permissions.shared import Shared
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed


class Edition(Shared, Sealed):
    """What is to be passed on: some indicators of a set of releases, and words about them.

    Its author alone sees it until they ask for consent. From then on it can't change: `hash`
    covers all that was consented to, and `releases` are the ids of the releases that it shows.
    """

    title = models.CharField(max_length=160)
    readers = models.CharField(max_length=160)
    words = SealedText(blank=True)
    audience = models.CharField(max_length=10)
    indicators = models.JSONField()
    releases = models.JSONField()
    hash = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.title

    def body(self) -> dict[str, Any]:
        """What is consented to, as plain JSON."""
        return {
            "title": self.title,
            "readers": self.readers,
            "words": str(self.words),
            "audience": self.audience,
            "indicators": self.indicators,
            "releases": self.releases,
        }

    @property
    def is_as_asked(self) -> bool:
        """Whether it is still what consent was asked for."""
        return self.hash == content_hash(self.body())


class Answer(models.Model):
    """What a district says to an edition. `reply` stands beside the figures wherever they go."""

    class Kind(models.TextChoices):
        ASKED = "asked", "has not answered"
        CONSENTS = "consents", "consents"
        REFUSES = "refuses", "does not consent"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="answers")
    district = models.ForeignKey(District, models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ASKED)
    reply = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("district__order",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "district"), name="one_answer_a_district"),
        )

    def __str__(self) -> str:
        return f"{self.district}: {self.kind}"
