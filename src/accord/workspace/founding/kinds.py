"""What a district can say of a condition, and what an exploration letter can lead to."""

from __future__ import annotations

from django.db import models


class Answer(models.TextChoices):
    """What a district says of a condition. Not knowing is an answer."""

    YES = "yes", "Yes"
    NOT_YET = "not-yet", "Not yet"
    UNKNOWN = "unknown", "We don’t know"


class Outcome(models.TextChoices):
    """What an exploration letter led to."""

    CHARTER = "charter", "It led to a charter"
    NOTHING = "nothing", "It ended without a charter"
