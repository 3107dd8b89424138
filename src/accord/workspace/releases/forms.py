"""The form that brings a release."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accord.exchange.release import LARGEST_FILE


class BringForm(forms.Form):
    """A release file, as the station wrote it."""

    file = forms.FileField(
        label="Release file",
        help_text="The .accord file that your station wrote. It is verified before it is kept.",
        widget=forms.FileInput(attrs={"accept": ".accord"}),
    )

    def clean_file(self) -> Any:
        """Refuse by its size what can't be a release, before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                "This file is larger than any release. Choose the .accord file that your station "
                "wrote."
            )
        return file
