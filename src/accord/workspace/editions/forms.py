"""The forms of an edition and of an answer to it."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.editions.models import Answer
from accord.workspace.screening.forms import ScreenedForm


class EditionForm(ScreenedForm):
    """What is to be passed on, to whom."""

    title = forms.CharField(label="What it is called", max_length=160)
    readers = forms.CharField(
        label="Who will read it",
        max_length=160,
        help_text="Such as “our board, at its open meeting of March 3”.",
    )
    audience = forms.ChoiceField(
        label="Figures",
        widget=forms.RadioSelect,
        help_text="For readers outside the partner districts, take the public figures.",
    )
    indicators = forms.MultipleChoiceField(
        label="Indicators",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one indicator."},
    )
    words = forms.CharField(
        label="What you write about them (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        indicators: list[tuple[str, str]],
        audiences: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("indicators", indicators), ("audience", audiences)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.fields["audience"].initial = audiences[-1][0] if audiences else None


class AnswerForm(ScreenedForm):
    """Consent or refusal, and the right of reply."""

    kind = forms.ChoiceField(
        label="Your district",
        widget=forms.RadioSelect,
        choices=[
            (Answer.Kind.CONSENTS.value, "consents to this edition"),
            (Answer.Kind.REFUSES.value, "does not consent"),
        ],
        error_messages={"required": "Choose one."},
    )
    reply = forms.CharField(
        label="Your reply (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands beside your figures wherever this edition goes.",
    )
