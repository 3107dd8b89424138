"""What we keep: lifetimes, holds, and the way out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accord.workspace.keeping.forms import HoldForm, LeaveForm
from accord.workspace.keeping.holds import lift, place
from accord.workspace.keeping.leaving import leave, own_pieces
from accord.workspace.keeping.lifetimes import agreed, over
from accord.workspace.keeping.models import Hold
from accord.workspace.keeping.own_district import own_district, required_district
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import may_in
from accord.workspace.sealing import ring
from accord.workspace.sealing.district_keys import in_force
from accord.workspace.sealing.models import DistrictKey


@page(see="keeping.see")
def keeping(request: Asked) -> HttpResponse:
    """How long things are kept, what holds stand, and whether the district has its key."""
    actor, own = request.actor, own_district(request)
    outlived = over(actor.partnership, timezone.localdate())
    keys = in_force(actor.partnership.districts.values_list("pk", flat=True))
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
            "key": own and keys.get(own.pk),
            "made": own and DistrictKey.objects.filter(district=own).first(),
            "keyed": set(keys),
            "is_unlocked": own is not None and own.pk in ring.held(),
            "may_key": may_in(actor, "keeping.key", actor.district),
            "may_hold": may_in(actor, "keeping.hold", actor.district),
            "may_leave": may_in(actor, "keeping.leave", actor.district),
        },
    )


@page(do="keeping.hold")
def new_hold(request: Asked) -> HttpResponse:
    """Place a hold on one's own district."""
    own = required_district(request)
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
def take_own(request: Asked) -> StreamingHttpResponse:
    """All that is one's own, as a file."""
    response = StreamingHttpResponse(own_pieces(request.actor), content_type="application/zip")
    name = f"{request.actor.partnership.pk}-own-{timezone.localdate()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(see="keeping.leave", do="keeping.leave")
def leave_partnership(request: Asked) -> HttpResponse:
    """What goes and what stays; then, with its name typed, the district leaves."""
    own = required_district(request)
    form = LeaveForm(request.POST or None, district=own)
    if request.method == "POST" and form.is_valid():
        leave(own, by=request.actor, today=timezone.localdate())
        messages.success(request, f"{own.name} has left. Today is its last day here.")
        return redirect("way-in")
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "own": own, "agreed": agreed(request.actor.partnership)}
    return render(request, "keeping/leave.html", shown, status=status)
