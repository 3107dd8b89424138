"""Partnerships, districts, positions and people. A position stays; who holds it changes."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from accord.workspace.people.managers import PersonManager
from accord.workspace.people.roles import Role


class Partnership(models.Model):
    """A partnership that this workspace serves; `id` and `name` are its charter's.

    `made_up` marks one of districts that don't exist; `public_pages` opens the pages for everybody;
    `exploring` says that its districts have no charter yet.
    """

    id = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=200)
    made_up = models.BooleanField(default=False)
    public_pages = models.BooleanField(default=False)
    exploring = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A party of the charter. `order` fixes its place and its colour, not its rank.

    `left_on` is the day on which it left the workspace.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="districts")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("partnership", "order")
        constraints = (
            models.UniqueConstraint(fields=("partnership", "code"), name="one_district_a_code"),
        )

    def __str__(self) -> str:
        return self.short


class Person(AbstractBaseUser):
    """Somebody who can sign in. What they may do comes from the positions that they hold."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    made_up = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A post that takes part, in a district or, for third parties, beside them.

    `strand` is the id of the strand that a strand lead leads.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="positions")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    title = models.CharField(max_length=120)
    strand = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("district__order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("partnership", "district", "title"), name="one_position_a_title"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.district}" if self.district else self.title

    @property
    def is_of_board(self) -> bool:
        return self.role == Role.BOARD


class Seat(models.Model):
    """A person in a position, from a day to a day, both included; open-ended where `until` is not
    set. `source` is how it came about: an invitation, a provider's claims, or the founding."""

    class Source(models.TextChoices):
        INVITATION = "invitation", "invitation"
        CLAIMS = "claims", "identity provider"
        FOUNDING = "founding", "founding"

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    position = models.ForeignKey(Position, models.PROTECT, related_name="seats")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices)

    class Meta:
        ordering = ("-since", "-pk")

    def __str__(self) -> str:
        return f"{self.person}: {self.position}"


class Invitation(models.Model):
    """An invitation to take a position. The link's secret is kept as its hash only."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    secret_hash = models.CharField(max_length=80, unique=True)
    invited_by = models.ForeignKey(Person, models.PROTECT)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    access_until = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.email}: {self.position}"


class Pairing(models.Model):
    """Two positions, of two districts, that do alike work; `about` says in what."""

    first = models.ForeignKey(Position, models.CASCADE, related_name="pairs_first")
    second = models.ForeignKey(Position, models.CASCADE, related_name="pairs_second")
    about = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("first__district__order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="one_pairing_a_pair"),
        )

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
