"""A hold: nothing of a district is destroyed while it stands."""

from __future__ import annotations

from django.db import models

from accord.workspace.people.models import District, Person


class Hold(models.Model):
    """A legal hold on a district's notes and drafts: a records request, a suit, an audit."""

    district = models.ForeignKey(District, models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=200)
    placed_by = models.ForeignKey(Person, models.PROTECT, related_name="holds_placed")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="holds_lifted"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-placed_at",)

    def __str__(self) -> str:
        return f"hold of {self.district}: {self.reason}"
