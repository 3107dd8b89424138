"""The forms of a trial: the prediction first, then plan, do, study and act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from accord.workspace.editing.changing import EditedForm
from accord.workspace.inquiry.forms import offer_exhibits
from accord.workspace.inquiry.models import Cause, Exhibit, Inquiry
from accord.workspace.inquiry.states import Next, Verdict
from accord.workspace.inquiry.tree import Node
from accord.workspace.screening.forms import ScreenedForm
from accord.workspace.shell.widgets import DayInput


class PredictionForm(ScreenedForm):
    """What is expected, before anybody can know."""

    words = forms.CharField(
        label="We think that if … then …, because …",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you think will happen, and why."},
    )
    expected = forms.CharField(
        label="What we will see if we are right",
        max_length=240,
        help_text="A number or a fact, in which district, by when. Say what would prove us wrong.",
        error_messages={"required": "Say what you expect to see."},
    )
    look_on = forms.DateField(
        label="The day we look", widget=DayInput, error_messages={"required": "Name a day."}
    )


class NewTrialForm(PredictionForm):
    """A new trial: its prediction, and the cause that it puts to the test."""

    cause = forms.ModelChoiceField(
        Cause.objects.none(), label="The cause that it tests", required=False,
        empty_label="None in particular",
    )  # fmt: skip

    def __init__(self, *args: Any, inquiry: Inquiry, tree: tuple[Node, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cause = self.fields["cause"]
        assert isinstance(cause, forms.ModelChoiceField)
        cause.queryset = inquiry.causes.filter(pk__in=list(_numbers(tree)))
        self.order_fields(["cause"])


class PlanForm(EditedForm):
    """Plan: who does what, where, until when."""

    plan = forms.CharField(
        label="The plan",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Small enough to begin next month. Who, where, until when, and what is counted.",
    )


class DoneForm(EditedForm):
    """Do: what was done, and how it differed from the plan."""

    done = forms.CharField(
        label="What was done",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What went as planned, what did not, and what nobody expected.",
    )


class ResultForm(EditedForm):
    """Study: what came of it, held against the prediction."""

    result = forms.CharField(
        label="What came of it",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you saw."},
    )
    verdict = forms.ChoiceField(
        label="How did the prediction fare?",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. “We can’t tell” is a finding too."},
    )
    exhibit = forms.ModelChoiceField(
        Exhibit.objects.none(),
        label="The evidence above that shows it",
        required=False,
        empty_label="None",
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_exhibits(self, inquiry)


class NextForm(EditedForm):
    """Act: adopt, adapt or abandon."""

    next = forms.ChoiceField(
        label="What follows",
        choices=Next.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    because = forms.CharField(
        label="Why, and what we change",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _numbers(tree: tuple[Node, ...]) -> Iterator[int]:
    for node in tree:
        yield node.cause.pk
        yield from _numbers(node.reasons)
