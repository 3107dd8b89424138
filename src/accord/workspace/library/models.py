"""Practices with what each district made of them, documents, files of tools, and quotations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast

from django.db import models

from accord.workspace.editing.models import Edited
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.kinds import FILE_KINDS, Choice
from accord.workspace.people.models import District, Partnership, Person
from accord.workspace.permissions.shared import Shared
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed
from accord.workspace.strands.models import Version


class _Owner(Protocol):
    def circle(self) -> frozenset[int] | None: ...


class Upload(Sealed):
    """A file that came and was checked: of one document, a version of a tool, a letter.

    Whatever has one names it `upload`, and has a circle.

    It lies in the workspace's folder (`uploads`), sealed while its owner isn't shared. `size` is of
    the file as it came; `hash` of the bytes as they lie, so that it tells nothing of a sealed one.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT)
    name = SealedText(blank=True)
    kind = models.CharField(max_length=5)
    size = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=80, blank=True)
    is_sealed = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.name)

    def circle(self) -> frozenset[int] | None:
        """As wide as what it is the file of; of nobody until that is there."""
        for one in self._meta.related_objects:
            kind = cast(type[models.Model], one.related_model)
            owner = kind._default_manager.filter(upload=self.pk).first()
            if owner is not None:
                return cast(_Owner, owner).circle()
        return frozenset()

    @property
    def kind_name(self) -> str:
        return FILE_KINDS[self.kind].name


class Practice(Shared, Edited, Sealed):
    """Something that works somewhere: what it is, what speaks for it, and where it came from."""

    title = SealedText()
    what = SealedText()
    strand = models.CharField(max_length=60, blank=True)
    evidence = SealedText()
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return str(self.title)

    def parts(self) -> Iterable[Sealed]:
        """Itself and what each district made of it."""
        return (self, *self.stances.all())


class Stance(Sealed):
    """What a district made of a practice, from a day on. A new one doesn't delete the last."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="stances")
    district = models.ForeignKey(District, models.PROTECT)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    why = SealedText()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.district}: {self.choice} {self.practice}"

    def circle(self) -> frozenset[int] | None:
        """As wide as its practice."""
        return self.practice.circle()


class Document(Shared, Edited, Sealed):
    """A document of the partnership, or of a district."""

    title = SealedText()
    about = SealedText(blank=True)
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="documents")

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return str(self.title)

    def parts(self) -> Iterable[Sealed]:
        """Itself and its file."""
        return (self, self.upload)


class VersionFile(models.Model):
    """The file of one version of a tool that the districts made together."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="kept_file")
    upload = models.ForeignKey(Upload, models.PROTECT)

    def circle(self) -> frozenset[int] | None:
        """As wide as the version."""
        return self.version.circle()

    def __str__(self) -> str:
        return f"{self.version}: {self.upload}"


class Quotation(Shared, Sealed):
    """Words that somebody said, to stand in the timeline once they approve.

    Until then only whoever proposed it and the person quoted see it. `approved_at` and
    `declined_at` are theirs to set.
    """

    words = SealedText()
    quoted = models.ForeignKey(Person, models.PROTECT, related_name="quotations")
    called = SealedText()
    said_on = models.DateField()
    occasion = SealedText()
    approved_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-said_on", "-pk")

    def __str__(self) -> str:
        return f"quotation {self.pk}"
