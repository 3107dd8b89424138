"""What a meeting, an agenda item and a decision can be."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models


class State(models.TextChoices):
    """A meeting's course."""

    PLANNED = "planned", "Planned"
    UNDER_WAY = "under-way", "Under way"
    CLOSED = "closed", "Closed"


NEXT: Mapping[State, tuple[State, ...]] = {
    State.PLANNED: (State.UNDER_WAY,),
    State.UNDER_WAY: (State.CLOSED,),
    State.CLOSED: (),
}


class Outcome(models.TextChoices):
    """What became of an indicator at a meeting. None is silently skipped."""

    OPEN = "", "Not settled yet"
    WORKED = "worked", "Worked through"
    UNCHANGED = "unchanged", "Unchanged"
    NOT_DISCUSSED = "not-discussed", "Not discussed"


class Decision(models.TextChoices):
    """Make appropriate adjustments, or stay the course when warranted."""

    NONE = "", "No decision yet"
    ADJUST = "adjust", "Adjust"
    STAY = "stay", "Stay the course"
