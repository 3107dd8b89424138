"""The warning on a form: sent once more with a tick, it passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import models

from accord.base.words import list_words
from accord.workspace.screening.files import text_of_file
from accord.workspace.screening.signs import Sign, signs_in
from accord.workspace.trail.writing import record

LOOKS_LIKE_A_STUDENT = "looks-like-a-student"
"""The code of the warning among a form's mistakes."""


class ScreenedForm(forms.Form):
    """A form whose texts are looked through before others see them: whatever somebody types, and
    the words of a file.

    What was ticked in spite of a warning is in `overlooked`; the tick is no part of what is told.
    """

    looked = forms.BooleanField(
        label="I have looked again: nobody could recognize a student in this",
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overlooked: tuple[str, ...] = ()
        self.order_fields([*(name for name in self.fields if name != "looked"), "looked"])

    def texts(self) -> Iterator[str]:
        """The texts that others will see."""
        for name, field in self.fields.items():
            told = self.cleaned_data.get(name)
            if isinstance(told, TemporaryUploadedFile):
                yield text_of_file(Path(told.temporary_file_path()))
            elif isinstance(field, forms.CharField):
                yield str(told or "")

    def is_shared(self) -> bool:
        """Whether anybody but the author will see them."""
        return True

    def clean(self) -> dict[str, Any]:
        """Warn once; a tick is an answer."""
        cleaned: dict[str, Any] = super().clean() or {}
        looked = cleaned.pop("looked", False)
        signs = signs_in("\n".join(self.texts())) if self.is_shared() else ()
        if signs and not looked:
            self.fields["looked"].widget = forms.CheckboxInput()
            again = " Choose the file again, too." if self.is_multipart() else ""
            raise forms.ValidationError(warning(signs) + again, code=LOOKS_LIKE_A_STUDENT)
        self.overlooked = tuple(sign.id for sign in signs)
        return cleaned


def record_overlooked(form: ScreenedForm, thing: models.Model, *, by: str, chain: str) -> None:
    """Enter in the trail that somebody looked again at a warning, and kept the words."""
    if form.overlooked:
        record("looked again", thing, by=by, chain=chain, overlooked=list(form.overlooked))


def warning(signs: tuple[Sign, ...]) -> str:
    """What was seen, and what to do."""
    return (
        f"This looks as if it were about a student: it holds "
        f"{list_words([sign.says for sign in signs])}. Others would see it. Take it out; or, if it "
        "is about nobody who could be recognized, tick the box below and send it again."
    )
