"""A token: somebody lets a program act for them, in one partnership and for one district."""

from __future__ import annotations

from django.db import models

from accord.workspace.people.models import District, Partnership, Person


class Token(models.Model):
    """What a program shows. Kept as its hash. It can do what its person can, and no more.

    `district` narrows it to the positions held there; `may_write` lets it do more than read.
    `minute` and `used` count its requests of a minute.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    partnership = models.ForeignKey(Partnership, models.CASCADE)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=80)
    may_write = models.BooleanField(default=False)
    secret_hash = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    minute = models.BigIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.name} of {self.person}"
