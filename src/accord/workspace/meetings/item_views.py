"""What is done to one item of an agenda while the meeting runs.

Each act answers with the item's part of the page where htmx asks, and with the whole page where a
browser without scripts does. A form with a mistake comes back with what was typed.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accord.workspace.actions.doing import agree
from accord.workspace.actions.states import Horizon
from accord.workspace.editing.models import OtherVersion
from accord.workspace.editing.saving import settle as settle_versions
from accord.workspace.editing.saving import waiting
from accord.workspace.meetings.forms import ArisingForm, DecisionForm, NotesForm
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.meetings.rows import item_row
from accord.workspace.meetings.running import decide, note, put_in_focus, settle
from accord.workspace.meetings.states import Decision, Outcome
from accord.workspace.meetings.views import shown_of
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find

_USUAL_MINUTES = 20


@page(do="meetings.run")
def settle_item(request: Asked, pk: int, item: int) -> HttpResponse:
    """One click: unchanged, not discussed, or back to open."""
    found = _item(request, pk, item)
    outcome = request.POST.get("outcome", "")
    if outcome not in (Outcome.UNCHANGED, Outcome.NOT_DISCUSSED, Outcome.OPEN):
        raise Http404
    settle(found, Outcome(outcome), by=request.actor.writer())
    return _answer(request, found)


@page(do="meetings.run")
def focus_item(request: Asked, pk: int, item: int) -> HttpResponse:
    """Work an item through at this meeting, or settle it in one click instead."""
    found = _item(request, pk, item)
    in_focus = request.POST.get("focus") == "yes"
    put_in_focus(found, in_focus, found.minutes or _USUAL_MINUTES, by=request.actor.writer())
    return redirect(_place(found))


@page(do="meetings.run")
def note_item(request: Asked, pk: int, item: int) -> HttpResponse:
    """Write the notes."""
    found = _item(request, pk, item)
    form = NotesForm(request.POST, prefix=f"notes-{found.pk}")
    if not form.is_valid():
        return _answer(request, found, notes_form=form)
    note(
        found,
        form.cleaned_data["notes"],
        seen=form.cleaned_data["seen"],
        by=request.actor.writer(),
    )
    found.refresh_from_db()
    return _answer(request, found)


@page(do="meetings.run")
def decide_item(request: Asked, pk: int, item: int) -> HttpResponse:
    """Adjust or stay the course; the evidence is frozen."""
    found = _item(request, pk, item)
    form = DecisionForm(request.POST, prefix=f"decision-{found.pk}")
    if not form.is_valid():
        return _answer(request, found, decision_form=form)
    decide(
        found,
        Decision(form.cleaned_data["decision"]),
        form.cleaned_data["because"],
        by=request.actor.writer(),
    )
    return _answer(request, found)


@page(do="meetings.run")
def arising_action(request: Asked, pk: int, item: int) -> HttpResponse:
    """Agree on an action, with an owner in each district."""
    found = _item(request, pk, item)
    form = ArisingForm(
        request.POST, partnership=request.actor.partnership, prefix=f"arising-{found.pk}"
    )
    if not form.is_valid():
        return _answer(request, found, arising_form=form)
    with transaction.atomic():
        action = agree(
            request.actor.partnership,
            by=request.actor.writer(),
            title=form.cleaned_data["title"],
            horizon=Horizon(form.cleaned_data["horizon"]),
            due=form.cleaned_data["due"],
            owners=form.owners(),
            indicator=found.indicator,
        )
        found.actions.add(action)
    return _answer(request, found)


@page(do="meetings.run")
def settle_notes(request: Asked, pk: int, item: int, version: int) -> HttpResponse:
    """Two wrote at once: one text stands from now on, made of both."""
    found = _item(request, pk, item)
    other: OtherVersion | None = waiting(found).filter(pk=version).first()
    if other is None:
        raise Http404
    settle_versions(
        found,
        other,
        {"notes": request.POST.get("notes", "")},
        by=request.actor.writer(),
        chain=found.meeting.partnership_id,
    )
    return _answer(request, found)


def _item(request: Asked, pk: int, item: int) -> AgendaItem:
    meeting = find(request.actor, "meetings.run", Meeting, pk)
    found = meeting.items.select_related("meeting__partnership", "evidence").filter(pk=item)
    one = found.first()
    if one is None:
        raise Http404
    return one


def _place(item: AgendaItem) -> str:
    page_of = reverse("meeting", args=[item.meeting.partnership_id, item.meeting_id])
    return f"{page_of}#item-{item.pk}"


def _answer(request: Asked, item: AgendaItem, **forms: Any) -> HttpResponse:
    row = item_row(item, item.meeting, may_run=True, **forms)
    if getattr(request, "htmx", False):
        shown = {"row": row, "meeting": item.meeting, "runs": True}
        return render(request, "meetings/item.html", shown)
    if not forms:
        return redirect(_place(item))
    whole = shown_of(request, item.meeting)
    for part in ("focus", "others"):
        rows = whole[part]
        assert isinstance(rows, list)
        whole[part] = [row if one.item.pk == item.pk else one for one in rows]
    return render(request, "meetings/meeting.html", whole, status=422)
