"""The tree of causes: asking why, wording a cause better, taking one out and putting it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accord.workspace.editing.changing import changing
from accord.workspace.editing.form_page import answer_form
from accord.workspace.inquiry.doing import explain, put_back, take_out
from accord.workspace.inquiry.forms import CauseForm
from accord.workspace.inquiry.models import Cause, Inquiry
from accord.workspace.inquiry.states import Sure
from accord.workspace.inquiry.views import back_to
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find


@page(see="inquiries.write", do="inquiries.write")
def new_cause(request: Asked, pk: int) -> HttpResponse:
    """Answer “why?” of the question, or of the cause that `?under=` names."""
    found = find(request.actor, "inquiries.write", Inquiry, pk)
    wanted = request.GET.get("under", "")
    under = _cause(found, int(wanted)) if wanted.isdigit() else None
    form = CauseForm(request.POST or None, inquiry=found)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        explain(
            found,
            told["statement"],
            by=request.actor.writer(),
            under=under,
            sure=Sure(told["sure"]),
            exhibit=told["exhibit"],
            source=told["source"],
        )
        return _tree(found)
    why = f"“{under}” Why is that?" if under else f"“{found}” Why might it be so?"
    return answer_form(request, form, back_to(found, "Why?", "Put it down", why))


@page(see="inquiries.write", do="inquiries.write")
def edit_cause(request: Asked, pk: int, part: int) -> HttpResponse:
    """Word a cause better, or say how sure we are by now."""
    found = find(request.actor, "inquiries.write", Inquiry, pk)
    words = back_to(found, "A cause", "Keep it")
    return changing(
        request, _cause(found, part), CauseForm, words,
        by=request.actor.writer(), chain=found.partnership_id, inquiry=found,
    )  # fmt: skip


@page(do="inquiries.write")
def drop_cause(request: Asked, pk: int, part: int) -> HttpResponse:
    """Take a cause out of the tree, or put it back."""
    found = find(request.actor, "inquiries.write", Inquiry, pk)
    cause = _cause(found, part)
    if cause.removed_at is None:
        take_out(cause, by=request.actor.writer())
        messages.success(request, "Taken out. It can be put back below the tree.")
    else:
        put_back(cause, by=request.actor.writer())
    return _tree(found)


def _cause(inquiry: Inquiry, part: int) -> Cause:
    cause = inquiry.causes.filter(pk=part).first()
    if cause is None:
        raise Http404
    return cause


def _tree(inquiry: Inquiry) -> HttpResponse:
    back = back_to(inquiry, "", "").back
    return redirect(f"{back}#causes")
