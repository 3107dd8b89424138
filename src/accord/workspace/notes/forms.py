"""The form of a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from accord.workspace.notes.models import Note
from accord.workspace.people.models import Partnership, Person
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.screening.forms import ScreenedForm


class NoteForm(ScreenedForm):
    """A text, and who sees it."""

    SCREENED = ("text",)

    text = forms.CharField(
        label="Your note",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write something first."},
    )
    visibility = forms.ChoiceField(
        label="Who sees it",
        choices=[(item.value, item.label) for item in Visibility if item is not Visibility.PUBLIC],
        widget=forms.RadioSelect,
        initial=Visibility.AUTHOR,
        help_text="It can be shared more widely later, never less.",
    )
    handed_over = forms.BooleanField(
        label="Leave it to whoever follows me",
        required=False,
        help_text="Otherwise it is sealed when you leave your district: nobody who comes later "
        "reads it.",
    )
    named = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="The people I name", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = self.fields["named"]
        assert isinstance(named, forms.ModelMultipleChoiceField)
        named.queryset = (
            Person.objects.filter(seats__position__partnership=partnership)
            .distinct()
            .order_by("name")
        )

    def is_shared(self) -> bool:
        """Whether anybody but its author sees it from the start."""
        return self.cleaned_data.get("visibility") != Visibility.AUTHOR

    def clean(self) -> dict[str, Any]:
        """Named people are named."""
        cleaned = super().clean()
        if cleaned.get("visibility") == Visibility.NAMED and not cleaned.get("named"):
            self.add_error("named", "Name at least one person, or keep it to yourself.")
        return cleaned


class WidenForm(ScreenedForm):
    """Who else is to see a note that is written."""

    to = forms.ChoiceField(
        label="Let more people see it",
        help_text="What others have seen is not hidden from them again. The trail keeps who shared "
        "it, and when.",
    )

    def __init__(self, *args: Any, note: Note, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._note = note
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        width = Visibility(note.visibility).width
        to.choices = [(item.value, item.label) for item in Visibility if item.width > width]

    def texts(self) -> Iterator[str]:
        """The note itself."""
        yield self._note.text
