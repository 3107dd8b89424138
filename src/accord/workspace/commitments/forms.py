"""The forms of commitments and of shared resources."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from accord.workspace.commitments.kinds import Kind, Shared
from accord.workspace.editing.changing import EditedForm
from accord.workspace.people.models import District, Partnership
from accord.workspace.permissions.circle import CircleForm
from accord.workspace.screening.forms import ScreenedForm
from accord.workspace.shell.widgets import DayInput


def amount_field(label: str, *, least: int = 0, **more: Any) -> forms.DecimalField:
    """A number with at most two decimals."""
    return forms.DecimalField(
        label=label, min_value=Decimal(least), max_digits=12, decimal_places=2, **more
    )


class CommitmentFields(forms.Form):
    """What is promised, and over which time."""

    what = forms.CharField(
        label="What is promised", max_length=200, error_messages={"required": "Say what."}
    )
    kind = forms.ChoiceField(label="Counted in", choices=Kind.choices, widget=forms.RadioSelect)
    promised = amount_field(
        "How much",
        help_text="Hours; full-time positions, such as 0.5; or dollars.",
        error_messages={"required": "Say how much."},
    )
    since = forms.DateField(label="From", widget=DayInput)
    until = forms.DateField(label="To", widget=DayInput)
    strand = forms.ChoiceField(label="For the strand", required=False)
    where = forms.CharField(
        label="Where it is written (optional)",
        max_length=200,
        required=False,
        help_text="A board item, a budget line, a letter.",
    )

    def __init__(self, *args: Any, strands: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["strand"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "All of the work"), *strands]

    def clean(self) -> dict[str, Any]:
        """A time ends after it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "This is before it begins.")
        return cleaned


class NewCommitment(CircleForm, CommitmentFields):
    """A new commitment of one's own district."""


class ChangeCommitment(EditedForm, CommitmentFields):
    """What a commitment says."""


class GiftForm(ScreenedForm):
    """What was given."""

    amount = amount_field("How much", error_messages={"required": "Say how much."})
    on = forms.DateField(label="Day", widget=DayInput)
    words = forms.CharField(label="What it was (optional)", max_length=240, required=False)


class ResourceFields(forms.Form):
    """What is shared, and what it costs."""

    what = forms.CharField(label="What is shared", max_length=200)
    kind = forms.ChoiceField(label="It is", choices=Shared.choices, widget=forms.RadioSelect)
    detail = forms.CharField(
        label="More about it (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who may use it, and how one asks.",
    )
    cost = amount_field("What it costs in a year, in dollars")
    since = forms.DateField(label="Since", widget=DayInput)
    until = forms.DateField(label="Until (empty while it goes on)", widget=DayInput, required=False)


class NewResource(CircleForm, ResourceFields):
    """A new shared resource."""


class ChangeResource(EditedForm, ResourceFields):
    """What is said of a shared resource."""


class SplitForm(forms.Form):
    """What each district pays of it in a year."""

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._districts = list(partnership.districts.all())
        for district in self._districts:
            label = f"{district.short} pays in a year, in dollars"
            self.fields[f"pays_{district.pk}"] = amount_field(label, initial=0)

    def amounts(self) -> dict[District, Decimal]:
        """What each district pays."""
        return {one: self.cleaned_data[f"pays_{one.pk}"] for one in self._districts}
