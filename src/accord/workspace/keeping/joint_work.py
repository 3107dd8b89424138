"""What a district wrote of the joint work: what it takes out, and what ends when it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from accord.base.errors import AccordError
from accord.workspace.commitments.models import Commitment, Resource, Waiver
from accord.workspace.founding.models import Letter, Readiness
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.keeping.zipping import Inside
from accord.workspace.library.models import Document, Practice, Quotation, Upload
from accord.workspace.library.uploads import pieces_of
from accord.workspace.people.models import District
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import listing
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.sealing.fields import texts_of
from accord.workspace.strands.models import SchoolPlan, Work

Joint = (
    Inquiry
    | Work
    | SchoolPlan
    | Commitment
    | Resource
    | Waiver
    | Practice
    | Document
    | Quotation
    | Letter
    | Readiness
)

SEEN_BY: Mapping[type[Joint], str] = {
    Inquiry: "inquiries.see",
    Work: "work.see",
    SchoolPlan: "plans.see",
    Commitment: "commitments.see",
    Resource: "commitments.see",
    Waiver: "commitments.see",
    Practice: "library.see",
    Document: "library.see",
    Quotation: "quotations.see",
    Letter: "letters.see",
    Readiness: "conditions.see",
}
"""Each kind of joint work, and the act that sees it."""


def private_of(district: District) -> Iterator[Joint]:
    """What a district wrote and shared with no partner, and whose texts are still there."""
    wide = [one for one in Visibility if one.width >= Visibility.PARTNERS.width]
    for kind in SEEN_BY:
        rows = kind._default_manager.filter(district=district, expired_at=None)
        yield from rows.exclude(visibility__in=wide)


def taken_by(actor: Actor) -> list[dict[str, Any]]:
    """All joint work of somebody's own district that they see, and what they wrote, with its parts.

    Texts are by the name of their field; one whose key is locked says so in its place.
    """
    own = Q(district=actor.district) | Q(author=actor.person)
    return [
        {
            "kind": str(kind._meta.verbose_name),
            "made_at": thing.made_at.isoformat(),
            "seen_by": thing.visibility,
            "texts": [texts_of(part) for part in thing.parts()],
        }
        for kind, act in SEEN_BY.items()
        for thing in listing(actor, act, kind).filter(own)
    ]


def brought_by(actor: Actor) -> tuple[list[Inside], dict[str, str]]:
    """The files of what `taken_by` gives, in the clear; and those that can't be given, with why."""
    own = Q(district=actor.district) | Q(author=actor.person)
    inside, left_out = [], {}
    for kind, act in SEEN_BY.items():
        for thing in listing(actor, act, kind).filter(own):
            for part in thing.parts():
                if isinstance(part, Upload):
                    try:
                        inside.append(Inside(f"files/{part.pk}-{part.name}", pieces_of(part)))
                    except AccordError as error:
                        left_out[f"files/{part.pk}"] = error.problems[0].what
    return inside, left_out
