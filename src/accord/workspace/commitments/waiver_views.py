"""The register of waivers: what is set aside, and the benchmark given in return."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accord.workspace.actions.views import indicator_names
from accord.workspace.commitments.models import Waiver
from accord.workspace.commitments.waiver_forms import ChangeWaiver, NewWaiver
from accord.workspace.editing.changing import changing, versions_of
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.indicators.figures import figures_for
from accord.workspace.indicators.news import news_of
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, may_to
from accord.workspace.sealing.fields import require_open
from accord.workspace.trail.writing import record


@page(see="commitments.write", do="commitments.write")
def new_waiver(request: Asked) -> HttpResponse:
    """Register a waiver of one's own district."""
    actor = request.actor
    form = NewWaiver(
        request.POST or None, actor=actor, indicators=indicator_names(actor.partnership)
    )
    if form.is_bound and form.is_valid():
        made = form.make(Waiver, form.own)
        record("registered a waiver", made, by=actor.name, chain=actor.partnership.pk)
        return redirect("waiver", actor.partnership.pk, made.pk)
    back = f"{reverse('commitments', args=[actor.partnership.pk])}#waivers"
    lede = "Registered from the first thought of it on; the days fill as it comes along."
    return answer_form(
        request, form, FormPage("Register a waiver", "Register it", back, "Commitments", lede)
    )


@page(see="commitments.see")
def waiver(request: Asked, pk: int) -> HttpResponse:
    """One waiver, with the indicator that answers for it as it stands today."""
    found = find(request.actor, "commitments.see", Waiver, pk)
    figures = figures_for(request.actor)
    news = news_of(figures) if figures.shown and found.indicator else []
    writes = may_to(request.actor, "commitments.write", found)
    return render(
        request,
        "commitments/waiver.html",
        {
            "waiver": found,
            "standing": found.standing(timezone.localdate()),
            "news": next((item for item in news if item.indicator == found.indicator), None),
            "versions": versions_of(found, ChangeWaiver),
            "may_write": writes,
            "wider": wider_than(found) if writes else [],
        },
    )


@page(see="commitments.write", do="commitments.write")
def edit_waiver(request: Asked, pk: int) -> HttpResponse:
    """Change what is said of a waiver, or add what came since."""
    found = find(request.actor, "commitments.write", Waiver, pk)
    require_open(found)
    return changing(
        request,
        found,
        ChangeWaiver,
        _back_to(found, "Keep it"),
        by=request.actor.writer(),
        chain=found.partnership_id,
        indicators=indicator_names(found.partnership),
    )


@page(do="commitments.write")
def share_waiver(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a waiver."""
    found = find(request.actor, "commitments.write", Waiver, pk)
    return share(request, found, _back_to(found, "Share"))


def _back_to(waiver: Waiver, button: str) -> FormPage:
    back = reverse("waiver", args=[waiver.partnership_id, waiver.pk])
    return FormPage("A waiver", button, back, waiver.fund)
