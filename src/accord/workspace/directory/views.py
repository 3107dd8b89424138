"""Who is who in each district, side by side; vacancies; inviting; the trail of acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accord.workspace.people.holding import held
from accord.workspace.people.models import District, Pairing, Partnership, Position, Seat
from accord.workspace.people.pairing import pairs_of, unmatched
from accord.workspace.people.roles import Role
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import may, may_in
from accord.workspace.signin.forms import InviteForm
from accord.workspace.signin.invitations import invite
from accord.workspace.trail.models import Event
from accord.workspace.trail.writing import problems

_EVENTS_A_PAGE = 50
_SOON = timedelta(days=60)


@dataclass(frozen=True)
class Chair:
    """A position with who holds it today; nobody where it is vacant."""

    position: Position
    seat: Seat | None
    may_invite: bool


@dataclass(frozen=True)
class RoleRow:
    """The positions of one role, for each district in order."""

    role: str
    cells: tuple[tuple[District, tuple[Chair, ...]], ...]


@page(see="people.see")
def people(request: Asked) -> HttpResponse:
    """Positions side by side, so that everybody finds their peer; vacant ones are shown."""
    partnership = request.actor.partnership
    chairs = _chairs(request)
    districts = list(partnership.districts.all())
    alone = unmatched((item.position for item in chairs), pairs_of(partnership))
    rows = [
        RoleRow(
            role.label,
            tuple(
                (one, tuple(item for item in chairs if _is(item.position, role, one)))
                for one in districts
            ),
        )
        for role in Role
        if any(item.position.role == role and item.position.district for item in chairs)
    ]
    return render(
        request,
        "directory/people.html",
        {
            "rows": rows,
            "third_parties": [item for item in chairs if item.position.district is None],
            "vacant": sum(item.seat is None for item in chairs),
            "pairings": Pairing.objects.filter(first__partnership=partnership).select_related(
                "first__district", "second__district"
            ),
            "unmatched": [
                (one, [item for item in alone if item.district_id == one.pk]) for one in districts
            ],
            "ending": [item.seat for item in chairs if item.seat and _ends_soon(item.seat)],
        },
    )


@page(see="people.invite", do="people.invite")
def invite_somebody(request: Asked, pk: int) -> HttpResponse:
    """Invite somebody into a position of one's own district."""
    partnership = request.actor.partnership
    position = get_object_or_404(Position, pk=pk, partnership=partnership)
    if not may_in(request.actor, "people.invite", position.district_id) and position.district:
        raise Http404
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation, secret = invite(
            position,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            until=form.cleaned_data["until"],
            by=request.actor.writer(),
        )
        link = request.build_absolute_uri(reverse("invitation", args=[secret]))
        shown = {"invitation": invitation, "link": link, "partnership": partnership}
        send_mail(
            f"Invitation: {partnership.name}",
            render_to_string("directory/invitation_mail.txt", shown),
            None,
            [invitation.email],
        )
        messages.success(request, f"An invitation went to {invitation.email}. It lasts a week.")
        return redirect("people", partnership.pk)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "directory/invite.html", {"form": form, "position": position}, status=status
    )


@page(see="trail.see")
def trail(request: Asked) -> HttpResponse:
    """What was done, by whom and when; and whether the chain holds."""
    chain = request.actor.partnership.pk
    events = Event.objects.filter(chain=chain).order_by("-sequence")
    found = Paginator(events, _EVENTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/trail.html", {"events": found, "problems": problems(chain)})


def _chairs(request: Asked) -> list[Chair]:
    partnership: Partnership = request.actor.partnership
    seats = {
        seat.position_id: seat
        for seat in Seat.objects.filter(
            held(timezone.localdate()), position__partnership=partnership
        ).select_related("person")
    }
    may_at_all = may(request.actor, "people.invite")
    return [
        Chair(
            position,
            seats.get(position.pk),
            may_at_all
            and (
                position.district_id is None
                or may_in(request.actor, "people.invite", position.district_id)
            ),
        )
        for position in partnership.positions.select_related("district")
    ]


def _ends_soon(seat: Seat) -> bool:
    return seat.until is not None and seat.until <= timezone.localdate() + _SOON


def _is(position: Position, role: Role, district: District) -> bool:
    return position.role == role and position.district_id == district.pk
