"""Links to the schools' own plans: a district's own people put them, and share them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accord.workspace.charter.names import strand_names
from accord.workspace.editing.changing import changing
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find
from accord.workspace.sealing.fields import require_open
from accord.workspace.strands.forms import ChangePlan, NewPlan
from accord.workspace.strands.models import SchoolPlan
from accord.workspace.trail.writing import record


@page(see="plans.write", do="plans.write")
def new_plan(request: Asked, strand: str) -> HttpResponse:
    """Say where a school's own plan takes up the strand."""
    actor = request.actor
    name = dict(strand_names(actor.partnership)).get(strand)
    if name is None:
        raise Http404
    form = NewPlan(request.POST or None, actor=actor)
    back = reverse("strand", args=[actor.partnership.pk, strand])
    if form.is_bound and form.is_valid():
        plan = form.make(SchoolPlan, form.own | {"strand": strand})
        record("linked a school's plan", plan, by=actor.name, chain=actor.partnership.pk)
        return redirect(f"{back}#plans")
    lede = "A school’s plan stays the school’s. Here is only where it takes up this strand."
    return answer_form(request, form, FormPage("A school’s own plan", "Link it", back, name, lede))


@page(see="plans.write", do="plans.write")
def edit_plan(request: Asked, pk: int) -> HttpResponse:
    """Change what is said of a school's plan."""
    found = find(request.actor, "plans.write", SchoolPlan, pk)
    require_open(found)
    return changing(
        request, found, ChangePlan, _back_to(found, "Keep it"),
        by=request.actor.writer(), chain=found.partnership_id,
    )  # fmt: skip


@page(do="plans.write")
def share_plan(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a school's plan."""
    found = find(request.actor, "plans.write", SchoolPlan, pk)
    return share(request, found, _back_to(found, "Share"))


def _back_to(plan: SchoolPlan, button: str) -> FormPage:
    back = f"{reverse('strand', args=[plan.partnership_id, plan.strand])}#plans"
    return FormPage("A school’s own plan", button, back, plan.school)
