"""The district's key: made, unlocked, locked, and changed."""

from __future__ import annotations

from functools import partial

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accord.base.errors import AccordError, StateError
from accord.workspace.keeping.closing import close
from accord.workspace.keeping.forms import KeyForm, UnlockForm
from accord.workspace.keeping.key_forms import AnotherKeyForm, PassphraseForm
from accord.workspace.keeping.own_district import required_district
from accord.workspace.people.models import District
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.sealing.district_keys import LockedKey, key_of
from accord.workspace.sealing.envelope import read_private
from accord.workspace.sealing.opening import (
    bring_key,
    forget,
    keep_unlocked,
    make_key,
    unlocked_by_file,
    unlocked_by_passphrase,
)
from accord.workspace.sealing.rekeying import (
    Shown,
    Wrapped,
    bring_another,
    change_key,
    change_passphrase,
)
from accord.workspace.sealing.ring import holding

_LARGEST_KEY = 10_000


@page(see="keeping.key", do="keeping.key")
def new_key(request: Asked) -> HttpResponse:
    """Make the district's key, or bring one; what was written before is sealed with it."""
    own = required_district(request)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, by = form.cleaned_data, request.actor.writer()
        if told["public"]:
            bring_key(own, told["public"], by=by)
            private = ""
        else:
            private = make_key(own, told["passphrase"], by=by)
        # Before, a text's key would be wrapped for a key that nobody has if this is undone.
        transaction.on_commit(partial(close, own))
        return _made(request, own, private)
    return _answer(request, "keeping/new_key.html", form, own)


@page(see="keeping.unlock", do="keeping.unlock")
def unlock_key(request: Asked) -> HttpResponse:
    """Unlock the district's key for this session."""
    own = required_district(request)
    key = key_of(own.pk)
    if key is None:
        return redirect("keeping", request.actor.partnership.pk)
    form = UnlockForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        shown = _shown(form, key, "passphrase")
        if shown is not None:
            with holding({own.pk: shown.private}):
                close(own)
            response = redirect("home", request.actor.partnership.pk)
            keep_unlocked(request, response, own.pk, shown.private)
            return response
    return _answer(request, "keeping/unlock.html", form, own)


@page(do="keeping.unlock")
def lock_key(request: Asked) -> HttpResponse:
    """Lock it again."""
    response = redirect("keeping", request.actor.partnership.pk)
    forget(request, response)
    return response


@page(see="keeping.key", do="keeping.key")
def new_passphrase(request: Asked) -> HttpResponse:
    """Another passphrase for the district's key."""
    own, key = _with_key(request)
    form = PassphraseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        shown = _shown(form, key, "present")
        if shown is not None:
            by = request.actor.writer()
            change_passphrase(own, shown, form.cleaned_data["passphrase"], by=by)
            response = render(request, "keeping/passphrase_changed.html", {"own": own})
            keep_unlocked(request, response, own.pk, shown.private)
            return response
    return _answer(request, "keeping/new_passphrase.html", form, own)


@page(see="keeping.key", do="keeping.key")
def another_key(request: Asked) -> HttpResponse:
    """Another key for the district; every text that the former opened is wrapped for it."""
    own, key = _with_key(request)
    form = AnotherKeyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        shown = _shown(form, key, "present")
        if shown is not None:
            told, by = form.cleaned_data, request.actor.writer()
            if told["public"]:
                private, done = "", bring_another(own, shown, told["public"], by=by)
            else:
                private, done = change_key(own, shown, told["passphrase"], by=by)
            return _made(request, own, private, done)
    return _answer(request, "keeping/another_key.html", form, own)


def _made(request: Asked, own: District, private: str, done: Wrapped | None = None) -> HttpResponse:
    """The key itself, shown this once and unlocked; one that was brought waits for its file."""
    shown = {"own": own, "private": private, "done": done}
    response = render(request, "keeping/key_made.html", shown)
    if private:
        keep_unlocked(request, response, own.pk, read_private(private.encode()))
    else:
        forget(request, response)
    return response


def _shown(form: forms.Form, key: LockedKey, field: str) -> Shown | None:
    """The key as a form unlocks it; nothing where it doesn't, which the form says."""
    file = form.cleaned_data["file"]
    try:
        private = (
            unlocked_by_file(key, file.read(_LARGEST_KEY))
            if file
            else unlocked_by_passphrase(key, form.cleaned_data[field])
        )
    except AccordError as error:
        for problem in error.problems:
            form.add_error(None, f"{problem.what} {problem.remedy}")
        return None
    return Shown(key, private)


def _with_key(request: Asked) -> tuple[District, LockedKey]:
    own = required_district(request)
    key = key_of(own.pk)
    if key is None:
        raise StateError.because(
            f"{own.name} has no key yet.", "Make it first, on the page “What we keep”."
        )
    return own, key


def _answer(request: Asked, template: str, form: forms.Form, own: District) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "own": own}, status=status)
