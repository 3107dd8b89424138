"""The pages of meetings: the list, planning, the meeting itself, its minutes, the calendar."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accord.base.errors import AccordError
from accord.workspace.actions.models import Action
from accord.workspace.actions.states import UNFINISHED
from accord.workspace.meetings.agenda import fill, following
from accord.workspace.meetings.calendar import calendar_bytes, link_of, renew_link
from accord.workspace.meetings.closing import unsettled
from accord.workspace.meetings.forms import PlanForm
from accord.workspace.meetings.minutes import actions_of, mail, pdf_bytes
from accord.workspace.meetings.models import Meeting
from accord.workspace.meetings.rows import item_row
from accord.workspace.meetings.running import begin, close
from accord.workspace.permissions.actor import actor_in
from accord.workspace.permissions.pages import Asked, outside, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.trail.writing import record


@page(see="meetings.see")
def meetings(request: Asked) -> HttpResponse:
    """What comes, and what was."""
    seen = listing(request.actor, "meetings.see", Meeting).select_related("host")
    now = timezone.now()
    return render(
        request,
        "meetings/meetings.html",
        {
            "coming": [one for one in seen if not one.is_closed],
            "past": [one for one in reversed(seen) if one.is_closed],
            "now": now,
            "may_plan": may(request.actor, "meetings.run"),
        },
    )


@page(see="meetings.run", do="meetings.run")
def plan(request: Asked) -> HttpResponse:
    """Plan a meeting: its agenda is made from the charter's indicators."""
    actor = request.actor
    form = PlanForm(request.POST or None, partnership=actor.partnership)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            meeting = Meeting.objects.create(
                partnership=actor.partnership,
                author=actor.person,
                made_at=timezone.now(),
                title=form.cleaned_data["title"],
                starts_at=form.starts_at(),
                minutes=form.cleaned_data["minutes"],
                place=form.cleaned_data["place"],
                host=form.cleaned_data["host"],
            )
            fill(meeting)
            record("planned", meeting, by=actor.name, chain=actor.partnership.pk)
        messages.success(request, "The agenda is made. You alone see it until you send it.")
        return redirect("meeting", actor.partnership.pk, meeting.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/plan.html", {"form": form}, status=status)


@page(see="meetings.see")
def meeting(request: Asked, pk: int) -> HttpResponse:
    """A meeting: its agenda before, the table during, its record after."""
    found = find(request.actor, "meetings.see", Meeting, pk)
    return render(request, "meetings/meeting.html", shown_of(request, found))


def shown_of(request: Asked, meeting: Meeting) -> dict[str, object]:
    """The context of a meeting's page."""
    runs = may_to(request.actor, "meetings.run", meeting)
    items = meeting.items.select_related("evidence").prefetch_related("actions__owners__district")
    rows = [item_row(item, meeting, may_run=runs) for item in items]
    carried = listing(request.actor, "actions.see", Action).filter(
        agenda_items__meeting__starts_at__lt=meeting.starts_at, status__in=UNFINISHED
    )
    return {
        "meeting": meeting,
        "focus": [row for row in rows if row.item.in_focus],
        "others": [row for row in rows if not row.item.in_focus],
        "settled": sum(row.item.is_settled for row in rows if row.item.indicator),
        "indicators": sum(bool(row.item.indicator) for row in rows),
        "minutes_used": sum(row.item.minutes for row in rows),
        "attendances": meeting.attendances.select_related("position__district", "person"),
        "carried": carried.distinct().prefetch_related("owners__district")[:40],
        "arisen": actions_of(meeting),
        "next": following(meeting),
        "runs": runs,
        "may_send": Visibility(meeting.visibility).width < Visibility.PARTNERS.width
        and may_to(request.actor, "meetings.share", meeting),
        "may_publish": meeting.is_closed
        and meeting.visibility == Visibility.PARTNERS
        and may_to(request.actor, "meetings.share", meeting),
        "unsettled": list(unsettled(meeting)) if meeting.is_under_way and runs else [],
        "today": timezone.localdate(),
    }


@page(do="meetings.run")
def begin_meeting(request: Asked, pk: int) -> HttpResponse:
    """Open the meeting: from here it is run on its page."""
    found = find(request.actor, "meetings.run", Meeting, pk)
    begin(found, by=request.actor.writer())
    return redirect("meeting", found.partnership_id, found.pk)


@page(do="meetings.run")
def close_meeting(request: Asked, pk: int) -> HttpResponse:
    """End the meeting, once everything on it is settled; say all that is not."""
    found = find(request.actor, "meetings.run", Meeting, pk)
    try:
        close(found, by=request.actor.writer())
    except AccordError as error:
        shown = shown_of(request, found) | {"problems": error.problems}
        return render(request, "meetings/meeting.html", shown, status=422)
    messages.success(request, "The meeting is closed. Its minutes are ready to be sent.")
    return redirect("minutes", found.partnership_id, found.pk)


@page(do="meetings.run")
def attendance(request: Asked, pk: int) -> HttpResponse:
    """Who is there."""
    found = find(request.actor, "meetings.run", Meeting, pk)
    there = set(request.POST.getlist("there"))
    for one in found.attendances.all():
        one.was_there = str(one.pk) in there
        one.save(update_fields=["was_there"])
    record("noted who was there", found, by=request.actor.name, chain=found.partnership_id)
    messages.success(request, "Noted.")
    return redirect("meeting", found.partnership_id, found.pk)


@page(do="meetings.share")
def share_meeting(request: Asked, pk: int) -> HttpResponse:
    """Send the agenda to the partners; publish a closed meeting's minutes."""
    found = find(request.actor, "meetings.share", Meeting, pk)
    public = found.is_closed and found.visibility == Visibility.PARTNERS
    widen(found, Visibility.PUBLIC if public else Visibility.PARTNERS, by=request.actor)
    messages.success(
        request, "Everybody can read these minutes." if public else "The partners see it now."
    )
    return redirect("meeting", found.partnership_id, found.pk)


@page(see="meetings.see", do="meetings.run")
def minutes(request: Asked, pk: int) -> HttpResponse:
    """The minutes to read and to print; sent by e-mail from here."""
    act = "meetings.run" if request.method == "POST" else "meetings.see"
    found = find(request.actor, act, Meeting, pk)
    if request.method == "POST":
        link = request.build_absolute_uri(reverse("minutes", args=[found.partnership_id, pk]))
        message = mail(found, link)
        message.send()
        record("mailed the minutes", found, by=request.actor.name, chain=found.partnership_id)
        messages.success(request, f"The minutes went to {len(message.to)} people.")
        return redirect("minutes", found.partnership_id, pk)
    shown = shown_of(request, found) | {"may_mail": may_to(request.actor, "meetings.run", found)}
    return render(request, "meetings/minutes.html", shown)


@page(see="meetings.see")
def minutes_pdf(request: Asked, pk: int) -> HttpResponse:
    """The minutes as PDF."""
    found = find(request.actor, "meetings.see", Meeting, pk)
    response = HttpResponse(pdf_bytes(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="minutes-{pk}.pdf"'
    return response


@page(see="meetings.see")
def meeting_ics(request: Asked, pk: int) -> HttpResponse:
    """One meeting for a calendar."""
    found = find(request.actor, "meetings.see", Meeting, pk)
    return _calendar(request, [found], found.title)


@page(see="calendar.see", do="calendar.see")
def calendar_link(request: Asked) -> HttpResponse:
    """The address of one's own feed, shown once when it is made."""
    address = None
    if request.method == "POST":
        secret = renew_link(request.actor.writer(), request.actor.partnership)
        address = request.build_absolute_uri(reverse("calendar-feed", args=[secret]))
    return render(request, "meetings/calendar_link.html", {"address": address})


@outside("whoever holds the feed's secret reads with its owner's eyes, titles and times only")
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """All meetings that the owner of the feed may see today, for their calendar."""
    link = link_of(secret)
    if link is None:
        raise Http404
    actor = actor_in(link.partnership, link.person, timezone.localdate())
    seen = listing(actor, "meetings.see", Meeting)
    return _calendar(request, list(seen), link.partnership.name)


def _calendar(request: HttpRequest, found: list[Meeting], name: str) -> HttpResponse:
    pairs = [
        (
            one,
            request.build_absolute_uri(reverse("meeting", args=[one.partnership_id, one.pk])),
        )
        for one in found
    ]
    response = HttpResponse(calendar_bytes(pairs, name), content_type="text/calendar")
    response["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    return response
