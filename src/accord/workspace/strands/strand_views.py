"""The strands side by side, and one strand: its work, who took part, its schools' own plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accord.charter.model import Strand
from accord.workspace.people.models import District
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import listing, may
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.strands.engagement import Engagement, engagement
from accord.workspace.strands.models import Contact, SchoolPlan, Work
from accord.workspace.strands.modes import Mode


@dataclass(frozen=True)
class ModeRow:
    """A way of working with its works: those that go on first."""

    mode: Mode
    works: tuple[Work, ...]


@dataclass(frozen=True)
class StrandRow:
    """A strand with who leads it in each district, its works, and who took part."""

    strand: Strand
    leads: tuple[tuple[District, str], ...]
    modes: tuple[ModeRow, ...]
    going_on: int
    engagement: Engagement


@page(see="strands.see")
def strands(request: Asked) -> HttpResponse:
    """All strands, each with how the districts work together in it."""
    rows = _rows(request)
    shared = max((row.engagement.most for row in rows), default=0)
    return render(
        request,
        "strands/strands.html",
        {"rows": _rows(request, most=shared), "works": sum(row.going_on for row in rows)},
    )


@page(see="strands.see")
def strand(request: Asked, strand: str) -> HttpResponse:
    """One strand."""
    row = next((one for one in _rows(request) if one.strand.id == strand), None)
    if row is None:
        raise Http404
    plans = sorted(
        listing(request.actor, "plans.see", SchoolPlan)
        .filter(strand=strand)
        .select_related("district"),
        key=lambda plan: (plan.district.order if plan.district else 0, plan.school),
    )
    return render(
        request,
        "strands/strand.html",
        {
            "row": row,
            "plans": plans,
            "sees_plans": may(request.actor, "plans.see"),
            "may_write": may(request.actor, "work.write"),
            "may_plan": may(request.actor, "plans.write"),
            "sees_partners": may(request.actor, "actions.see"),
            "today": timezone.localdate(),
        },
    )


def works_of(request: Asked) -> list[Work]:
    """The works that somebody sees."""
    seen = listing(request.actor, "work.see", Work)
    return list(seen.select_related("helper", "helped", "district"))


def _rows(request: Asked, most: int = 0) -> list[StrandRow]:
    partnership, today = request.actor.partnership, timezone.localdate()
    districts, works = list(partnership.districts.all()), works_of(request)
    contacts = list(
        Contact.objects.filter(work__in=works).select_related("work").prefetch_related("presences")
    )
    return [
        StrandRow(
            one,
            tuple((district, one.leads.get(district.code, "vacant")) for district in districts),
            mode_rows([work for work in works if work.strand == one.id], today),
            sum(work.strand == one.id and _goes_on(work, today) for work in works),
            engagement(
                [contact for contact in contacts if contact.work.strand == one.id],
                districts,
                one.start,
                today,
                most=most,
            ),
        )
        for one in charter_now(partnership).strands
    ]


def mode_rows(works: Sequence[Work], today: date) -> tuple[ModeRow, ...]:
    """The works by way of working; a way that nobody uses is left out."""
    rows = (
        ModeRow(
            mode,
            tuple(
                sorted(
                    (work for work in works if work.mode == mode),
                    key=lambda work: not _goes_on(work, today),
                )
            ),
        )
        for mode in Mode
    )
    return tuple(row for row in rows if row.works)


def _goes_on(work: Work, today: date) -> bool:
    return work.until is None or work.until >= today
