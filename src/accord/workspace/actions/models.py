"""An action and every change of how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models

from accord.workspace.actions.states import UNFINISHED, Horizon, Status
from accord.workspace.editing.models import Edited
from accord.workspace.people.models import Person, Position
from accord.workspace.permissions.shared import Shared
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed


class Action(Shared, Edited, Sealed):
    """Something to be done by a day, for an indicator, owned by positions: people come and go.

    What a district keeps to itself is sealed with its key.
    """

    title = SealedText()
    detail = SealedText(blank=True)
    indicator = models.CharField(max_length=80, blank=True)
    horizon = models.CharField(max_length=10, choices=Horizon.choices)
    due = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    owners = models.ManyToManyField(Position, related_name="actions")
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due", "pk")

    def __str__(self) -> str:
        return str(self.title)

    def parts(self) -> Iterable[Sealed]:
        """Itself and what was said of it."""
        return (self, *self.steps.all())

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is not finished."""
        return self.is_unfinished and self.due < today


class Step(Sealed):
    """A change of how far an action is, with what its author says about it."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT)
    before = models.CharField(max_length=10, choices=Status.choices)
    after = models.CharField(max_length=10, choices=Status.choices)
    words = SealedText(blank=True)
    by_mail = models.BooleanField(default=False)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.action}: {self.before} to {self.after}"

    def circle(self) -> frozenset[int] | None:
        """As wide as its action."""
        return self.action.circle()
