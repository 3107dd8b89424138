"""A district's key, and what a thing has whose texts are sealed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from accord.workspace.people.models import District, Person
from accord.workspace.sealing.shelf import new_name
from accord.workspace.sealing.shut import Shut


class DistrictKey(models.Model):
    """Which key on the shelf is a district's (`district_keys`), and who made it when.

    `closed_at` is when what lay open from before was sealed with it (`keeping.closing`).
    """

    district = models.OneToOneField(District, models.PROTECT, related_name="key")
    name = models.CharField(max_length=32)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key of {self.district}"


class Sealed(models.Model):
    """A thing with sealed texts. `seal` names its key on the shelf, once one is there.

    `expired_at` is when its texts were destroyed, because their time was over.
    """

    seal = models.CharField(max_length=32, default=new_name, editable=False)
    expired_at = models.DateTimeField(null=True, blank=True, editable=False)

    ALWAYS_SEALED = False
    """Whether texts that the partners see are sealed too: with an open key, so that they expire."""

    class Meta:
        abstract = True

    @property
    def is_shut(self) -> bool:
        """Whether its texts are sealed and their key is not at hand."""
        return any(isinstance(getattr(self, one.attname), Shut) for one in self._meta.fields)

    def circle(self) -> frozenset[int] | None:
        """The districts whose key opens the texts, by primary key; none where anybody's eyes may.

        Answered by the thing's width (`permissions.shared`).
        """
        raise NotImplementedError

    def parts(self) -> Iterable[Sealed]:
        """Everything sealed that follows its circle: itself, and what hangs on it."""
        return (self,)
