"""Exploration letters, and what each district says of the conditions for success."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from accord.workspace.editing.models import Edited
from accord.workspace.founding.kinds import Answer, Outcome
from accord.workspace.library.models import Upload
from accord.workspace.people.models import District, Person
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed
from accord.workspace.sealing.shut import Shut


class Letter(Shared, Edited, Sealed):
    """An exploration letter: what two superintendents agree to look into together, until a day.

    `upload` is the letter itself. `outcome` is a word of `Outcome`, empty while it runs; `ended_on`
    is the founding day of the charter that it led to, or the day on which it ended without one.
    """

    title = SealedText()
    looks_into = SealedText()
    since = models.DateField()
    until = models.DateField()
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="letters")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_words = SealedText(blank=True)

    class Meta:
        ordering = ("-since", "-pk")

    def __str__(self) -> str:
        return str(self.title)

    def parts(self) -> Iterable[Sealed]:
        """Itself and its file."""
        return (self, self.upload)


class Agreement(models.Model):
    """A superintendent's agreement to a letter, for their own district. It is not taken back."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="agreements")
    district = models.ForeignKey(District, models.PROTECT)
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ("district__order",)
        constraints = (
            models.UniqueConstraint(fields=("letter", "district"), name="one_agreement_a_district"),
        )

    def __str__(self) -> str:
        return f"{self.district} agrees to {self.letter_id}"


class Readiness(Shared, Sealed):
    """One district's answers to all conditions. Its own people see it until they share it.

    `shared_at` is when they did; from then on its answers stand as they were.
    """

    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("district__order", "-made_at", "-pk")
        verbose_name_plural = "readiness"

    def __str__(self) -> str:
        return f"What {self.district} says of the conditions"

    def parts(self) -> Iterable[Sealed]:
        """Itself and its answers."""
        return (self, *self.answers.all())

    @property
    def is_shared(self) -> bool:
        return Visibility(self.visibility).width >= Visibility.PARTNERS.width


class ConditionAnswer(Edited, Sealed):
    """What a district says of one condition.

    `asked` is the question as it stood; `choice` is a word of `Answer`, empty until it is answered,
    and sealed like the words: a candid “not yet” is as private as what is said of it.
    """

    readiness = models.ForeignKey(Readiness, models.PROTECT, related_name="answers")
    condition = models.CharField(max_length=80)
    asked = SealedText()
    choice = SealedText(blank=True)
    words = SealedText(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("readiness", "condition"), name="one_answer_a_condition"
            ),
        )

    def __str__(self) -> str:
        return f"{self.condition} of {self.readiness_id}"

    def circle(self) -> frozenset[int] | None:
        """As wide as all answers of its district."""
        return self.readiness.circle()

    @property
    def said(self) -> str:
        """The answer in words; why it can't be read, where its key is locked."""
        if isinstance(self.choice, Shut):
            return str(self.choice)
        return Answer(self.choice).label if self.choice else ""
