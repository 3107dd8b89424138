"""The library's first page, and practices: described, shared, adopted, adapted or declined."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accord.base.errors import RefusedError
from accord.workspace.charter.names import strand_names
from accord.workspace.editing.changing import changing, versions_of
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.doing import stances_now, take_stance
from accord.workspace.library.forms import ChangePractice, NewPractice, StanceForm
from accord.workspace.library.kinds import Choice
from accord.workspace.library.models import Document, Practice, Stance
from accord.workspace.people.models import District
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.screening.forms import record_overlooked
from accord.workspace.strands.models import Work
from accord.workspace.strands.modes import Mode
from accord.workspace.trail.writing import record


@page(see="library.see")
def library(request: Asked) -> HttpResponse:
    """Practices with where each district stands, tools made together, and documents."""
    actor = request.actor
    practices = listing(actor, "library.see", Practice).prefetch_related("stances")
    districts = list(actor.partnership.districts.all())
    names = dict(strand_names(actor.partnership))
    tools = listing(actor, "work.see", Work).filter(mode=Mode.DEVELOPMENT)
    documents = listing(actor, "library.see", Document).select_related("upload", "district")
    rows = []
    for practice in practices:
        now = stances_now(practice)
        stances = [(district, now.get(district.pk)) for district in districts]
        rows.append((practice, names.get(practice.strand, "across strands"), stances))
    return render(
        request,
        "library/library.html",
        {
            "practices": rows,
            "shared": sum(_all_use(stances) for _, _, stances in rows),
            "tools": tools.prefetch_related("product_versions__kept_file__upload"),
            "documents": documents,
            "may_write": may(actor, "library.write"),
        },
    )


@page(see="library.write", do="library.write")
def new_practice(request: Asked) -> HttpResponse:
    """Describe a practice."""
    actor = request.actor
    form = NewPractice(
        request.POST or None, actor=actor, seer=actor, strands=strand_names(actor.partnership)
    )
    if form.is_bound and form.is_valid():
        made = form.make(Practice, form.own)
        record("described a practice", made, by=actor.name, chain=actor.partnership.pk)
        return redirect("practice", actor.partnership.pk, made.pk)
    back = reverse("library", args=[actor.partnership.pk])
    return answer_form(request, form, FormPage("Describe a practice", "Keep it", back, "Library"))


@page(see="library.see")
def practice(request: Asked, pk: int) -> HttpResponse:
    """One practice, and where each district stands to it."""
    found = find(request.actor, "library.see", Practice, pk)
    now, districts = stances_now(found), found.partnership.districts.all()
    shares = may_to(request.actor, "library.share", found)
    return render(
        request,
        "library/practice.html",
        {
            "practice": found,
            "strand_name": dict(strand_names(found.partnership)).get(
                found.strand, "across strands"
            ),
            "stances": [(district, now.get(district.pk)) for district in districts],
            "earlier": [one for one in found.stances.all() if one not in now.values()],
            "inquiry": listing(request.actor, "inquiries.see", Inquiry)
            .filter(practice=found)
            .first(),
            "versions": versions_of(found, ChangePractice),
            "may_write": may_to(request.actor, "library.write", found),
            "may_take": may_to(request.actor, "library.stand", found) and request.actor.district,
            "wider": wider_than(found) if shares else [],
        },
    )


@page(see="library.write", do="library.write")
def edit_practice(request: Asked, pk: int) -> HttpResponse:
    """Change what is said of a practice."""
    found = find(request.actor, "library.write", Practice, pk)
    return changing(
        request,
        found,
        ChangePractice,
        _back_to(found, "Change it"),
        by=request.actor.writer(),
        chain=found.partnership_id,
        strands=strand_names(found.partnership),
        seer=request.actor,
    )


@page(do="library.share")
def share_practice(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a practice."""
    found = find(request.actor, "library.share", Practice, pk)
    return share(request, found, _back_to(found, "Share the practice", "Share"))


@page(see="library.stand", do="library.stand")
def stand(request: Asked, pk: int) -> HttpResponse:
    """Say what one's own district made of a practice."""
    found = find(request.actor, "library.stand", Practice, pk)
    districts = found.partnership.districts.all()
    district = next((one for one in districts if one.pk == request.actor.district), None)
    if district is None:
        raise RefusedError.because(
            "You are of no district.", "A district’s own people say where it stands."
        )
    form = StanceForm(request.POST or None)
    words = _back_to(found, f"Where {district.short} stands")
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        take_stance(found, district, Choice(told["choice"]), told["why"], by=request.actor.writer())
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect(words.back)
    return answer_form(request, form, words)


def _all_use(stances: list[tuple[District, Stance | None]]) -> bool:
    used = (Choice.ADOPTED, Choice.ADAPTED)
    return all(one is not None and one.choice in used for _, one in stances)


def _back_to(practice: Practice, title: str, button: str = "Keep it") -> FormPage:
    back = reverse("practice", args=[practice.partnership_id, practice.pk])
    return FormPage(title, button, back, practice.title)
