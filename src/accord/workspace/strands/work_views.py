"""One joint work: begun, described, shared, its versions, and who met for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accord.workspace.charter.names import strand_names
from accord.workspace.editing.changing import changing, versions_of
from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.editing.sharing import share
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, may_to
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.screening.forms import record_overlooked
from accord.workspace.strands.doing import add_version, meet, take_back
from accord.workspace.strands.engagement import engagement
from accord.workspace.strands.forms import CHANGE, NEW, ContactForm, VersionForm
from accord.workspace.strands.models import Work
from accord.workspace.strands.modes import Kind, Mode
from accord.workspace.trail.writing import record


@page(see="work.write", do="work.write")
def new_work(request: Asked, strand: str) -> HttpResponse:
    """Begin a joint work: first the way of working, then its fields."""
    actor = request.actor
    name = dict(strand_names(actor.partnership)).get(strand)
    if name is None:
        raise Http404
    back = reverse("strand", args=[actor.partnership.pk, strand])
    if request.GET.get("mode") not in Mode.values:
        return render(request, "strands/modes.html", {"modes": Mode, "back": back, "name": name})
    mode = Mode(request.GET["mode"])
    form = NEW[mode](request.POST or None, actor=actor, partnership=actor.partnership)
    if form.is_bound and form.is_valid():
        work = form.make(Work, form.own | {"strand": strand, "mode": mode})
        record("began a work", work, by=actor.name, chain=actor.partnership.pk, mode=mode.value)
        return redirect("work", actor.partnership.pk, work.pk)
    words = FormPage(mode.label, "Begin it", back, name, mode.meaning)
    return answer_form(request, form, words)


@page(see="work.see")
def work(request: Asked, pk: int) -> HttpResponse:
    """One joint work."""
    found = find(request.actor, "work.see", Work, pk)
    contacts = list(found.contacts.select_related("by").prefetch_related("presences__district"))
    districts, today = list(found.partnership.districts.all()), timezone.localdate()
    shares = may_to(request.actor, "work.share", found)
    return render(
        request,
        "strands/work.html",
        {
            "work": found,
            "mode": Mode(found.mode),
            "strand_name": dict(strand_names(found.partnership)).get(found.strand, found.strand),
            "contacts": [one for one in contacts if one.taken_back_at is None],
            "taken_back": [one for one in contacts if one.taken_back_at is not None],
            "engagement": engagement(contacts, districts, found.since, found.until or today),
            "product_versions": found.product_versions.select_related("by"),
            "versions": versions_of(found, CHANGE[Mode(found.mode)]),
            "may_write": may_to(request.actor, "work.write", found),
            "wider": wider_than(found, Visibility.PUBLIC) if shares else [],
        },
    )


@page(see="work.write", do="work.write")
def edit_work(request: Asked, pk: int) -> HttpResponse:
    """Change what a work says."""
    found = find(request.actor, "work.write", Work, pk)
    return changing(
        request,
        found,
        CHANGE[Mode(found.mode)],
        _back_to(found, "Change what it says", "Keep it"),
        by=request.actor.writer(),
        chain=found.partnership_id,
        partnership=found.partnership,
    )


@page(do="work.share")
def share_work(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a work."""
    found = find(request.actor, "work.share", Work, pk)
    return share(request, found, _back_to(found, "Share the work", "Share"), Visibility.PUBLIC)


@page(see="work.write", do="work.write")
def new_contact(request: Asked, pk: int) -> HttpResponse:
    """Note who met for a work."""
    found = find(request.actor, "work.write", Work, pk)
    initial = {"on": timezone.localdate(), "kind": Kind.SESSION}
    form = ContactForm(request.POST or None, partnership=found.partnership, initial=initial)
    words = _back_to(found, "Who met?", "Note it", "Numbers only: no names are kept.")
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        meet(found, told["on"], Kind(told["kind"]), form.people(), by=request.actor.writer(),
             words=told["words"])  # fmt: skip
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect(words.back)
    return answer_form(request, form, words)


@page(do="work.write")
def take_back_contact(request: Asked, pk: int, part: int) -> HttpResponse:
    """Take back a contact that was noted by a slip, or let it count again."""
    found = find(request.actor, "work.write", Work, pk)
    contact = found.contacts.filter(pk=part).first()
    if contact is None:
        raise Http404
    take_back(contact, by=request.actor.writer())
    if contact.taken_back_at:
        messages.success(request, "Taken back. It can count again, below.")
    return redirect("work", found.partnership_id, found.pk)


@page(see="work.write", do="work.write")
def new_version(request: Asked, pk: int) -> HttpResponse:
    """Add a version of what is made together."""
    found = find(request.actor, "work.write", Work, pk)
    form = VersionForm(request.POST or None, initial={"on": timezone.localdate()})
    words = _back_to(found, "A new version", "Add it")
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        add_version(found, told["label"], told["on"], told["words"], by=request.actor.writer())
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect(words.back)
    return answer_form(request, form, words)


def _back_to(work: Work, title: str, button: str, lede: str = "") -> FormPage:
    back = reverse("work", args=[work.partnership_id, work.pk])
    return FormPage(title, button, back, work.title, lede)
