"""The ways of working, and the kinds of contact."""

from __future__ import annotations

from django.db import models


class Mode(models.TextChoices):
    """How districts work together. Three ways are known well enough to have fields of their own."""

    ASSISTANCE = "assistance", "Partner assistance"
    DEVELOPMENT = "development", "Joint development"
    COLLECTIVE = "collective", "Collective work with others"
    OTHER = "other", "Another way"

    @property
    def meaning(self) -> str:
        """What it is, in a sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    Mode.ASSISTANCE: "One district helps the other with something that it does well.",
    Mode.DEVELOPMENT: "Both need something that neither has, and make it together.",
    Mode.COLLECTIVE: "Both turn to others together: a college, a county, a funder, a publisher.",
    Mode.OTHER: "None of these. Describe it in your own words; no form has to fit.",
}


class Kind(models.TextChoices):
    """How people met."""

    SESSION = "session", "Working session"
    VISIT = "visit", "Visit"
    TRAINING = "training", "Shared training"
    CALL = "call", "Call"
