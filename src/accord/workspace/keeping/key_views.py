"""The district's key: made, unlocked, locked, and changed."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accord.base.errors import AccordError, StateError
from accord.base.words import count_words
from accord.workspace.keeping.closing import close, is_closed
from accord.workspace.keeping.forms import KeyForm, UnlockForm
from accord.workspace.keeping.key_forms import AnewForm, AnotherKeyForm, PassphraseForm
from accord.workspace.keeping.own_district import required_district
from accord.workspace.people.models import District
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.sealing.district_keys import LockedKey, key_of, lost, settle
from accord.workspace.sealing.envelope import private_pem, read_private
from accord.workspace.sealing.opening import (
    bring_key,
    brought,
    forget,
    keep_unlocked,
    make_key,
    new_pair,
    unlocked_by_file,
    unlocked_by_passphrase,
)
from accord.workspace.sealing.rekeying import (
    Shown,
    Wrapped,
    begin_anew,
    bring_another,
    change_key,
    change_passphrase,
    find_again,
)
from accord.workspace.sealing.ring import holding

_LARGEST_KEY = 10_000
_FOUND = "The former key is found, and {} under it opened. Unlock the key of today to read."


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
        settle(own)  # what a kill left of a former key is no lost one
        shown = _shown(form, "passphrase", key, *lost(own.pk))
        if shown is not None and shown.key == key:
            if not is_closed(own):
                with holding({own.pk: shown.private}):
                    close(own)
            response = redirect("home", request.actor.partnership.pk)
            keep_unlocked(request, response, own.pk, shown.private)
            return response
        if shown is not None:
            done = find_again(own, shown, by=request.actor.writer())
            messages.success(request, _FOUND.format(count_words(done.count, "text", "texts")))
            return redirect("unlock", request.actor.partnership.pk)
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
        shown = _shown(form, "present", key)
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
        shown = _shown(form, "present", key)
        if shown is not None:
            told, by = form.cleaned_data, request.actor.writer()
            if told["public"]:
                private, done = "", bring_another(own, shown, told["public"], by=by)
            else:
                private, done = change_key(own, shown, told["passphrase"], by=by)
            return _made(request, own, private, done)
    return _answer(request, "keeping/another_key.html", form, own)


@page(see="keeping.key", do="keeping.key")
def begin_key_anew(request: Asked) -> HttpResponse:
    """Another key for a district that has lost the former, its passphrase and its file."""
    own, former = _with_key(request)
    form = AnewForm(request.POST or None, district=own)
    if request.method == "POST" and form.is_valid():
        told, private = form.cleaned_data, ""
        if told["public"]:
            key = brought(told["public"])
        else:
            pair, key = new_pair(told["passphrase"])
            private = private_pem(pair)
        begin_anew(own, former, key, by=request.actor.writer())
        return _made(request, own, private, began_anew=True)
    return _answer(request, "keeping/begin_anew.html", form, own)


def _made(
    request: Asked,
    own: District,
    private: str,
    done: Wrapped | None = None,
    *,
    began_anew: bool = False,
) -> HttpResponse:
    """The key itself, shown this once and unlocked; one that was brought waits for its file."""
    shown = {"own": own, "private": private, "done": done, "began_anew": began_anew}
    response = render(request, "keeping/key_made.html", shown)
    if private:
        keep_unlocked(request, response, own.pk, read_private(private.encode()))
    else:
        forget(request, response)
    return response


def _shown(form: forms.Form, field: str, *keys: LockedKey) -> Shown | None:
    """The first of some keys that a form unlocks; nothing where it unlocks none, which it says."""
    file = form.cleaned_data["file"]
    pem, failed = file.read(_LARGEST_KEY) if file else b"", list[AccordError]()
    for key in keys:
        try:
            private = (
                unlocked_by_file(key, pem)
                if file
                else unlocked_by_passphrase(key, form.cleaned_data[field])
            )
        except AccordError as error:
            failed.append(error)
        else:
            return Shown(key, private)
    for problem in failed[0].problems:
        form.add_error(None, f"{problem.what} {problem.remedy}")
    return None


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
