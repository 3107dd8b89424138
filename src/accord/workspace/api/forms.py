"""The form of a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accord.workspace.shell.widgets import DayInput

LONGEST = timedelta(days=366)


class TokenForm(forms.Form):
    """What it is for, what it may do, and until when."""

    name = forms.CharField(
        label="What it is for", max_length=80, help_text="Such as “weekly export of actions”."
    )
    may_write = forms.BooleanField(
        label="It may also write: actions, notes, releases", required=False
    )
    until = forms.DateField(label="It ends on", widget=DayInput)

    def clean_until(self) -> Any:
        """A day ahead, within a year."""
        until, today = self.cleaned_data["until"], timezone.localdate()
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError("Choose a day from today to a year ahead.")
        return until
