"""Inquiries: all of them as a list or as chains, a new one, one of them, and what was learned."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accord.workspace.actions.views import indicator_names
from accord.workspace.charter.names import strand_names
from accord.workspace.editing.changing import BOTH_KEPT, changing
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.indicators.figures import figures_for
from accord.workspace.inquiry.chains import chains_of
from accord.workspace.inquiry.doing import learn, show
from accord.workspace.inquiry.forms import (
    ChangeQuestionForm,
    ExhibitForm,
    LearnedForm,
    QuestionForm,
)
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.inquiry.page import shown_of
from accord.workspace.inquiry.states import Stage
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may
from accord.workspace.screening.forms import record_overlooked
from accord.workspace.trail.writing import record


@page(see="inquiries.see")
def inquiries(request: Asked) -> HttpResponse:
    """All inquiries, as a list by how far they are, or as chains."""
    strands = strand_names(request.actor.partnership)
    names = dict(strands)
    seen = list(_chosen(request))
    for one in seen:
        one.strand_name = names.get(one.strand, "across strands")  # type: ignore[attr-defined]
    chains = chains_of(seen)
    return render(
        request,
        "inquiry/inquiries.html",
        {
            "shape": "chains" if request.GET.get("as") == "chains" else "list",
            "open": [one for one in seen if one.stage is not Stage.LEARNED],
            "learned": sorted(
                (one for one in seen if one.learned_at),
                key=lambda one: one.learned_at or one.made_at,
                reverse=True,
            ),
            "count": len(seen),
            "chains": [chain for chain in chains if chain.opened],
            "alone": [chain.inquiry for chain in chains if not chain.opened],
            "strands": strands,
            "asked": request.GET,
            "may_write": may(request.actor, "inquiries.write"),
        },
    )


def _chosen(request: Asked) -> QuerySet[Inquiry]:
    seen = listing(request.actor, "inquiries.see", Inquiry)
    if request.GET.get("strand"):
        seen = seen.filter(strand=request.GET["strand"])
    return seen.select_related("author", "district").prefetch_related(
        "exhibits", "causes", "trials"
    )


@page(see="inquiries.write", do="inquiries.write")
def new_inquiry(request: Asked) -> HttpResponse:
    """Ask a question; `?from=` is the inquiry whose answer opened it."""
    actor, wanted = request.actor, request.GET.get("from", "")
    came_from = find(actor, "inquiries.see", Inquiry, int(wanted)) if wanted.isdigit() else None
    initial = {"strand": came_from.strand} if came_from else {}
    form = QuestionForm(
        request.POST or None,
        actor=actor,
        strands=strand_names(actor.partnership),
        initial=initial,
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        texts = {name: told[name] for name in ("question", "reason", "strand")}
        made = form.make(Inquiry, texts | {"came_from": came_from})
        record("asked", made, by=actor.name, chain=actor.partnership.pk, visibility=made.visibility)
        return redirect("inquiry", actor.partnership.pk, made.pk)
    opening = f"It comes from what was learned of “{came_from}”." if came_from else ""
    words = FormPage(
        "Ask the deeper question" if came_from else "Begin an inquiry",
        "Begin",
        reverse("inquiry", args=[actor.partnership.pk, came_from.pk])
        if came_from
        else reverse("inquiries", args=[actor.partnership.pk]),
        came_from.question if came_from else "Inquiry",
        opening,
    )
    return answer_form(request, form, words)


@page(see="inquiries.see")
def inquiry(request: Asked, pk: int) -> HttpResponse:
    """One inquiry, from its question to what it opened."""
    found = find(request.actor, "inquiries.see", Inquiry, pk)
    return render(request, "inquiry/inquiry.html", shown_of(request.actor, found))


@page(see="inquiries.write", do="inquiries.write")
def edit_inquiry(request: Asked, pk: int) -> HttpResponse:
    """Word the question better."""
    found = find(request.actor, "inquiries.write", Inquiry, pk)
    words = back_to(found, "Word the question better", "Keep it")
    return changing(
        request, found, ChangeQuestionForm, words,
        by=request.actor.writer(), chain=found.partnership_id,
    )  # fmt: skip


@page(do="inquiries.share")
def share_inquiry(request: Asked, pk: int) -> HttpResponse:
    """Let more people see an inquiry."""
    found = find(request.actor, "inquiries.share", Inquiry, pk)
    return share(request, found, back_to(found, "Share the inquiry", "Share"))


@page(see="inquiries.write", do="inquiries.write")
def show_evidence(request: Asked, pk: int) -> HttpResponse:
    """Freeze a view of the releases as evidence."""
    found = find(request.actor, "inquiries.write", Inquiry, pk)
    figures = figures_for(request.actor)
    groups = [(one.id, one.name) for one in figures.view.groups.values()] if figures.shown else []
    form = ExhibitForm(
        request.POST or None,
        indicators=indicator_names(found.partnership),
        groups=groups,
        initial={"indicator": request.GET.get("indicator"), "group": request.GET.get("group")},
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        show(found, told["indicator"], group=told["group"], words=told["words"],
             by=request.actor.writer())  # fmt: skip
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect("inquiry", found.partnership_id, found.pk)
    words = back_to(
        found, "Freeze evidence", "Freeze it",
        "What the partners’ releases say today is kept as it stands: numbers, chart and release.",
    )  # fmt: skip
    return answer_form(request, form, words)


@page(see="inquiries.write", do="inquiries.write")
def learned(request: Asked, pk: int) -> HttpResponse:
    """Say what was learned; with `?settle=`, make one of two versions of it."""
    found, by = find(request.actor, "inquiries.write", Inquiry, pk), request.actor.writer()
    words = back_to(found, "What we learned", "Keep it")
    if request.method == "POST" and "settle" not in request.GET:
        form = LearnedForm(request.POST)
        if not form.is_valid():
            return answer_form(request, form, words)
        told = form.cleaned_data
        if learn(found, told["learned"], seen=told["seen"] or 0, by=by):
            messages.warning(request, BOTH_KEPT)
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect(words.back)
    return changing(request, found, LearnedForm, words, by=by, chain=found.partnership_id)


def back_to(inquiry: Inquiry, title: str, button: str, lede: str = "") -> FormPage:
    """The words of a form that belongs to an inquiry."""
    back = reverse("inquiry", args=[inquiry.partnership_id, inquiry.pk])
    return FormPage(title, button, back, inquiry.question, lede)
