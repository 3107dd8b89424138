"""The form of a waiver: what is set aside, who was asked, and what is given in return."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.editing.changing import EditedForm
from accord.workspace.permissions.circle import CircleForm
from accord.workspace.shell.widgets import DayInput


def _text(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class WaiverFields(forms.Form):
    """One waiver, as far as it has come."""

    fund = forms.CharField(label="Fund", max_length=160)
    code = forms.CharField(
        label="Resource code (optional)",
        max_length=40,
        required=False,
        help_text="As the business office books it.",
    )
    rule = _text("The rule that is set aside")
    condition = _text("Under which condition", 2, help_text="For whom, where, and how long.")
    consultation = _text(
        "Who was consulted",
        2,
        required=False,
        help_text="Councils, bargaining units, families; what they said.",
    )
    consulted_on = forms.DateField(label="Consulted on", widget=DayInput, required=False)
    approval = forms.CharField(label="Approved by", max_length=200, required=False)
    approved_on = forms.DateField(label="Approved on", widget=DayInput, required=False)
    expires_on = forms.DateField(label="Expires on", widget=DayInput, required=False)
    indicator = forms.ChoiceField(label="The indicator that answers for it", required=False)
    benchmark = _text(
        "The benchmark given in return",
        2,
        help_text="What the district will show, by when. Freedom is answered for.",
    )

    def __init__(self, *args: Any, indicators: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "None of the charter’s"), *indicators]

    def clean(self) -> dict[str, Any]:
        """An approval names who gave it and when it ends, and comes after the consultation."""
        cleaned: dict[str, Any] = super().clean() or {}
        approved = cleaned.get("approved_on")
        if approved and not cleaned.get("approval"):
            self.add_error("approval", "Say who approved it.")
        if approved and not cleaned.get("expires_on"):
            self.add_error("expires_on", "A waiver ends on a day. Say which.")
        if approved and not cleaned.get("consulted_on"):
            self.add_error("consulted_on", "Say by when people were consulted: before approval.")
        elif approved and cleaned["consulted_on"] > approved:
            self.add_error("consulted_on", "People are consulted before it is approved.")
        expires = cleaned.get("expires_on")
        if approved and expires and expires < approved:
            self.add_error("expires_on", "This is before it was approved.")
        return cleaned


class NewWaiver(CircleForm, WaiverFields):
    """A new waiver of one's own district."""


class ChangeWaiver(EditedForm, WaiverFields):
    """What is said of a waiver."""
