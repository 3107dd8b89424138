"""Letting more people see a thing that is there: its words are looked through once more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect

from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.pages import Asked
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.screening.forms import LOOKS_LIKE_A_STUDENT, ScreenedForm
from accord.workspace.sealing.fields import texts_of
from accord.workspace.sealing.models import Sealed


class WidenForm(ScreenedForm):
    """Who else is to see a thing."""

    to = forms.ChoiceField(
        label="Let more people see it",
        help_text="What others have seen is not hidden from them again. The trail keeps who shared "
        "it, and when.",
    )

    def __init__(self, *args: Any, thing: Shared, most: Visibility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._thing = thing
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(one.value, one.label) for one in wider_than(thing, most)]

    def texts(self) -> Iterator[str]:
        """The words of the thing, and of what hangs on it."""
        if isinstance(self._thing, Sealed):
            for part in self._thing.parts():
                yield from texts_of(part).values()


def share(
    request: Asked, thing: Shared, page: FormPage, most: Visibility = Visibility.PARTNERS
) -> HttpResponse:
    """Do what the form of `permissions/share.html` asks, and lead back; or ask to look again.

    Whether the actor may is asked before (`rules.find`); a circle that isn't offered does nothing.
    """
    form = WidenForm(request.POST, thing=thing, most=most)
    if form.is_valid():
        chosen = Visibility(form.cleaned_data["to"])
        widen(thing, chosen, by=request.actor, overlooked=form.overlooked)
        messages.success(request, f"Seen now by {thing.seen_by_words}.")
    elif form.has_error(NON_FIELD_ERRORS, LOOKS_LIKE_A_STUDENT):
        return answer_form(request, form, page)
    return redirect(page.back)
