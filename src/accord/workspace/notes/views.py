"""Notes: written narrow, shared by an act of their author."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accord.workspace.notes.forms import NoteForm, WidenForm
from accord.workspace.notes.models import Note
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.sealing.shut import Shut
from accord.workspace.trail.writing import record


@page(see="notes.see")
def notes(request: Asked) -> HttpResponse:
    """One's own notes, and those that others let one see."""
    seen = listing(request.actor, "notes.see", Note).select_related("author", "district")
    return render(
        request,
        "notes/notes.html",
        {
            "own": [one for one in seen if one.author == request.actor.person],
            "others": [one for one in seen if one.author != request.actor.person],
            "may_write": may(request.actor, "notes.write"),
        },
    )


@page(see="notes.write", do="notes.write")
def new_note(request: Asked) -> HttpResponse:
    """Write a note. It is seen by its author alone unless they say otherwise."""
    actor = request.actor
    form = NoteForm(request.POST or None, partnership=actor.partnership)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = Note.objects.create(
            partnership=actor.partnership,
            district_id=actor.district,
            author=actor.person,
            visibility=told["visibility"],
            made_at=timezone.now(),
            about=request.GET.get("about", "")[:120],
            handed_over=told["handed_over"],
        )
        made.named.set(told["named"])
        made.text = told["text"]  # sealed for the people named, who are known only now
        made.save(update_fields=["text"])
        record(
            "wrote",
            made,
            by=actor.name,
            chain=actor.partnership.pk,
            visibility=made.visibility,
            overlooked=list(form.overlooked) or None,
        )
        return redirect("note", actor.partnership.pk, made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "notes/new.html", {"form": form}, status=status)


@page(see="notes.see")
def note(request: Asked, pk: int) -> HttpResponse:
    """One note."""
    found = find(request.actor, "notes.see", Note, pk)
    return render(request, "notes/note.html", _shown(request, found, WidenForm(note=found)))


@page(do="notes.write")
def share_note(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a note."""
    found = find(request.actor, "notes.write", Note, pk)
    form = WidenForm(request.POST, note=found)
    if not form.is_valid():
        return render(request, "notes/note.html", _shown(request, found, form), status=422)
    widen(found, Visibility(form.cleaned_data["to"]), by=request.actor, overlooked=form.overlooked)
    messages.success(request, f"Seen now by {found.seen_by_words}.")
    return redirect("note", found.partnership_id, found.pk)


@page(do="notes.write")
def hand_over_note(request: Asked, pk: int) -> HttpResponse:
    """Leave a note to whoever follows, or seal it again before anybody has."""
    found = find(request.actor, "notes.write", Note, pk)
    found.handed_over = request.POST.get("to") == "whoever-follows"
    found.save(update_fields=["handed_over"])
    act = "handed over" if found.handed_over else "sealed"
    record(act, found, by=request.actor.name, chain=found.partnership_id)
    return redirect("note", found.partnership_id, found.pk)


def _shown(request: Asked, found: Note, form: WidenForm) -> dict[str, object]:
    return {
        "note": found,
        "form": form,
        "is_open": not isinstance(found.text, Shut),
        "is_wider": found.visibility in (Visibility.PARTNERS, Visibility.PUBLIC),
        "may_share": may_to(request.actor, "notes.write", found),
    }
