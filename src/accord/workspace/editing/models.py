"""What an editable thing has, and the other version that waits where two people wrote at once."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accord.workspace.people.models import Person
from accord.workspace.sealing.fields import SealedText, opened
from accord.workspace.sealing.models import Sealed


class Edited(models.Model):
    """A thing that people edit. `revision` grows with every edit; forms send back what they saw."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Noted(Sealed):
    """Something that was noted on a day. What was noted by a slip is taken back, never deleted."""

    on = models.DateField()
    words = SealedText(blank=True)
    by = models.ForeignKey(Person, models.PROTECT)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-on", "-pk")

    def take_back(self) -> bool:
        """Take it back, or let it count again; whether it is taken back now."""
        self.taken_back_at = None if self.taken_back_at else timezone.now()
        self.save(update_fields=["taken_back_at"])
        return self.taken_back_at is not None


class OtherVersion(models.Model):
    """What somebody wrote over a version that had changed meanwhile: kept until it is settled.

    `kind` and `object` name the thing, `fields` holds what was written, by field.
    """

    kind = models.CharField(max_length=80)
    object = models.CharField(max_length=80)
    fields = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.object} by {self.by}"

    @property
    def said(self) -> list[tuple[str, str]]:
        """What was written, by field in order, opened where it is sealed."""
        return [(name, opened(text)) for name, text in sorted(self.fields.items())]
