"""Commitments on their pages: promised against given, one commitment, and what was given of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accord.workspace.charter.names import strand_names
from accord.workspace.commitments.balance import lines_of, totals_of
from accord.workspace.commitments.doing import give, take_back
from accord.workspace.commitments.forms import ChangeCommitment, GiftForm, NewCommitment
from accord.workspace.commitments.models import Commitment, Resource, Waiver
from accord.workspace.editing.changing import changing, versions_of
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.screening.forms import record_overlooked
from accord.workspace.trail.writing import record


@page(see="commitments.see")
def commitments(request: Asked) -> HttpResponse:
    """What was promised and given, what is shared, and what is waived, side by side."""
    actor, today = request.actor, timezone.localdate()
    seen = listing(actor, "commitments.see", Commitment).select_related("district")
    lines = lines_of(seen.prefetch_related("gifts"), today)
    resources = listing(actor, "commitments.see", Resource).select_related("district")
    waivers = listing(actor, "commitments.see", Waiver).select_related("district")
    districts = list(actor.partnership.districts.all())
    shared = list(resources.prefetch_related("shares__district"))
    return render(
        request,
        "commitments/commitments.html",
        {
            "totals": totals_of(lines, districts),
            "sides": [
                (one, [line for line in lines if line.commitment.district_id == one.pk])
                for one in districts
            ],
            "count": len(lines),
            "behind": sum(line.is_behind and not line.is_over for line in lines),
            "resources": [
                (one, [_pays(one, district.pk) for district in districts]) for one in shared
            ],
            "cost": sum(one.cost for one in shared if not one.until or one.until >= today),
            "waivers": [(one, one.standing(today)) for one in waivers],
            "may_write": may(actor, "commitments.write"),
        },
    )


@page(see="commitments.write", do="commitments.write")
def new_commitment(request: Asked) -> HttpResponse:
    """Promise something for one's own district."""
    actor = request.actor
    form = NewCommitment(request.POST or None, actor=actor, strands=strand_names(actor.partnership))
    back = reverse("commitments", args=[actor.partnership.pk])
    if form.is_bound and form.is_valid():
        made = form.make(Commitment, form.own)
        record("promised", made, by=actor.name, chain=actor.partnership.pk, kind=made.kind)
        return redirect("commitment", actor.partnership.pk, made.pk)
    lede = "What your own district gives. What it receives, the partner promises."
    words = FormPage("Promise something", "Promise it", back, "Commitments", lede)
    return answer_form(request, form, words)


@page(see="commitments.see")
def commitment(request: Asked, pk: int) -> HttpResponse:
    """One commitment, and what was given of it."""
    found = find(request.actor, "commitments.see", Commitment, pk)
    gifts = list(found.gifts.select_related("by"))
    writes = may_to(request.actor, "commitments.write", found)
    strands = dict(strand_names(found.partnership))
    return render(
        request,
        "commitments/commitment.html",
        {
            "line": lines_of([found], timezone.localdate())[0],
            "commitment": found,
            "strand_name": strands.get(found.strand, "all of the work"),
            "gifts": [one for one in gifts if one.taken_back_at is None],
            "taken_back": [one for one in gifts if one.taken_back_at is not None],
            "versions": versions_of(found, ChangeCommitment),
            "may_write": writes,
            "wider": wider_than(found) if writes else [],
        },
    )


@page(see="commitments.write", do="commitments.write")
def edit_commitment(request: Asked, pk: int) -> HttpResponse:
    """Change what a commitment says."""
    found = find(request.actor, "commitments.write", Commitment, pk)
    return changing(
        request,
        found,
        ChangeCommitment,
        _back_to(found, "Change what was promised", "Keep it"),
        by=request.actor.writer(),
        chain=found.partnership_id,
        strands=strand_names(found.partnership),
    )


@page(do="commitments.write")
def share_commitment(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a commitment."""
    found = find(request.actor, "commitments.write", Commitment, pk)
    return share(request, found, _back_to(found, "Share the commitment", "Share"))


@page(see="commitments.write", do="commitments.write")
def new_gift(request: Asked, pk: int) -> HttpResponse:
    """Note what was given."""
    found = find(request.actor, "commitments.write", Commitment, pk)
    form = GiftForm(request.POST or None, initial={"on": timezone.localdate()})
    words = _back_to(found, f"What was given, in {found.unit}", "Note it")
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        give(found, told["on"], told["amount"], by=request.actor.writer(), words=told["words"])
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect(words.back)
    return answer_form(request, form, words)


@page(do="commitments.write")
def take_back_gift(request: Asked, pk: int, part: int) -> HttpResponse:
    """Take back what was noted by a slip, or let it count again."""
    found = find(request.actor, "commitments.write", Commitment, pk)
    gift = found.gifts.filter(pk=part).first()
    if gift is None:
        raise Http404
    take_back(gift, by=request.actor.writer())
    if gift.taken_back_at:
        messages.success(request, "Taken back. It can count again, below.")
    return redirect("commitment", found.partnership_id, found.pk)


def _pays(resource: Resource, district: int) -> object:
    found = (one.amount for one in resource.shares.all() if one.district_id == district)
    return next(found, None)


def _back_to(commitment: Commitment, title: str, button: str) -> FormPage:
    back = reverse("commitment", args=[commitment.partnership_id, commitment.pk])
    return FormPage(title, button, back, commitment.what)
