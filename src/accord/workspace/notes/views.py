"""Notes: written narrow, shared by an act of their author."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accord.workspace.editing.form_page import FormPage
from accord.workspace.editing.sharing import share
from accord.workspace.notes.forms import NoteForm
from accord.workspace.notes.models import Note
from accord.workspace.permissions.circle import wider_than
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.permissions.visibility import Visibility
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
    form = NoteForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        made = form.make(Note, form.own | {"about": request.GET.get("about", "")[:120]})
        record("wrote", made, by=actor.name, chain=actor.partnership.pk, visibility=made.visibility)
        return redirect("note", actor.partnership.pk, made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "notes/new.html", {"form": form}, status=status)


@page(see="notes.see")
def note(request: Asked, pk: int) -> HttpResponse:
    """One note."""
    found = find(request.actor, "notes.see", Note, pk)
    shares = may_to(request.actor, "notes.write", found)
    return render(
        request,
        "notes/note.html",
        {
            "note": found,
            "is_open": not isinstance(found.text, Shut),
            "is_wider": found.visibility in (Visibility.PARTNERS, Visibility.PUBLIC),
            "may_share": shares,
            "wider": wider_than(found, Visibility.PUBLIC) if shares else [],
        },
    )


@page(do="notes.write")
def share_note(request: Asked, pk: int) -> HttpResponse:
    """Let more people see a note."""
    found = find(request.actor, "notes.write", Note, pk)
    back = reverse("note", args=[found.partnership_id, found.pk])
    return share(
        request, found, FormPage("Share your note", "Share", back, "Note"), Visibility.PUBLIC
    )


@page(do="notes.write")
def hand_over_note(request: Asked, pk: int) -> HttpResponse:
    """Leave a note to whoever follows, or seal it again before anybody has."""
    found = find(request.actor, "notes.write", Note, pk)
    found.handed_over = request.POST.get("to") == "whoever-follows"
    found.save(update_fields=["handed_over"])
    act = "handed over" if found.handed_over else "sealed"
    record(act, found, by=request.actor.name, chain=found.partnership_id)
    return redirect("note", found.partnership_id, found.pk)
