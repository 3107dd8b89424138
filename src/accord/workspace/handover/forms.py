"""The forms of ending, extending and pairing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from accord.workspace.people.models import Position
from accord.workspace.people.roles import Role
from accord.workspace.shell.widgets import DayInput


class LastDayForm(forms.Form):
    """The last day of somebody's access."""

    until = forms.DateField(label="Last day of access", widget=DayInput)

    def clean_until(self) -> Any:
        """Today at the earliest: what was done until now was done with access."""
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError("This day has passed. Choose today or a later one.")
        return until


class PairForm(forms.Form):
    """Who does alike work in another district."""

    other = forms.ModelChoiceField(
        Position.objects.none(), label="Position in the other district", empty_label="Choose one"
    )
    about = forms.CharField(
        label="Alike in what (optional)", max_length=120, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = self.fields["other"]
        assert isinstance(other, forms.ModelChoiceField)
        other.queryset = (
            Position.objects.filter(partnership=position.partnership)
            .exclude(district=None)
            .exclude(district=position.district)
            .exclude(role=Role.BOARD)
            .select_related("district")
        )
