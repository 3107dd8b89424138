"""What one inquiry's page shows: its exhibits, its tree, its trials, and its place in a chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accord.workspace.editing.changing import EditedForm, Version, versions_of
from accord.workspace.inquiry.doing import prediction_hash
from accord.workspace.inquiry.forms import CauseForm, ChangeQuestionForm, LearnedForm
from accord.workspace.inquiry.models import Cause, Exhibit, Inquiry, Prediction, Trial
from accord.workspace.inquiry.tree import taken_out, tree_of
from accord.workspace.inquiry.trial_forms import DoneForm, NextForm, PlanForm, ResultForm
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.rules import listing, may_to
from accord.workspace.permissions.table import READS
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.models import Arrival
from accord.workspace.sealing.shut import Shut

STEPS: dict[str, type[EditedForm]] = {
    "plan": PlanForm, "do": DoneForm, "study": ResultForm, "act": NextForm,
}  # fmt: skip
"""The steps of a trial after its prediction, each with its form."""


@dataclass(frozen=True)
class Waiting:
    """What two people wrote at once about a part of the inquiry, and where it is settled."""

    change: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class TrialRow:
    """A trial with the prediction that counts and the earlier wordings.

    `was_known` says that the figures of the result had come before the prediction was written:
    then it is a reading, not a prediction. `is_whole` says that the prediction is what its hash
    says.
    """

    trial: Trial
    prediction: Prediction
    earlier: tuple[Prediction, ...]
    days_before: int | None
    was_known: bool
    is_whole: bool


def shown_of(actor: Actor, inquiry: Inquiry) -> dict[str, Any]:
    """The context of an inquiry's page."""
    causes = list(inquiry.causes.select_related("exhibit__evidence"))
    seen = listing(actor, "inquiries.see", Inquiry)
    writes = may_to(actor, "inquiries.write", inquiry)
    return {
        "inquiry": inquiry,
        "exhibits": inquiry.exhibits.select_related("evidence", "by"),
        "reads_figures": bool(actor.roles & READS[Visibility.PARTNERS]),
        "tree": tree_of(causes),
        "taken_out": taken_out(causes),
        "trials": trial_rows(inquiry),
        "came_from": seen.filter(opened=inquiry).first(),
        "opened": seen.filter(came_from=inquiry).order_by("made_at"),
        "may_write": writes,
        "wider": wider_than(inquiry) if may_to(actor, "inquiries.share", inquiry) else [],
        "waiting": list(_waiting(inquiry, causes)),
    }


def trial_rows(inquiry: Inquiry) -> list[TrialRow]:
    """The trials of an inquiry in order."""
    trials = inquiry.trials.select_related("cause", "exhibit__evidence")
    return [_row(trial) for trial in trials.prefetch_related("predictions__by")]


def known_before(exhibit: Exhibit, moment: datetime) -> bool:
    """Whether every release that an exhibit rests on had been received before a moment."""
    names = [one["release"] for one in exhibit.evidence.releases]
    came = Arrival.objects.filter(release__in=names).values_list("received_at", flat=True)
    return bool(names) and all(at is not None and at < moment for at in came)


def _row(trial: Trial) -> TrialRow:
    newest, *earlier = trial.predictions.all()
    return TrialRow(
        trial=trial,
        prediction=newest,
        earlier=tuple(earlier),
        days_before=(trial.studied_at - newest.at).days if trial.studied_at else None,
        was_known=trial.exhibit is not None and known_before(trial.exhibit, newest.at),
        is_whole=isinstance(newest.words, Shut) or newest.hash == prediction_hash(newest),
    )


def _waiting(inquiry: Inquiry, causes: list[Cause]) -> Iterator[Waiting]:
    """Every part of the inquiry that two people wrote at once."""
    own = [inquiry.partnership_id, inquiry.pk]
    forms: dict[str, type[EditedForm]] = {"edit-inquiry": ChangeQuestionForm, "learn": LearnedForm}
    for route, form in forms.items():
        yield from _of(inquiry, form, reverse(route, args=own))
    for cause in causes:
        yield from _of(cause, CauseForm, reverse("edit-cause", args=[*own, cause.pk]))
    for trial in inquiry.trials.all():
        for step, kind in STEPS.items():
            yield from _of(trial, kind, reverse("trial-step", args=[*own, trial.pk, step]))


def _of(thing: Inquiry | Cause | Trial, form: type[EditedForm], change: str) -> Iterator[Waiting]:
    found = tuple(version for version in versions_of(thing, form) if version.sides)
    if found:
        yield Waiting(change, found)
