"""What can be promised, what can be shared, and how a waiver stands."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What is promised, with its unit: hours, full-time positions, or dollars."""

    HOURS = "hours", "Hours"
    STAFF = "staff", "Staff"
    MONEY = "money", "Money"

    @property
    def unit(self) -> str:
        """What an amount counts."""
        return {Kind.HOURS: "hours", Kind.STAFF: "full-time positions", Kind.MONEY: "dollars"}[self]


class Shared(models.TextChoices):
    """What districts share."""

    TECHNOLOGY = "technology", "Technology"
    LEARNING = "learning", "Professional development"
    PEOPLE = "people", "People"


class Standing(models.TextChoices):
    """How a waiver stands; it follows from its days and is never set by hand."""

    CONSULTING = "consulting", "Being consulted on"
    ASKED = "asked", "Waiting for approval"
    IN_FORCE = "in-force", "In force"
    ENDING = "ending", "Ends soon"
    ENDED = "ended", "Ended"
