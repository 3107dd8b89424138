"""Joint work in a strand, its versions, who met for it, and the schools' own plans that name it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from accord.workspace.editing.models import Edited, Noted
from accord.workspace.people.models import District, Person
from accord.workspace.permissions.shared import Shared
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed
from accord.workspace.strands.modes import Kind, Mode


class Work(Shared, Edited, Sealed):
    """Something that the districts do together in a strand, from a day on.

    Which of the last fields are filled follows from `mode`: `helper`, `helped` and `subject` for
    partner assistance; `need` and `product` for joint development; `organisation`, `secured` and
    `amount` (dollars) for collective work.
    """

    strand = models.CharField(max_length=60)
    mode = models.CharField(max_length=12, choices=Mode.choices)
    title = SealedText()
    detail = SealedText(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    helper = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="help_given"
    )
    helped = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="help_received"
    )
    subject = SealedText(blank=True)
    need = SealedText(blank=True)
    product = SealedText(blank=True)
    organisation = SealedText(blank=True)
    secured = SealedText(blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ("-since", "-pk")

    def __str__(self) -> str:
        return str(self.title)

    def parts(self) -> Iterable[Sealed]:
        """Itself, its versions with their files, and who met for it."""
        versions = self.product_versions.all()
        kept = (getattr(one, "kept_file", None) for one in versions)  # the library's
        return (self, *versions, *(one.upload for one in kept if one), *self.contacts.all())


class Version(Sealed):
    """One version of what a joint development makes, and what changed in it."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="product_versions")
    label = models.CharField(max_length=40)
    on = models.DateField()
    words = SealedText(blank=True)
    by = models.ForeignKey(Person, models.PROTECT)

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("work", "label"), name="one_version_a_label"),
        )

    def __str__(self) -> str:
        return f"{self.work}, {self.label}"

    def circle(self) -> frozenset[int] | None:
        """As wide as its work."""
        return self.work.circle()


class Contact(Noted):
    """A day on which people of the districts met for a work."""

    work = models.ForeignKey(Work, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    def __str__(self) -> str:
        return f"{self.work}, {self.on}"

    def circle(self) -> frozenset[int] | None:
        """As wide as its work."""
        return self.work.circle()


class Presence(models.Model):
    """How many people of a district took part in a contact."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="presences")
    district = models.ForeignKey(District, models.PROTECT)
    people = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("district__order",)
        constraints = (
            models.UniqueConstraint(fields=("contact", "district"), name="one_count_a_district"),
        )

    def __str__(self) -> str:
        return f"{self.district}: {self.people}"


class SchoolPlan(Shared, Edited, Sealed):
    """Where a school's own plan takes up a strand: its words, and where the plan can be read."""

    strand = models.CharField(max_length=60)
    school = SealedText()
    plan = SealedText()
    words = SealedText()
    link = SealedText(blank=True)

    class Meta:
        ordering = ("district__order", "pk")

    def __str__(self) -> str:
        return f"{self.plan}, {self.school}"
