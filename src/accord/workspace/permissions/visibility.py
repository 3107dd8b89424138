"""How widely a thing is seen, from narrow to wide."""

from __future__ import annotations

from django.db import models


class Visibility(models.TextChoices):
    """Who sees a thing besides its author and the people named on it."""

    AUTHOR = "author", "Only me"
    NAMED = "named", "People I name"
    DISTRICT = "district", "My district"
    PARTNERS = "partners", "The partners"
    PUBLIC = "public", "Everybody"

    @property
    def width(self) -> int:
        """Its place from narrow (0) to wide."""
        return list(Visibility).index(self)
