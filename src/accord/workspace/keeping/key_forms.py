"""The forms that change a district's key or its passphrase, or begin anew without the key."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.keeping.forms import KeyForm, LeaveForm


class AnotherPassphrase(KeyForm):
    """A passphrase, called the new one beside the one that there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passphrase"].label = "The new passphrase"
        self.fields["again"].label = "The new passphrase once more"


class ShownKey(AnotherPassphrase):
    """The passphrase as it is now, or the key file: asked again although the key is unlocked.

    Whoever finds an open browser must not be able to lock a district out of its own texts.
    """

    present = forms.CharField(
        label="The passphrase as it is now",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    file = forms.FileField(
        label="Or the key file as it is now",
        required=False,
        help_text="From your district’s safe: if the passphrase was forgotten, or there is none.",
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told: dict[str, Any] = super().clean() or {}
        if not told.get("present") and not told.get("file"):
            self.add_error("present", "Type the passphrase, or choose the key file.")
        return told


class PassphraseForm(ShownKey):
    """Another passphrase for the same key."""

    field_order = ("present", "file", "passphrase", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["public"]


class AnotherKeyForm(ShownKey):
    """Another key, under a passphrase or brought."""

    field_order = ("present", "file", "passphrase", "again", "public")


class AnewForm(LeaveForm, AnotherPassphrase):
    """Another key without the former one, which is lost; the district's name, against a slip."""

    name = forms.CharField(label="Type your district’s name to begin anew")
    field_order = ("passphrase", "again", "public", "name")
