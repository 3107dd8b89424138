"""The form of a note."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.people.models import Partnership, Person
from accord.workspace.permissions.visibility import Visibility


class NoteForm(forms.Form):
    """A text, and who sees it."""

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

    def clean(self) -> dict[str, Any]:
        """Named people are named."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("visibility") == Visibility.NAMED and not cleaned.get("named"):
            self.add_error("named", "Name at least one person, or keep it to yourself.")
        return cleaned


class WidenForm(forms.Form):
    """Who else is to see a note."""

    to = forms.ChoiceField(label="Who is to see it", choices=Visibility.choices)
