"""The forms of planning and of running a meeting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accord.workspace.actions.states import Horizon
from accord.workspace.meetings.states import Decision
from accord.workspace.people.models import District, Partnership, Position
from accord.workspace.people.roles import Role
from accord.workspace.screening.forms import ScreenedForm
from accord.workspace.shell.widgets import DayInput, TimeInput


class PlanForm(forms.Form):
    """When, where and for how long."""

    title = forms.CharField(label="What it is called", max_length=120)
    day = forms.DateField(label="Day", widget=DayInput)
    time = forms.TimeField(label="Begins at", widget=TimeInput, initial="09:00")
    minutes = forms.IntegerField(label="Length in minutes", min_value=15, max_value=480, initial=90)
    place = forms.CharField(label="Place, or link", max_length=160, required=False)
    host = forms.ModelChoiceField(
        District.objects.none(), label="Host", required=False, empty_label="No host"
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host = self.fields["host"]
        assert isinstance(host, forms.ModelChoiceField)
        host.queryset = partnership.districts.all()

    def starts_at(self) -> datetime:
        """The beginning, in the workspace's time zone."""
        naive = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        return timezone.make_aware(naive)


class NotesForm(ScreenedForm):
    """An item's notes, with the revision that its writer saw."""

    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(ScreenedForm):
    """Adjust, or stay the course, and why."""

    decision = forms.ChoiceField(
        label="Decision",
        choices=[(item.value, item.label) for item in (Decision.STAY, Decision.ADJUST)],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose: adjust, or stay the course."},
    )
    because = forms.CharField(label="Why", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ArisingForm(ScreenedForm):
    """An action that a decision calls for."""

    title = forms.CharField(
        label="What is to be done",
        max_length=200,
        error_messages={"required": "Say what is to be done."},
    )
    horizon = forms.ChoiceField(
        label="Horizon", choices=Horizon.choices, widget=forms.RadioSelect,
        initial=Horizon.IMMEDIATE,
    )  # fmt: skip
    due = forms.DateField(
        label="Due", widget=DayInput, error_messages={"required": "Give it a day."}
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].initial = timezone.localdate() + timedelta(days=42)
        self._districts = list(partnership.districts.all())
        for district in self._districts:
            self.fields[f"owner_{district.pk}"] = forms.ModelChoiceField(
                Position.objects.filter(district=district).exclude(role=Role.BOARD),
                label=f"Owner in {district.short}",
                empty_label="Choose a position",
                error_messages={"required": f"Name an owner in {district.short}."},
            )

    @property
    def owner_fields(self) -> list[forms.BoundField]:
        """The fields of the owners, a district each."""
        return [self[f"owner_{district.pk}"] for district in self._districts]

    def owners(self) -> list[Position]:
        """The positions that were chosen, in the charter's order."""
        return [self.cleaned_data[f"owner_{district.pk}"] for district in self._districts]
