"""An inquiry and its parts: exhibits, causes, trials, and the predictions made before a result."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from accord.workspace.editing.models import Edited
from accord.workspace.inquiry.states import Next, Stage, Sure, Verdict
from accord.workspace.meetings.models import Evidence
from accord.workspace.people.models import Person
from accord.workspace.permissions.shared import Shared
from accord.workspace.sealing.fields import SealedText
from accord.workspace.sealing.models import Sealed


class Inquiry(Shared, Edited, Sealed):
    """A question that partners follow. `came_from` is the inquiry whose answer opened it."""

    question = SealedText()
    reason = SealedText(blank=True)
    strand = models.CharField(max_length=60, blank=True)
    came_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="opened"
    )
    learned = SealedText(blank=True)
    learned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return str(self.question)

    def parts(self) -> Iterable[Sealed]:
        """Itself, what it rests on, its causes and its trials."""
        return (
            self,
            *self.exhibits.all(),
            *self.causes.all(),
            *(part for trial in self.trials.all() for part in (trial, *trial.predictions.all())),
        )

    @property
    def stage(self) -> Stage:
        """How far it is. Wants exhibits, causes and trials prefetched where many are shown."""
        if self.learned_at:
            return Stage.LEARNED
        trials = self.trials.all()
        if any(trial.plan or trial.done or trial.result for trial in trials):
            return Stage.TESTING
        if trials:
            return Stage.PREDICTED
        if any(cause.removed_at is None for cause in self.causes.all()):
            return Stage.EXPLAINING
        return Stage.LOOKING if self.exhibits.all() else Stage.ASKED


class Exhibit(Sealed):
    """Frozen evidence that an inquiry rests on, with what its readers see in it."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="exhibits")
    evidence = models.ForeignKey(Evidence, models.PROTECT)
    words = SealedText(blank=True)
    by = models.ForeignKey(Person, models.PROTECT)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.evidence)

    def circle(self) -> frozenset[int] | None:
        """As wide as its inquiry."""
        return self.inquiry.circle()


class Cause(Edited, Sealed):
    """One answer to “why?”: of the question itself, or of the cause above it.

    It is tied to data by an exhibit or by a source in words. What is taken out keeps its place, so
    that it can be put back.
    """

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="causes")
    under = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reasons")
    statement = SealedText()
    sure = models.CharField(max_length=10, choices=Sure.choices, default=Sure.GUESS)
    exhibit = models.ForeignKey(Exhibit, models.PROTECT, null=True, blank=True)
    source = SealedText(blank=True)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.statement)

    def circle(self) -> frozenset[int] | None:
        """As wide as its inquiry."""
        return self.inquiry.circle()


class Trial(Edited, Sealed):
    """One turn of plan, do, study and act, which begins with a prediction.

    From `studied_at` on there is a result, and the prediction can't be changed any more.
    """

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="trials")
    number = models.PositiveSmallIntegerField()
    cause = models.ForeignKey(Cause, models.PROTECT, null=True, blank=True)
    plan = SealedText(blank=True)
    done = SealedText(blank=True)
    result = SealedText(blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True, default="")
    exhibit = models.ForeignKey(Exhibit, models.PROTECT, null=True, blank=True)
    studied_at = models.DateTimeField(null=True, blank=True)
    next = models.CharField(max_length=10, choices=Next.choices, blank=True, default="")
    because = SealedText(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("inquiry", "number"), name="one_trial_a_number"),
            models.CheckConstraint(
                condition=models.Q(result="") | models.Q(studied_at__isnull=False),
                name="a_result_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"Trial {self.number}"

    def circle(self) -> frozenset[int] | None:
        """As wide as its inquiry."""
        return self.inquiry.circle()


class Prediction(Sealed):
    """What is expected, written before the result. A change is a new one; the earlier ones stay.

    `look_on` is the day on which the result is looked at; `hash` is in the trail too.
    """

    trial = models.ForeignKey(Trial, models.PROTECT, related_name="predictions")
    words = SealedText()
    expected = SealedText()
    look_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT)
    hash = models.CharField(max_length=80)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return str(self.expected)

    def circle(self) -> frozenset[int] | None:
        """As wide as its trial."""
        return self.trial.circle()
