"""The forms of inviting and of accepting an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from accord.workspace.people.models import Person


class InviteForm(forms.Form):
    """Whom to invite into a position, and until when."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address")
    until = forms.DateField(
        label="Access ends on (optional)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The last day of access. Leave it empty for as long as they hold the position.",
    )

    def clean_until(self) -> Any:
        """The last day lies ahead."""
        until = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError("This day has passed. Choose a later one.")
        return until


class PasswordForm(forms.Form):
    """A first password."""

    password = forms.CharField(
        label="Choose a password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters; three or four words are good. "
        "Next you set up a second factor.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_password(self) -> str:
        """A password that isn't common, short or like the name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._person)
        return password
