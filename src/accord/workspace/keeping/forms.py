"""The forms of keys, holds and leaving."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.people.models import District

SHORTEST = 16


class KeyForm(forms.Form):
    """A passphrase for a new key, or a public key that the district made itself."""

    passphrase = forms.CharField(
        label="Passphrase",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=f"At least {SHORTEST} characters: five or six words. Everybody of your district "
        "who is to read its private texts needs it.",
    )
    again = forms.CharField(
        label="The passphrase once more",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    public = forms.CharField(
        label="Or: a public key that you made yourselves",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="X25519, as PEM. Then the private half never comes near the host, and people "
        "unlock with its file.",
    )

    def clean(self) -> dict[str, Any]:
        """One of the two ways; a passphrase that is long, and typed twice alike."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("public"):
            return told
        passphrase = told.get("passphrase") or ""
        if len(passphrase) < SHORTEST:
            self.add_error("passphrase", f"Choose at least {SHORTEST} characters.")
        elif passphrase != told.get("again"):
            self.add_error("again", "The two are not alike. Type it once more.")
        return told


class UnlockForm(forms.Form):
    """The passphrase, or the key file."""

    passphrase = forms.CharField(
        label="Your district’s passphrase",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    file = forms.FileField(
        label="Or the key file",
        required=False,
        help_text="The file from your district’s safe. It is used for this session, and not kept.",
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told: dict[str, Any] = super().clean() or {}
        if not told.get("passphrase") and not told.get("file"):
            raise forms.ValidationError("Type the passphrase, or choose the key file.")
        return told


class HoldForm(forms.Form):
    """Why nothing may be destroyed."""

    reason = forms.CharField(
        label="Why",
        max_length=200,
        help_text="Such as the number of a records request. People of both districts see it.",
    )


class LeaveForm(forms.Form):
    """The district's name, typed, so that nobody leaves by a slip."""

    name = forms.CharField(label="Type your district’s name to leave")

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._district = district
        self.fields["name"].help_text = f"As it stands here: {district.name}"

    def clean_name(self) -> str:
        """As it stands on the page."""
        name: str = self.cleaned_data["name"]
        if name.strip() != self._district.name:
            raise forms.ValidationError("This is not the name of your district.")
        return name
