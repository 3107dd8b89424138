"""The forms of an inquiry: the question, its evidence, its causes, and what was learned."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.editing.changing import EditedForm
from accord.workspace.inquiry.models import Exhibit, Inquiry
from accord.workspace.inquiry.states import SUPPORTED, Sure
from accord.workspace.permissions.circle import CircleForm
from accord.workspace.screening.forms import ScreenedForm

Choices = list[tuple[str, str]]


class QuestionForm(CircleForm):
    """A new inquiry."""

    question = forms.CharField(
        label="The question",
        max_length=240,
        help_text="One that figures alone can’t answer: why, for whom, under which conditions.",
        error_messages={"required": "Ask something first."},
    )
    reason = forms.CharField(
        label="Why we ask (optional)", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    strand = forms.ChoiceField(label="Strand", required=False)

    def __init__(self, *args: Any, strands: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "strand", [("", "Across strands"), *strands])


class ChangeQuestionForm(EditedForm):
    """The wording of an inquiry."""

    question = forms.CharField(label="The question", max_length=240)
    reason = forms.CharField(
        label="Why we ask (optional)", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ExhibitForm(ScreenedForm):
    """Which view of the releases is frozen, and what is seen in it."""

    indicator = forms.ChoiceField(label="Indicator")
    group = forms.ChoiceField(label="Students")
    words = forms.CharField(
        label="What we see in it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What it shows, and what it can’t show.",
    )

    def __init__(self, *args: Any, indicators: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "indicator", indicators)
        offer(self, "group", groups)


class CauseForm(EditedForm):
    """One answer to “why?”, and what supports it."""

    statement = forms.CharField(
        label="Because …",
        max_length=240,
        help_text="Something that adults or the system do, or don’t do. Not who the students are.",
        error_messages={"required": "Say what the cause might be."},
    )
    sure = forms.ChoiceField(
        label="How sure are we?", choices=Sure.choices, widget=forms.RadioSelect, initial=Sure.GUESS
    )
    exhibit = forms.ModelChoiceField(
        Exhibit.objects.none(),
        label="Evidence above that speaks to it",
        required=False,
        empty_label="None",
    )
    source = forms.CharField(
        label="What else speaks to it (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What was counted or seen, where and when. Never a student.",
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_exhibits(self, inquiry)

    def clean(self) -> dict[str, Any]:
        """More than a guess rests on something."""
        cleaned = super().clean()
        rests = cleaned.get("exhibit") or cleaned.get("source")
        if cleaned.get("sure") in SUPPORTED and not rests:
            self.add_error(
                "sure", "Say what it rests on: evidence above, or what was counted or seen."
            )
        return cleaned


class LearnedForm(EditedForm):
    """What was learned."""

    learned = forms.CharField(
        label="What we learned",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What we would tell a district that asks the same. What we still can’t tell.",
        error_messages={"required": "Say what you learned."},
    )


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Fill the choices of a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def offer_exhibits(form: forms.Form, inquiry: Inquiry) -> None:
    """Let a form choose among the exhibits of an inquiry."""
    field = form.fields["exhibit"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = inquiry.exhibits.select_related("evidence")
