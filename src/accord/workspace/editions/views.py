"""The editions, one of them with what each district says to it, and its file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from accord.base.errors import AccordError
from accord.workspace.editions.consenting import (
    answer,
    ask,
    figures_of_edition,
    lines_beside,
    require_consent,
)
from accord.workspace.editions.forms import AnswerForm, EditionForm
from accord.workspace.editions.models import Answer, Edition
from accord.workspace.indicators.drawn import section_of, sources_of
from accord.workspace.indicators.exports import EXCEL, workbook_bytes
from accord.workspace.indicators.figures import Figures, figures_of
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.trail.writing import record

_AUDIENCES = (("partners", "the partners’ figures, exact"), ("public", "the public figures"))


@page(see="editions.see")
def editions(request: Asked) -> HttpResponse:
    """What was prepared, and what waits for one's own district's answer."""
    actor = request.actor
    seen = listing(actor, "editions.see", Edition).prefetch_related("answers__district")
    waiting = [
        one
        for one in seen
        if any(
            each.district_id == actor.district and each.kind == Answer.Kind.ASKED
            for each in one.answers.all()
        )
    ]
    shown = {
        "editions": seen,
        "waiting": waiting,
        "may_write": may(actor, "editions.write"),
        "may_answer": may(actor, "editions.answer"),
    }
    return render(request, "editions/editions.html", shown)


@page(see="editions.write", do="editions.write")
def new_edition(request: Asked) -> HttpResponse:
    """Prepare an edition. Its author alone sees it until they ask for consent."""
    actor = request.actor
    figures = _figures(request)
    names = {
        item.definition.id: item.definition.title
        for one in figures.values()
        for item in one.view.indicators
    }
    form = EditionForm(
        request.POST or None,
        indicators=list(names.items()),
        audiences=[(name, words) for name, words in _AUDIENCES if name in figures],
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = Edition.objects.create(
            partnership=actor.partnership,
            district_id=actor.district,
            author=actor.person,
            made_at=timezone.now(),
            title=told["title"],
            readers=told["readers"],
            words=told["words"],
            audience=told["audience"],
            indicators=told["indicators"],
            releases=[row.release for row in figures[told["audience"]].shown],
        )
        overlooked = list(form.overlooked) or None
        record("prepared", made, by=actor.name, chain=actor.partnership.pk, overlooked=overlooked)
        return redirect("edition", actor.partnership.pk, made.pk)
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "has_figures": bool(figures)}
    return render(request, "editions/new.html", shown, status=status)


@page(see="editions.see", do="editions.answer")
def edition(request: Asked, pk: int) -> HttpResponse:
    """One edition: its words, figures and replies, and who consents. A district answers here."""
    act = "editions.answer" if request.method == "POST" else "editions.see"
    found = find(request.actor, act, Edition, pk)
    own = found.answers.filter(district=request.actor.district).first()
    form = AnswerForm(request.POST or None, initial={"reply": own.reply if own else ""})
    if request.method == "POST" and form.is_valid():
        kind = Answer.Kind(form.cleaned_data["kind"])
        answer(
            found,
            kind,
            form.cleaned_data["reply"],
            by=request.actor,
            overlooked=form.overlooked,
        )
        messages.success(request, f"Noted: your district {kind.label}.")
        return redirect("edition", found.partnership_id, found.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "editions/edition.html", _shown(request, found, form), status=status)


@page(do="editions.ask")
def ask_consent(request: Asked, pk: int) -> HttpResponse:
    """Ask the other districts for their consent; the edition can't change any more."""
    found = find(request.actor, "editions.ask", Edition, pk)
    ask(found, by=request.actor)
    messages.success(request, "The other districts are asked. The edition stands as it is.")
    return redirect("edition", found.partnership_id, found.pk)


@page(see="editions.see")
def edition_file(request: Asked, pk: int) -> HttpResponse:
    """The edition as a workbook, replies on its first sheet; refused without every consent."""
    found = find(request.actor, "editions.see", Edition, pk)
    require_consent(found)
    view = figures_of_edition(found).view
    content = workbook_bytes(view, found.indicators, lines_beside(found))
    response = HttpResponse(content, content_type=EXCEL)
    name = slugify(found.title) or f"edition-{found.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _figures(request: Asked) -> dict[str, Figures]:
    """The figures that an edition can be made of, by audience: what all partners see."""
    today = timezone.localdate()
    found = {
        name: figures_of(request.actor.partnership, name, reader=None, today=today)
        for name, _ in _AUDIENCES
    }
    return {name: one for name, one in found.items() if one.shown}


def _shown(request: Asked, found: Edition, form: AnswerForm) -> dict[str, object]:
    own = found.answers.filter(district=request.actor.district).first()
    figures, stopped = None, ""
    try:
        figures = figures_of_edition(found)
        require_consent(found)
    except AccordError as error:
        stopped = error.problems[0].what
    sections = [section_of(figures, one) for one in found.indicators] if figures else []
    return {
        "edition": found,
        "answers": found.answers.select_related("district", "by"),
        "sections": [one for one in sections if one],
        "sources": sources_of(figures) if figures else "",
        "stopped": stopped,
        "form": form if own and may(request.actor, "editions.answer") else None,
        "may_ask": found.asked_at is None and may_to(request.actor, "editions.ask", found),
    }
