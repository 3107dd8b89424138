"""The acts of an inquiry. Every one leaves its event in the trail, without its texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accord.base.canonical import content_hash
from accord.base.errors import RefusedError
from accord.insight.series import ALL
from accord.workspace.editing.models import OtherVersion
from accord.workspace.editing.saving import save_edit
from accord.workspace.indicators.figures import figures_of
from accord.workspace.inquiry.models import Cause, Exhibit, Inquiry, Prediction, Trial
from accord.workspace.inquiry.states import Sure
from accord.workspace.meetings.evidence import freeze
from accord.workspace.people.models import Person
from accord.workspace.trail.writing import record


@transaction.atomic
def show(
    inquiry: Inquiry,
    indicator: str,
    *,
    group: str = ALL,
    words: str,
    by: Person,
    at: datetime | None = None,
) -> Exhibit:
    """Freeze what the partners' releases say of an indicator and a group, as evidence.

    Raises `StateError` where they say nothing of it.
    """
    now = at or timezone.now()
    today = timezone.localtime(now).date()
    figures = figures_of(inquiry.partnership, "partners", reader=None, today=today)
    evidence = freeze(figures, indicator, group=group, at=now)
    exhibit = Exhibit.objects.create(inquiry=inquiry, evidence=evidence, words=words, by=by)
    _record("froze evidence", exhibit, inquiry, by, at, evidence=evidence.hash)
    return exhibit


@transaction.atomic
def explain(
    inquiry: Inquiry,
    statement: str,
    *,
    by: Person,
    under: Cause | None = None,
    sure: Sure = Sure.GUESS,
    exhibit: Exhibit | None = None,
    source: str = "",
    at: datetime | None = None,
) -> Cause:
    """Put down a cause: of the question, or of the cause it is `under`."""
    cause = Cause.objects.create(
        inquiry=inquiry,
        under=under,
        statement=statement,
        sure=sure,
        exhibit=exhibit,
        source=source,
        made_at=at or timezone.now(),
    )
    _record("put down a cause", cause, inquiry, by, at, sure=sure.value)
    return cause


@transaction.atomic
def take_out(cause: Cause, *, by: Person) -> None:
    """Take a cause out of the tree, with what hangs beneath it. It can be put back."""
    cause.removed_at = timezone.now()
    cause.save(update_fields=["removed_at"])
    _record("took out a cause", cause, cause.inquiry, by, None)


@transaction.atomic
def put_back(cause: Cause, *, by: Person) -> None:
    """Put a cause back where it was."""
    cause.removed_at = None
    cause.save(update_fields=["removed_at"])
    _record("put back a cause", cause, cause.inquiry, by, None)


@transaction.atomic
def begin_trial(
    inquiry: Inquiry,
    words: str,
    expected: str,
    look_on: date,
    *,
    by: Person,
    cause: Cause | None = None,
    at: datetime | None = None,
) -> Trial:
    """Begin a trial by predicting what will come of it."""
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    newest = inquiry.trials.aggregate(newest=models.Max("number"))["newest"] or 0
    trial = Trial.objects.create(inquiry=inquiry, number=newest + 1, cause=cause)
    predict(trial, words, expected, look_on, by=by, at=at)
    return trial


@transaction.atomic
def predict(
    trial: Trial,
    words: str,
    expected: str,
    look_on: date,
    *,
    by: Person,
    at: datetime | None = None,
) -> Prediction:
    """Write down what is expected. What was predicted before is kept.

    Raises `RefusedError` once there is a result.
    """
    locked = Trial.objects.select_for_update().get(pk=trial.pk)
    if locked.studied_at is not None:
        raise RefusedError.because(
            "There is a result, so the prediction stands as it was written.",
            "Say in the result how it fared, or begin another trial with another prediction.",
        )
    made = Prediction(
        trial=trial, words=words, expected=expected, look_on=look_on, at=at or timezone.now(), by=by
    )
    made.hash = prediction_hash(made)
    made.save()
    _record("predicted", made, trial.inquiry, by, at, prediction=made.hash)
    return made


def prediction_hash(prediction: Prediction) -> str:
    """The hash of what was predicted, by whom and when."""
    return content_hash(
        {
            "trial": prediction.trial_id,
            "words": prediction.words,
            "expected": prediction.expected,
            "look_on": prediction.look_on.isoformat(),
            "by": prediction.by_id,
            "at": prediction.at.astimezone(UTC).isoformat(),
        }
    )


@transaction.atomic
def study(
    trial: Trial, told: Mapping[str, Any], *, seen: int, by: Person, at: datetime | None = None
) -> OtherVersion | None:
    """Write the result; `told` has `result`, `verdict` and `exhibit`. From here on the prediction
    stands. Where somebody wrote another result meanwhile, both are kept."""
    locked = Trial.objects.select_for_update().get(pk=trial.pk)
    if locked.studied_at is None:
        locked.studied_at = at or timezone.now()
        locked.save(update_fields=["studied_at"])
        newest = trial.predictions.all()[0]
        _record("wrote a result", trial, trial.inquiry, by, at, prediction=newest.hash)
    return save_edit(trial, told, seen=seen, by=by, chain=trial.inquiry.partnership_id)


@transaction.atomic
def learn(
    inquiry: Inquiry, learned: str, *, seen: int, by: Person, at: datetime | None = None
) -> OtherVersion | None:
    """Say what was learned. The inquiry is then learned from; it can still be worded better."""
    other = save_edit(inquiry, {"learned": learned}, seen=seen, by=by, chain=inquiry.partnership_id)
    if other is None and inquiry.learned_at is None:
        inquiry.learned_at = at or timezone.now()
        inquiry.save(update_fields=["learned_at"])
        _record("learned", inquiry, inquiry, by, at)
    return other


def _record(
    act: str,
    subject: models.Model,
    inquiry: Inquiry,
    by: Person,
    at: datetime | None,
    **said: object,
) -> None:
    chain = inquiry.partnership_id
    record(act, subject, by=by.email, chain=chain, at=at, inquiry=inquiry.pk, **said)
