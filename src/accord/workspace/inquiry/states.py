"""How far an inquiry is, how sure a cause is, and what can come of a trial."""

from __future__ import annotations

from django.db import models


class Stage(models.TextChoices):
    """How far an inquiry is; it follows from what stands in it and is never set by hand."""

    ASKED = "asked", "Asked"
    LOOKING = "looking", "Looking at evidence"
    EXPLAINING = "explaining", "Looking for causes"
    PREDICTED = "predicted", "Predicted"
    TESTING = "testing", "Being tested"
    LEARNED = "learned", "Learned from"

    @property
    def step(self) -> int:
        """Its place on the way, from 1."""
        return list(Stage).index(self) + 1


class Sure(models.TextChoices):
    """How well a cause is supported."""

    GUESS = "guess", "A guess"
    SOME = "some", "Some evidence"
    STRONG = "strong", "Strong evidence"
    RULED_OUT = "ruled-out", "Ruled out"


SUPPORTED = (Sure.SOME, Sure.STRONG, Sure.RULED_OUT)
"""What can only be said with an exhibit or a source."""


class Verdict(models.TextChoices):
    """How a prediction fared."""

    HELD = "held", "It held"
    PARTLY = "partly", "It held in part"
    FAILED = "failed", "It did not hold"
    UNCLEAR = "unclear", "We can’t tell"


class Next(models.TextChoices):
    """What is done after a trial."""

    ADOPT = "adopt", "Adopt it"
    ADAPT = "adapt", "Adapt it, and try again"
    ABANDON = "abandon", "Abandon it"
