"""One position, its people and pairs, and the handover brief."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accord.workspace.handover.brief import brief_of
from accord.workspace.handover.forms import LastDayForm, PairForm
from accord.workspace.people.holding import end, held
from accord.workspace.people.models import Pairing, Position, Seat
from accord.workspace.people.pairing import pair, pairs_of, part
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import may, may_in


@page(see="people.see")
def position(request: Asked, pk: int) -> HttpResponse:
    """A position: who holds it and held it, its pairs, and what its holder is to know."""
    return render(request, "handover/position.html", _shown(request, _position(request, pk)))


@page(do="people.change")
def end_seat(request: Asked, pk: int, seat: int) -> HttpResponse:
    """Set the last day of somebody's access in a position of one's own district."""
    found = _changeable(request, pk)
    sitting = get_object_or_404(Seat, pk=seat, position=found)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        shown = _shown(request, found) | {"last_day": form}
        return render(request, "handover/position.html", shown, status=422)
    end(sitting, on=form.cleaned_data["until"], by=request.actor.writer())
    messages.success(request, f"The access of {sitting.person.name} ends on that day by itself.")
    return redirect("position", found.partnership_id, found.pk)


@page(do="people.change")
def pair_up(request: Asked, pk: int) -> HttpResponse:
    """Pair a position of one's own district with one of another."""
    found = _changeable(request, pk)
    form = PairForm(request.POST, position=found)
    if not form.is_valid():
        shown = _shown(request, found) | {"pair_form": form}
        return render(request, "handover/position.html", shown, status=422)
    told = form.cleaned_data
    pair(found, told["other"], told["about"], by=request.actor.writer())
    messages.success(request, f"A pair with {told['other']}.")
    return redirect("position", found.partnership_id, found.pk)


@page(do="people.change")
def part_pair(request: Asked, pk: int, pairing: int) -> HttpResponse:
    """End a pair of a position of one's own district."""
    found = _changeable(request, pk)
    either = Q(first=found) | Q(second=found)
    part(get_object_or_404(Pairing, either, pk=pairing), by=request.actor.writer())
    messages.success(request, "They are no pair any more.")
    return redirect("position", found.partnership_id, found.pk)


def _position(request: Asked, pk: int) -> Position:
    rows = Position.objects.select_related("district", "partnership")
    return get_object_or_404(rows, pk=pk, partnership=request.actor.partnership)


def _changeable(request: Asked, pk: int) -> Position:
    found = _position(request, pk)
    if found.district_id is not None and not may_in(
        request.actor, "people.change", found.district_id
    ):
        raise Http404
    return found


def _shown(request: Asked, found: Position) -> dict[str, Any]:
    today = timezone.localdate()
    may_change = may(request.actor, "people.change") and (
        found.district_id is None or may_in(request.actor, "people.change", found.district_id)
    )
    holder = Seat.objects.filter(held(today), position=found).select_related("person").first()
    return {
        "position": found,
        "holder": holder,
        "brief": brief_of(found, request.actor, today),
        "pairs": pairs_of(found.partnership).get(found.pk, []),
        "last_day": LastDayForm(initial={"until": holder.until if holder else None}),
        "pair_form": PairForm(position=found),
        "may_change": may_change,
        "is_mine": any(item.position == found.pk for item in request.actor.standings),
        "today": today,
    }
