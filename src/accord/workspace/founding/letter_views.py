"""Exploration letters: listed, brought, agreed to by both superintendents, and ended."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accord.workspace.editing.changing import changing, versions_of
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.founding.forms import ChangeLetter, EndLetter, NewLetter
from accord.workspace.founding.kinds import Outcome
from accord.workspace.founding.models import Letter
from accord.workspace.founding.writing import (
    agree,
    end,
    own_district,
    require_open_to_change,
    standing,
)
from accord.workspace.library.file_views import as_download, kept_of
from accord.workspace.library.models import Upload
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.screening.forms import record_overlooked
from accord.workspace.trail.writing import record


@page(see="letters.see")
def letters(request: Asked) -> HttpResponse:
    """Every exploration letter that one may see, the newest first."""
    actor, today = request.actor, timezone.localdate()
    districts = list(actor.partnership.districts.all())
    seen = listing(actor, "letters.see", Letter).select_related("upload", "district")
    return render(
        request,
        "founding/letters.html",
        {
            "letters": [
                standing(one, districts, today) for one in seen.prefetch_related("agreements__by")
            ],
            "may_write": may(actor, "letters.write"),
        },
    )


@page(see="letters.write", do="letters.write")
def new_letter(request: Asked) -> HttpResponse:
    """Bring a letter."""
    actor = request.actor
    form = NewLetter(request.POST or None, request.FILES or None, actor=actor)
    if form.is_bound and form.is_valid() and (made := kept_of(request, form, _letter(form))):
        record("brought an exploration letter", made, by=actor.name, chain=actor.partnership.pk,
               file=made.upload.hash)  # fmt: skip
        return redirect("letter", actor.partnership.pk, made.pk)
    back = reverse("letters", args=[actor.partnership.pk])
    lede = (
        "It binds nobody to a charter: two superintendents agree to look and to talk, for a time."
    )
    words = FormPage("Bring an exploration letter", "Bring it", back, "Exploration letters", lede)
    return answer_form(request, form, words)


@page(see="letters.see")
def letter(request: Asked, pk: int) -> HttpResponse:
    """One letter, who has agreed, and what it led to."""
    actor = request.actor
    found = find(actor, "letters.see", Letter, pk)
    writes = may_to(actor, "letters.write", found)
    stands = standing(found, list(actor.partnership.districts.all()), timezone.localdate())
    heads = may_to(actor, "letters.agree", found)
    return render(
        request,
        "founding/letter.html",
        {
            "letter": found,
            "stands": stands,
            "versions": versions_of(found, ChangeLetter),
            "may_write": writes and not found.agreements.exists(),
            "agrees_for": own_district(actor) if heads and stands.is_open else None,
            "may_end": heads and not found.outcome,
            "wider": wider_than(found) if writes else [],
        },
    )


@page(see="letters.see")
def letter_file(request: Asked, pk: int) -> StreamingHttpResponse:
    """The letter itself."""
    return as_download(find(request.actor, "letters.see", Letter, pk).upload)


@page(see="letters.write", do="letters.write")
def edit_letter(request: Asked, pk: int) -> HttpResponse:
    """Change what is said of a letter, while nobody has agreed to it."""
    found = find(request.actor, "letters.write", Letter, pk)
    require_open_to_change(found)
    return changing(
        request, found, ChangeLetter, _back_to(found, "Change what is said", "Keep it"),
        by=request.actor.writer(), chain=found.partnership_id,
    )  # fmt: skip


@page(do="letters.write")
def share_letter(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a letter."""
    found = find(request.actor, "letters.write", Letter, pk)
    return share(request, found, _back_to(found, "Share the letter", "Share"))


@page(do="letters.agree")
def agree_letter(request: Asked, pk: int) -> HttpResponse:
    """Agree for one's own district."""
    found = find(request.actor, "letters.agree", Letter, pk)
    made = agree(found, by=request.actor, today=timezone.localdate())
    messages.success(request, f"Your agreement for {made.district} is entered.")
    return redirect("letter", found.partnership_id, found.pk)


@page(see="letters.agree", do="letters.agree")
def end_letter(request: Asked, pk: int) -> HttpResponse:
    """Say what a letter led to."""
    found = find(request.actor, "letters.agree", Letter, pk)
    form = EndLetter(request.POST or None)
    words = _back_to(found, "How the exploration ended", "Enter it")
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        end(
            found, Outcome(told["outcome"]), told["words"],
            by=request.actor, today=timezone.localdate(),
        )  # fmt: skip
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect(words.back)
    return answer_form(request, form, words)


def _back_to(letter: Letter, title: str, button: str) -> FormPage:
    back = reverse("letter", args=[letter.partnership_id, letter.pk])
    return FormPage(title, button, back, letter.title)


def _letter(form: NewLetter) -> Callable[[Upload], Letter]:
    """How the letter of a form is made of its file."""
    told = {name: form.cleaned_data[name] for name in ("title", "looks_into", "since", "until")}
    return lambda upload: form.make(Letter, told | {"upload": upload})
