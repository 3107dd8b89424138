"""Changing a thing on a page: two who do it at once are both kept and shown side by side.

A form over an `Edited` thing derives from `EditedForm`; its fields are named as the thing's. One
call to `changing` is then the whole page, and `versions_of` is what the thing's own page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.models import Edited, OtherVersion
from accord.workspace.editing.saving import save_edit, settle, waiting
from accord.workspace.people.models import Person
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.screening.forms import ScreenedForm, record_overlooked

BOTH_KEPT = "Somebody else changed this at the same time. Both are kept, side by side."


class EditedForm(ScreenedForm):
    """A form over a thing that several people change: it sends back the revision that was seen.

    `shared` says whether anybody but its author sees the thing.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, shared: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shared = shared

    def is_shared(self) -> bool:
        """Whether anybody but its author sees what is changed."""
        return self._shared


@dataclass(frozen=True)
class Side:
    """One field in both versions, as words."""

    label: str
    standing: str
    other: str


@dataclass(frozen=True)
class Version:
    """What somebody wrote at the same time, beside what stands: the fields that differ."""

    other: OtherVersion
    sides: tuple[Side, ...]


def changing(
    request: HttpRequest,
    thing: Edited,
    form: type[EditedForm],
    page: FormPage,
    *,
    by: Person,
    chain: str,
    **asked: Any,
) -> HttpResponse:
    """The page that changes `thing`; `asked` goes to the form. `?settle=` makes one of two.

    What can't be written over somebody else's change waits as the other version.
    """
    initial = {name: getattr(thing, name, None) for name in form.base_fields}
    shared = not isinstance(thing, Shared) or thing.visibility != Visibility.AUTHOR
    filled = form(
        request.POST or None, initial=initial | {"seen": thing.revision}, shared=shared, **asked
    )
    other = waiting(thing).filter(pk=_number(request.GET.get("settle"))).first()
    if filled.is_bound and filled.is_valid():
        told = dict(filled.cleaned_data)
        seen = told.pop("seen") or 0
        if other is not None:
            settle(thing, other, told, by=by, chain=chain)
        elif save_edit(thing, told, seen=seen, by=by, chain=chain):
            messages.warning(request, BOTH_KEPT)
        record_overlooked(filled, thing, by=by.email, chain=chain)
        return redirect(page.back)
    version = _version(thing, other, form) if other else None
    return answer_form(request, filled, page, version=version)


def versions_of(thing: Edited, form: type[EditedForm]) -> list[Version]:
    """Every other version of a thing that waits to be settled, in the words of its form."""
    return [_version(thing, other, form) for other in waiting(thing)]


def _version(thing: Edited, other: OtherVersion, form: type[EditedForm]) -> Version:
    sides = (
        Side(
            str(form.base_fields[name].label or name),
            _words(form.base_fields[name], str(getattr(thing, name) or "")),
            _words(form.base_fields[name], text),
        )
        for name, text in other.said
        if name in form.base_fields
    )
    return Version(other, tuple(side for side in sides if side.standing != side.other))


def _words(field: forms.Field, value: str) -> str:
    """A choice as it is called; anything else as it stands."""
    choices: Any = field.choices if type(field) is forms.ChoiceField else ()
    return next((str(name) for key, name in choices if str(key) == value), value)


def _number(text: str | None) -> int:
    """A row's number as an address gives it; 0, which no row has, for anything else."""
    return int(text) if text and text.isdigit() else 0
