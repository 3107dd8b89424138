"""The form of a note."""

from __future__ import annotations

from django import forms

from accord.workspace.permissions.circle import CircleForm


class NoteForm(CircleForm):
    """A text, who sees it, and whether it stays when its author leaves."""

    text = forms.CharField(
        label="Your note",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write something first."},
    )
    handed_over = forms.BooleanField(
        label="Leave it to whoever follows me",
        required=False,
        help_text="Otherwise it is sealed when you leave your district: nobody who comes later "
        "reads it.",
    )
