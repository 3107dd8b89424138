"""Shared technology, professional development and people, with what they cost and who pays."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accord.workspace.commitments.doing import split_cost
from accord.workspace.commitments.forms import ChangeResource, NewResource, SplitForm
from accord.workspace.commitments.models import Resource
from accord.workspace.editing.changing import changing, versions_of
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, may_to
from accord.workspace.trail.writing import record


@page(see="commitments.write", do="commitments.write")
def new_resource(request: Asked) -> HttpResponse:
    """Share something that one's own district has."""
    actor = request.actor
    form = NewResource(request.POST or None, actor=actor)
    if form.is_bound and form.is_valid():
        made = form.make(Resource, form.own)
        record("shared a resource", made, by=actor.name, chain=actor.partnership.pk)
        return redirect("resource", actor.partnership.pk, made.pk)
    back = reverse("commitments", args=[actor.partnership.pk])
    return answer_form(request, form, FormPage("Share something", "Share it", back, "Commitments"))


@page(see="commitments.see")
def resource(request: Asked, pk: int) -> HttpResponse:
    """One shared resource."""
    found = find(request.actor, "commitments.see", Resource, pk)
    writes = may_to(request.actor, "commitments.write", found)
    return render(
        request,
        "commitments/resource.html",
        {
            "resource": found,
            "shares": found.shares.select_related("district"),
            "versions": versions_of(found, ChangeResource),
            "may_write": writes,
            "wider": wider_than(found) if writes else [],
        },
    )


@page(see="commitments.write", do="commitments.write")
def edit_resource(request: Asked, pk: int) -> HttpResponse:
    """Change what is said of a shared resource."""
    found = find(request.actor, "commitments.write", Resource, pk)
    return changing(
        request, found, ChangeResource, _back_to(found, "Change it"),
        by=request.actor.writer(), chain=found.partnership_id,
    )  # fmt: skip


@page(do="commitments.write")
def share_resource(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a shared resource."""
    found = find(request.actor, "commitments.write", Resource, pk)
    return share(request, found, _back_to(found, "Share with more people", "Share"))


@page(see="commitments.write", do="commitments.write")
def share_cost(request: Asked, pk: int) -> HttpResponse:
    """Say what each district pays."""
    found = find(request.actor, "commitments.write", Resource, pk)
    paid = {f"pays_{one.district_id}": one.amount for one in found.shares.all()}
    form = SplitForm(request.POST or None, partnership=found.partnership, initial=paid)
    words = _back_to(found, "Who pays what")
    if form.is_bound and form.is_valid():
        split_cost(found, form.amounts(), by=request.actor.writer())
        return redirect(words.back)
    return answer_form(request, form, words)


def _back_to(resource: Resource, title: str, button: str = "Keep it") -> FormPage:
    back = reverse("resource", args=[resource.partnership_id, resource.pk])
    return FormPage(title, button, back, resource.what)
