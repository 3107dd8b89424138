"""The forms of the conditions and of exploration letters."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.editing.changing import EditedForm
from accord.workspace.founding.kinds import Answer, Outcome
from accord.workspace.library.forms import FileForm
from accord.workspace.permissions.circle import CircleForm
from accord.workspace.screening.forms import ScreenedForm
from accord.workspace.shell.widgets import DayInput


class AnswerForm(EditedForm):
    """What one's own district says of a condition."""

    choice = forms.ChoiceField(
        label="Our district’s answer",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. “We don’t know” is an answer."},
    )
    words = forms.CharField(
        label="In our own words",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What makes you say so; what is missing; who would have to find out. No student, "
        "and no name of a person.",
        error_messages={"required": "Say it in a sentence: a bare yes helps nobody."},
    )


class LetterFields(forms.Form):
    """What an exploration letter says."""

    title = forms.CharField(
        label="What it is called",
        max_length=160,
        help_text="The districts, and what they explore.",
        error_messages={"required": "Give it a name."},
    )
    looks_into = forms.CharField(
        label="What is looked into",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The questions, and what each district shows the other to answer them.",
        error_messages={"required": "Say what you mean to find out."},
    )
    since = forms.DateField(label="From", widget=DayInput)
    until = forms.DateField(
        label="Until", widget=DayInput, help_text="It ends on that day by itself."
    )

    def clean(self) -> dict[str, Any]:
        """A letter ends after it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until <= since:
            self.add_error("until", "This is not after the day on which it begins.")
        return cleaned


class NewLetter(FileForm, CircleForm, LetterFields):
    """A new letter, with its document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "The letter, as PDF"
        self.fields[
            "file"
        ].help_text = (
            "As it was printed, or as it was signed on paper. accord start --public makes one."
        )
        self.order_fields(["title", "looks_into", "since", "until", "file"])

    def clean_file(self) -> Any:
        """The letter itself is one document that nobody edits."""
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(".pdf"):
            raise forms.ValidationError("Bring the letter as a PDF: print or export it as one.")
        return file


class ChangeLetter(EditedForm, LetterFields):
    """What is said of a letter that nobody has agreed to yet."""


class EndLetter(ScreenedForm):
    """What a letter led to."""

    outcome = forms.ChoiceField(
        label="How it ended",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    words = forms.CharField(
        label="What was learned (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="An exploration that ends without a charter has found something out as well.",
    )
