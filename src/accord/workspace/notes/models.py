"""A note. It stays its author's, whoever takes over the position."""

from __future__ import annotations

from django.db import models

from accord.workspace.editing.models import Edited
from accord.workspace.permissions.shared import Candid, Shared
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed


class Note(Candid, Shared, Edited, Sealed):
    """A text about something: `about` is ``indicator:ID``, ``meeting:PK``, or nothing.

    Every note is sealed, those that the partners see with an open key, so that all can expire.
    """

    ALWAYS_SEALED = True

    text = SealedText()
    about = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"note {self.pk}"
