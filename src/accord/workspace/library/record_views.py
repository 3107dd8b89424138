"""The glossary, the timeline for researchers, and the words of people, quoted as they approve."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accord.workspace.editing.form_page import FormPage, answer_form
from accord.workspace.library.doing import approve, decline
from accord.workspace.library.forms import AnswerForm, QuotationForm
from accord.workspace.library.glossary import of_charter, of_system
from accord.workspace.library.models import Quotation
from accord.workspace.library.timeline import csv_bytes, timeline_of
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.screening.forms import record_overlooked
from accord.workspace.trail.writing import record

_LINES_A_PAGE = 80


@page(see="charter.see")
def glossary(request: Asked) -> HttpResponse:
    """The words of the partnership, each with its meaning."""
    chapters = (*of_charter(charter_now(request.actor.partnership)), *of_system())
    return render(request, "library/glossary.html", {"chapters": chapters})


@page(see="timeline.see")
def timeline(request: Asked) -> HttpResponse:
    """What happened, day by day, as far as one may see it."""
    every = timeline_of(request.actor)
    kinds = sorted({one.kind for one in every})
    chosen = request.GET.get("kind", "")
    shown = [one for one in every if not chosen or one.kind == chosen]
    return render(
        request,
        "library/timeline.html",
        {
            "lines": Paginator(shown, _LINES_A_PAGE).get_page(request.GET.get("page")),
            "count": len(every),
            "kinds": kinds,
            "chosen": chosen,
        },
    )


@page(see="timeline.see")
def timeline_csv(request: Asked) -> HttpResponse:
    """The whole timeline as CSV."""
    data = csv_bytes(timeline_of(request.actor))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    name = f"{request.actor.partnership.pk}-timeline.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(see="quotations.see")
def quotations(request: Asked) -> HttpResponse:
    """Words that wait for one's own answer, those one proposed, and those that stand."""
    seen = list(
        listing(request.actor, "quotations.see", Quotation).select_related("quoted", "author")
    )
    own, person = [one for one in seen if not one.approved_at], request.actor.person
    return render(
        request,
        "library/quotations.html",
        {
            "asked": [one for one in own if one.quoted == person and not one.declined_at],
            "proposed": [one for one in own if one.author == person and one.quoted != person],
            "standing": [one for one in seen if one.approved_at],
            "may_write": may(request.actor, "quotations.write"),
        },
    )


@page(see="quotations.write", do="quotations.write")
def new_quotation(request: Asked) -> HttpResponse:
    """Propose somebody's words. They alone let them stand."""
    actor = request.actor
    form = QuotationForm(request.POST or None, actor=actor)
    back = reverse("quotations", args=[actor.partnership.pk])
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        made = Quotation.objects.create(
            partnership=actor.partnership,
            district_id=actor.district,
            author=actor.person,
            visibility=Visibility.NAMED,
            made_at=timezone.now(),
            quoted=told["quoted"],
            said_on=told["said_on"],
        )
        made.named.set([told["quoted"]])
        made.words, made.called, made.occasion = told["words"], told["called"], told["occasion"]
        made.save(update_fields=["words", "called", "occasion"])
        record("proposed a quotation", made, by=actor.name, chain=actor.partnership.pk)
        record_overlooked(form, made, by=actor.name, chain=actor.partnership.pk)
        return redirect(back)
    lede = "They read it first. Until they approve, nobody else does."
    return answer_form(
        request, form, FormPage("Propose a quotation", "Ask them", back, "Quotations", lede)
    )


@page(do="quotations.answer")
def answer_quotation(request: Asked, pk: int) -> HttpResponse:
    """The person quoted approves for the partners or for everybody, or declines."""
    found = find(request.actor, "quotations.answer", Quotation, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        if answer == "no":
            decline(found, by=request.actor)
        else:
            approve(found, Visibility(answer), by=request.actor)
    return redirect("quotations", found.partnership_id)
