"""The conditions for success: each district by itself first, then side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from accord.workspace.editing.changing import changing, versions_of
from accord.workspace.editing.form_page import FormPage
from accord.workspace.founding.answering import (
    begin,
    require_unshared,
    share_answers,
    sides_of,
    unanswered,
)
from accord.workspace.founding.conditions import load_conditions
from accord.workspace.founding.forms import AnswerForm
from accord.workspace.founding.models import Readiness
from accord.workspace.people.models import District
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, may_in
from accord.workspace.permissions.table import ACTS


@page(see="conditions.see")
def conditions(request: Asked) -> HttpResponse:
    """Every condition with its source, one's own answers, and the partner's beside them."""
    actor = request.actor
    sides = sides_of(actor)
    own = sides.own if sides.own and not sides.own.is_shared else None
    writes = may_in(actor, "conditions.write", actor.district)
    answers = own.answers.all() if own else ()
    twice = [(one, versions_of(one, AnswerForm)) for one in answers] if writes else []
    return render(
        request,
        "founding/conditions.html",
        {
            "sides": sides,
            "draft": own,
            "open_ones": unanswered(own) if own else 0,
            "first": next((one.condition for one in answers if not one.choice), None),
            "twice": [(one, versions) for one, versions in twice if versions],
            "may_write": writes,
        },
    )


@page(do="conditions.write")
def begin_conditions(request: Asked) -> HttpResponse:
    """Begin one's own district's answers."""
    actor = request.actor
    own = sorted(actor.districts_as(ACTS["conditions.write"].roles))
    made = begin(District.objects.get(pk=own[0]), by=actor)
    first = load_conditions().conditions[0].id
    return redirect("answer-condition", actor.partnership.pk, made.pk, first)


@page(see="conditions.write", do="conditions.write")
def answer_condition(request: Asked, pk: int, condition: str) -> HttpResponse:
    """Answer one condition for one's own district, and go on to the next."""
    found = find(request.actor, "conditions.write", Readiness, pk)
    answer = found.answers.filter(condition=condition).first()
    known = load_conditions()
    asked = next((one for one in known.conditions if one.id == condition), None)
    if answer is None or asked is None:
        raise Http404
    require_unshared(found)
    following = known.after(condition)
    back = f"{reverse('conditions', args=[found.partnership_id])}#{condition}"
    place = [one.id for one in known.conditions].index(condition) + 1
    count = f"Condition {place} of {len(known.conditions)}"
    done = changing(
        request,
        answer,
        AnswerForm,
        FormPage(
            asked.asks,
            "Keep it, and go on" if following else "Keep it",
            back,
            "Conditions for success",
            f"{count}: {asked.name.lower()}. {asked.why}",
        ),
        by=request.actor.writer(),
        chain=found.partnership_id,
    )
    if isinstance(done, HttpResponseRedirect) and following and "settle" not in request.GET:
        return redirect("answer-condition", found.partnership_id, found.pk, following)
    return done


@page(do="conditions.write")
def share_conditions(request: Asked, pk: int) -> HttpResponse:
    """Show one's own district's answers to the partners."""
    found = find(request.actor, "conditions.write", Readiness, pk)
    share_answers(found, by=request.actor)
    messages.success(request, "Your partners can read your answers now.")
    return redirect("conditions", found.partnership_id)
