"""A note. It stays its author's, whoever takes over the position."""

from __future__ import annotations

from django.db import models

from accord.workspace.editing.models import Edited
from accord.workspace.permissions.shared import Shared


class Note(Shared, Edited):
    """A text about something: `about` is ``indicator:ID``, ``meeting:PK``, or nothing."""

    text = models.TextField()
    about = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"note {self.pk}"
