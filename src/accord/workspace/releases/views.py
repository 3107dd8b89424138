"""The ledger of both districts, what waits, what is sealed, and one release."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accord.base.errors import AccordError, Problem
from accord.base.words import list_words
from accord.exchange.sealed import Round
from accord.workspace.people.models import District, Partnership
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.releases.arriving import bring, share
from accord.workspace.releases.exchanging import exchange_of, place_of
from accord.workspace.releases.forms import BringForm
from accord.workspace.releases.models import Arrival
from accord.workspace.screening.files import signs_in_file
from accord.workspace.screening.signs import Sign


@dataclass(frozen=True)
class SealedRow:
    """How far a sealed exchange is: for each district, whether it committed, and opened."""

    name: str
    steps: tuple[tuple[District, bool, bool], ...]
    waiting_for: tuple[str, ...]


@page(see="releases.see")
def releases(request: Asked) -> HttpResponse:
    """What each district released, newest first; what waits is shown to its own district."""
    actor = request.actor
    seen = listing(actor, "releases.see", Arrival).select_related("district", "author")
    districts = list(actor.partnership.districts.all())
    received = seen.filter(state=Arrival.State.RECEIVED)
    return render(
        request,
        "releases/releases.html",
        {
            "pending": seen.filter(state=Arrival.State.PENDING),
            "ledgers": [
                (one, [row for row in received if row.district == one]) for one in districts
            ],
            "sealed": _sealed(actor.partnership, districts),
            "today": timezone.localdate(),
            "may_bring": may(actor, "releases.receive"),
        },
    )


@page(see="releases.receive", do="releases.receive")
def bring_release(request: Asked) -> HttpResponse:
    """Bring a release: all that speaks against it is told, and nothing is kept of it then."""
    form = BringForm(request.POST or None, request.FILES or None)
    problems: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        assert isinstance(file, TemporaryUploadedFile)
        try:
            arrival = bring(Path(file.temporary_file_path()), by=request.actor, name=str(file.name))
        except AccordError as error:
            signs = signs_in_file(Path(file.temporary_file_path()))
            problems = (*error.problems, *([_of_students(str(file.name), signs)] if signs else []))
        else:
            messages.success(
                request, f"{arrival} is believed. Your district sees it; the partners don't yet."
            )
            return redirect("release", request.actor.partnership.pk, arrival.pk)
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "problems": problems}
    return render(request, "releases/bring.html", shown, status=status)


@page(see="releases.see")
def release(request: Asked, pk: int) -> HttpResponse:
    """One release: what it holds, who signed it, and where it is on its way."""
    arrival = find(request.actor, "releases.see", Arrival, pk)
    return render(
        request,
        "releases/release.html",
        {
            "arrival": arrival,
            "may_share": arrival.state == Arrival.State.PENDING
            and may_to(request.actor, "releases.share", arrival),
            "is_open": _is_open(arrival, request.actor),
        },
    )


@page(do="releases.share")
def share_release(request: Asked, pk: int) -> HttpResponse:
    """Let the partners receive a pending release."""
    arrival = find(request.actor, "releases.share", Arrival, pk)
    share(arrival, by=request.actor)
    messages.success(request, f"{arrival} is in the ledger. The partners have it.")
    return redirect("release", request.actor.partnership.pk, arrival.pk)


@page(see="releases.see")
def release_file(request: Asked, pk: int) -> FileResponse:
    """The file itself, as it came. Under embargo it goes to its own district alone."""
    arrival = find(request.actor, "releases.see", Arrival, pk)
    if not _is_open(arrival, request.actor):
        raise Http404
    return FileResponse(
        place_of(arrival).open("rb"),
        as_attachment=True,
        filename=f"{arrival.district}-{arrival.audience}-{arrival.number}.accord",
    )


def _of_students(name: str, signs: tuple[Sign, ...]) -> Problem:
    return Problem(
        f"It looks like a list of students: it holds {list_words([sign.says for sign in signs])}.",
        "Students’ records never come here. It was thrown away; tell your data privacy officer.",
        file=name,
    )


def _is_open(arrival: Arrival, actor: Actor) -> bool:
    under_embargo = arrival.embargo is not None and arrival.embargo > timezone.localdate()
    is_here = arrival.state != Arrival.State.WITHDRAWN
    return is_here and (not under_embargo or arrival.district_id == actor.district)


def _sealed(partnership: Partnership, districts: list[District]) -> list[SealedRow]:
    exchange = exchange_of(partnership)
    rounds = exchange.rounds() if exchange.sealed_folder.exists() else []
    return [_row(sealed, districts) for sealed in rounds]


def _row(sealed: Round, districts: list[District]) -> SealedRow:
    committed, opened = sealed.commitments(), sealed.openings()
    return SealedRow(
        sealed.name,
        tuple((one, one.code in committed, one.code in opened) for one in districts),
        tuple(sealed.waiting_for()),
    )
