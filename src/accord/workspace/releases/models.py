"""A release that came here. What it holds stays in its file; the row says whose it is and where."""

from __future__ import annotations

from django.db import models

from accord.exchange.acts import Sent
from accord.workspace.permissions.shared import Shared


class Arrival(Shared):
    """One release of one district for one audience.

    Pending: verified, but seen by its district alone until one of its leaders shares it. Received:
    in the exchange folder and its ledger. Withdrawn: its district left and took it along, as the
    charter says; the ledger still names it. `file` is the name of a pending release's file.
    """

    class State(models.TextChoices):
        PENDING = "pending", "pending"
        RECEIVED = "received", "received"
        WITHDRAWN = "withdrawn", "withdrawn"

    state = models.CharField(max_length=10, choices=State.choices)
    release = models.CharField(max_length=80, unique=True)
    number = models.PositiveIntegerField()
    audience = models.CharField(max_length=10)
    as_of = models.DateField()
    data_status = models.CharField(max_length=20)
    periods = models.JSONField()
    cells = models.JSONField()
    signers = models.JSONField()
    charter = models.CharField(max_length=80)
    software = models.CharField(max_length=80)
    embargo = models.DateField(null=True, blank=True)
    file = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("district__order", "-number")

    def __str__(self) -> str:
        return f"Release {self.number} of {self.district}"

    @property
    def code(self) -> str:
        """The code of the district whose release it is."""
        assert self.district is not None
        return self.district.code

    @property
    def sent(self) -> Sent:
        """The release as the ledger names it."""
        return Sent(self.number, self.release)

    @property
    def hidden_cells(self) -> int:
        """How many cells are hidden to protect students."""
        return int(self.cells.get("suppressed", 0))

    @property
    def all_cells(self) -> int:
        return sum(self.cells.values())
