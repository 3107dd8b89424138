"""The warning on a form: sent once more with a tick, it passes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms

from accord.base.words import list_words
from accord.workspace.screening.signs import Sign, signs_in


class ScreenedForm(forms.Form):
    """A form whose texts are looked through before others see them.

    `SCREENED` names its fields. What was ticked in spite of a warning is in `overlooked`.
    """

    SCREENED: ClassVar[tuple[str, ...]] = ()

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
        for name in self.SCREENED:
            yield str(self.cleaned_data.get(name) or "")

    def is_shared(self) -> bool:
        """Whether anybody but the author will see them."""
        return True

    def clean(self) -> dict[str, Any]:
        """Warn once; a tick is an answer."""
        cleaned: dict[str, Any] = super().clean() or {}
        signs = signs_in("\n".join(self.texts())) if self.is_shared() else ()
        if signs and not cleaned.get("looked"):
            self.fields["looked"].widget = forms.CheckboxInput()
            raise forms.ValidationError(warning(signs), code="looks-like-a-student")
        self.overlooked = tuple(sign.id for sign in signs)
        return cleaned


def warning(signs: tuple[Sign, ...]) -> str:
    """What was seen, and what to do."""
    return (
        f"This looks as if it were about a student: it holds "
        f"{list_words([sign.says for sign in signs])}. Others would see it. Take it out; or, if it "
        "is about nobody who could be recognized, tick the box below and send it again."
    )
