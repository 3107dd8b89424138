"""What we keep: lifetimes, holds, the district's key, and the way out."""

from __future__ import annotations

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accord.base.errors import AccordError
from accord.workspace.keeping.forms import HoldForm, KeyForm, LeaveForm, UnlockForm
from accord.workspace.keeping.holds import lift, place
from accord.workspace.keeping.leaving import leave, own_bytes
from accord.workspace.keeping.lifetimes import agreed, over
from accord.workspace.keeping.models import Hold
from accord.workspace.people.models import District
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import may_in
from accord.workspace.permissions.shared import Shared
from accord.workspace.sealing import ring
from accord.workspace.sealing.models import DistrictKey, Sealed
from accord.workspace.sealing.opening import (
    bring_key,
    forget,
    keep_unlocked,
    make_key,
    seal_again,
    unlocked_by_file,
    unlocked_by_passphrase,
)


@page(see="keeping.see")
def keeping(request: Asked) -> HttpResponse:
    """How long things are kept, what holds stand, and whether the district has its key."""
    actor, own = request.actor, _own(request)
    outlived = over(actor.partnership, timezone.localdate())
    return render(
        request,
        "keeping/keeping.html",
        {
            "agreed": agreed(actor.partnership),
            "over": outlived.count() if outlived else 0,
            "holds": Hold.objects.filter(
                district__partnership=actor.partnership, lifted_at=None
            ).select_related("district", "placed_by"),
            "hold_form": HoldForm(),
            "own": own,
            "key": own and DistrictKey.objects.filter(district=own).first(),
            "keyed": set(
                DistrictKey.objects.filter(district__partnership=actor.partnership).values_list(
                    "district", flat=True
                )
            ),
            "is_unlocked": own is not None and own.pk in ring.held(),
            "may_key": may_in(actor, "keeping.key", actor.district),
            "may_hold": may_in(actor, "keeping.hold", actor.district),
            "may_leave": may_in(actor, "keeping.leave", actor.district),
        },
    )


@page(see="keeping.key", do="keeping.key")
def new_key(request: Asked) -> HttpResponse:
    """Make the district's key, or bring one; what was written before is sealed with it."""
    own = _required(request)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, by = form.cleaned_data, request.actor.writer()
        if told["public"]:
            bring_key(own, told["public"], by=by)
            private = ""
        else:
            private = make_key(own, told["passphrase"], by=by)
        count = seal_again(_written_by(own))
        shown = {"own": own, "private": private, "count": count}
        response = render(request, "keeping/key_made.html", shown)
        if private:
            key = DistrictKey.objects.get(district=own)
            keep_unlocked(request, response, own.pk, unlocked_by_file(key, private.encode()))
        return response
    status = 422 if request.method == "POST" else 200
    return render(request, "keeping/new_key.html", {"form": form, "own": own}, status=status)


@page(see="keeping.unlock", do="keeping.unlock")
def unlock_key(request: Asked) -> HttpResponse:
    """Unlock the district's key for this session."""
    own = _required(request)
    key = DistrictKey.objects.filter(district=own).first()
    if key is None:
        return redirect("keeping", request.actor.partnership.pk)
    form = UnlockForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            private = (
                unlocked_by_file(key, file.read(_LARGEST_KEY))
                if file
                else unlocked_by_passphrase(key, form.cleaned_data["passphrase"])
            )
        except AccordError as error:
            for problem in error.problems:
                form.add_error(None, f"{problem.what} {problem.remedy}")
        else:
            response = redirect("home", request.actor.partnership.pk)
            keep_unlocked(request, response, own.pk, private)
            return response
    status = 422 if request.method == "POST" else 200
    return render(request, "keeping/unlock.html", {"form": form, "key": key}, status=status)


_LARGEST_KEY = 10_000


@page(do="keeping.unlock")
def lock_key(request: Asked) -> HttpResponse:
    """Lock it again."""
    response = redirect("keeping", request.actor.partnership.pk)
    forget(request, response)
    return response


@page(do="keeping.hold")
def new_hold(request: Asked) -> HttpResponse:
    """Place a hold on one's own district."""
    own = _required(request)
    form = HoldForm(request.POST)
    if form.is_valid():
        place(own, form.cleaned_data["reason"], by=request.actor.writer())
        messages.success(request, f"Nothing of {own}’s is destroyed until the hold is lifted.")
    else:
        messages.error(request, "Say why, in at most 200 characters.")
    return redirect("keeping", request.actor.partnership.pk)


@page(do="keeping.hold")
def lift_hold(request: Asked, pk: int) -> HttpResponse:
    """Lift a hold of one's own district."""
    hold = get_object_or_404(Hold, pk=pk, district__partnership=request.actor.partnership)
    if not may_in(request.actor, "keeping.hold", hold.district_id):
        raise Http404
    lift(hold, by=request.actor.writer())
    messages.success(request, "The hold is lifted.")
    return redirect("keeping", request.actor.partnership.pk)


@page(see="keeping.take")
def take_own(request: Asked) -> HttpResponse:
    """All that is one's own, as a file."""
    response = HttpResponse(own_bytes(request.actor), content_type="application/zip")
    name = f"{request.actor.partnership.pk}-own-{timezone.localdate()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(see="keeping.leave", do="keeping.leave")
def leave_partnership(request: Asked) -> HttpResponse:
    """What goes and what stays; then, with its name typed, the district leaves."""
    own = _required(request)
    form = LeaveForm(request.POST or None, district=own)
    if request.method == "POST" and form.is_valid():
        leave(own, by=request.actor, today=timezone.localdate())
        messages.success(request, f"{own.name} has left. Today is its last day here.")
        return redirect("way-in")
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "own": own, "agreed": agreed(request.actor.partnership)}
    return render(request, "keeping/leave.html", shown, status=status)


def _own(request: Asked) -> District | None:
    own = request.actor.district
    return None if own is None else District.objects.get(pk=own)


def _required(request: Asked) -> District:
    own = _own(request)
    if own is None:
        raise Http404
    return own


def _written_by(district: District) -> list[Sealed]:
    """Everything of a district that is sealed, of every kind."""
    return [
        part
        for kind in apps.get_models()
        if issubclass(kind, Sealed) and issubclass(kind, Shared)
        for thing in kind._default_manager.filter(partnership=district.partnership_id)
        for part in thing.parts()
        if district.pk in (thing.circle() or ())
    ]
