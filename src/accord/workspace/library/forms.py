"""The forms of the library."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.editing.changing import EditedForm
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.kinds import FILE_KINDS, Choice
from accord.workspace.library.uploads import LARGEST
from accord.workspace.people.models import Person
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.circle import CircleForm
from accord.workspace.permissions.rules import listing
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.screening.forms import ScreenedForm
from accord.workspace.shell.widgets import DayInput


def _text(label: str, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class FileForm(ScreenedForm):
    """One file. The page says before it is sent that it is too large, where scripts run.

    Its words are looked through whoever sees it: it isn't opened once more when it is shared.
    """

    file = forms.FileField(
        label="File",
        help_text=f"{', '.join(FILE_KINDS)}; up to {LARGEST // 1_000_000} MB. Never a list of "
        "students: figures come by releases alone.",
        widget=forms.FileInput(attrs={"data-largest": LARGEST}),
        error_messages={"required": "Choose a file."},
    )

    def is_shared(self) -> bool:
        """Sooner or later."""
        return True


class DocumentForm(FileForm, CircleForm):
    """A new document."""

    title = forms.CharField(label="What it is called", max_length=160)
    about = _text("What it is for (optional)", 2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["title", "about", "file"])


class PracticeFields(forms.Form):
    """A practice."""

    title = forms.CharField(label="What it is called", max_length=160)
    what = _text(
        "What people do", help_text="So that somebody in another district could begin on Monday."
    )
    strand = forms.ChoiceField(label="Strand", required=False)
    evidence = _text("What speaks for it, and what does not", 3)
    inquiry = forms.ModelChoiceField(
        Inquiry.objects.none(),
        label="The inquiry that it comes from",
        required=False,
        empty_label="None",
    )

    def __init__(
        self, *args: Any, strands: list[tuple[str, str]], seer: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        strand, inquiry = self.fields["strand"], self.fields["inquiry"]
        assert isinstance(strand, forms.ChoiceField)
        assert isinstance(inquiry, forms.ModelChoiceField)
        strand.choices = [("", "Across strands"), *strands]
        inquiry.queryset = listing(seer, "inquiries.see", Inquiry)


class NewPractice(CircleForm, PracticeFields):
    """A new practice."""


class ChangePractice(EditedForm, PracticeFields):
    """What is said of a practice."""


class StanceForm(ScreenedForm):
    """What a district made of a practice, and why."""

    choice = forms.ChoiceField(
        label="Your district has",
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    why = _text(
        "Why",
        3,
        help_text="A reason to decline is worth as much to the next district as one to adopt.",
        error_messages={"required": "Say why."},
    )


class QuotationForm(ScreenedForm):
    """Somebody's words, proposed for the timeline."""

    quoted = forms.ModelChoiceField(
        Person.objects.none(), label="Who said it", empty_label="Choose somebody"
    )
    words = _text("Their words", 4)
    called = forms.CharField(
        label="As whom they are quoted",
        max_length=160,
        help_text="Such as “a principal of Harbor Point”. They see this before they approve.",
    )
    said_on = forms.DateField(label="When", widget=DayInput)
    occasion = forms.CharField(label="On which occasion", max_length=160)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quoted = self.fields["quoted"]
        assert isinstance(quoted, forms.ModelChoiceField)
        quoted.queryset = (
            Person.objects.filter(seats__position__partnership=actor.partnership)
            .distinct()
            .order_by("name")
        )


class AnswerForm(forms.Form):
    """The answer of the person quoted."""

    answer = forms.ChoiceField(
        choices=[
            (Visibility.PARTNERS.value, "The partners may read it"),
            (Visibility.PUBLIC.value, "Everybody may read it"),
            ("no", "Don’t quote me with this"),
        ]
    )
