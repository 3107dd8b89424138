"""Promises and what was given of them, shared resources with their cost, and waivers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db import models

from accord.workspace.commitments.kinds import Kind, Standing
from accord.workspace.commitments.kinds import Shared as SharedKind
from accord.workspace.editing.models import Edited, Noted
from accord.workspace.people.models import District
from accord.workspace.permissions.shared import Shared
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed

_SOON = timedelta(days=120)
"""A school board that meets monthly needs about four months to consult and to renew."""


class Commitment(Shared, Edited, Sealed):
    """What a district promised, of one kind, over a time. `strand` is empty for all of the work."""

    kind = models.CharField(max_length=6, choices=Kind.choices)
    what = SealedText()
    strand = models.CharField(max_length=60, blank=True)
    promised = models.DecimalField(max_digits=12, decimal_places=2)
    since = models.DateField()
    until = models.DateField()
    where = SealedText(blank=True)

    class Meta:
        ordering = ("district__order", "-since", "pk")

    def __str__(self) -> str:
        return str(self.what)

    def parts(self) -> Iterable[Sealed]:
        """Itself and what was given of it."""
        return (self, *self.gifts.all())

    @property
    def unit(self) -> str:
        return Kind(self.kind).unit


class Gift(Noted):
    """What was given of a commitment on a day."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="gifts")
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    def __str__(self) -> str:
        return f"{self.amount} of {self.commitment}"

    def circle(self) -> frozenset[int] | None:
        """As wide as its commitment."""
        return self.commitment.circle()


class Resource(Shared, Edited, Sealed):
    """Something that one district has and others use: technology, training, or a person's time."""

    kind = models.CharField(max_length=12, choices=SharedKind.choices)
    what = SealedText()
    detail = SealedText(blank=True)
    cost = models.DecimalField("cost a year", max_digits=12, decimal_places=2)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "what")

    def __str__(self) -> str:
        return str(self.what)

    @property
    def uncovered(self) -> Decimal:
        """What of the yearly cost nobody pays; below zero where more is paid than it costs."""
        return self.cost - sum((share.amount for share in self.shares.all()), Decimal())


class CostShare(models.Model):
    """What a district pays of a shared resource in a year; nothing where it uses it for free."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="shares")
    district = models.ForeignKey(District, models.PROTECT)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("district__order",)
        constraints = (
            models.UniqueConstraint(fields=("resource", "district"), name="one_share_a_district"),
        )

    def __str__(self) -> str:
        return f"{self.district}: {self.amount}"


class Waiver(Shared, Edited, Sealed):
    """A rule that a fund's giver set aside, and the benchmark that the district gives in return.

    `approved_on` and `expires_on` are empty until it is approved; `indicator` is the charter's, or
    empty where the benchmark is in words alone.
    """

    fund = SealedText()
    code = SealedText(blank=True)
    rule = SealedText()
    condition = SealedText()
    consultation = SealedText(blank=True)
    consulted_on = models.DateField(null=True, blank=True)
    approval = SealedText(blank=True)
    approved_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    indicator = models.CharField(max_length=80, blank=True)
    benchmark = SealedText()

    class Meta:
        ordering = ("expires_on", "pk")

    def __str__(self) -> str:
        return f"{self.fund}: {self.rule}"

    def standing(self, today: date) -> Standing:
        """How it stands on a day."""
        if self.consulted_on is None:
            return Standing.CONSULTING
        if self.approved_on is None or self.approved_on > today:
            return Standing.ASKED
        if self.expires_on is not None and self.expires_on < today:
            return Standing.ENDED
        if self.expires_on is not None and self.expires_on <= today + _SOON:
            return Standing.ENDING
        return Standing.IN_FORCE
