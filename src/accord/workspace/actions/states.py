"""What an action can be, and what it can become: one table."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class Status(models.TextChoices):
    """How far an action is."""

    OPEN = "open", "To do"
    DOING = "doing", "Under way"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class Horizon(models.TextChoices):
    """Immediate actions and long-term ones, as every formal meeting addresses both."""

    IMMEDIATE = "immediate", "Immediate"
    LONG_TERM = "long-term", "Long-term"


NEXT: Mapping[Status, tuple[Status, ...]] = {
    Status.OPEN: (Status.DOING, Status.DONE, Status.DROPPED),
    Status.DOING: (Status.DONE, Status.OPEN, Status.DROPPED),
    Status.DONE: (Status.OPEN,),
    Status.DROPPED: (Status.OPEN,),
}

UNFINISHED = (Status.OPEN, Status.DOING)
