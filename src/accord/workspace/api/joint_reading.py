"""The operations that read the joint work: a list and one thing of each kind, as the pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accord.workspace.api.joint_schemas import (
    CommitmentOut,
    DocumentOut,
    InquiryOut,
    LetterOut,
    PlanOut,
    PracticeOut,
    QuotationOut,
    ResourceOut,
    SharedOut,
    WaiverOut,
    WorkOut,
)
from accord.workspace.api.paging import Asked, Chosen, Page, page_of
from accord.workspace.api.problems import WRONG
from accord.workspace.api.reading import Id, Slug, caller, router
from accord.workspace.commitments.models import Commitment, Resource, Waiver
from accord.workspace.founding.models import Letter
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.models import Document, Practice, Quotation
from accord.workspace.permissions.rules import listing
from accord.workspace.permissions.shared import Shared
from accord.workspace.strands.models import SchoolPlan, Work


@dataclass(frozen=True)
class Kind:
    """A kind of thing: who sees it, how it goes out, and what is read together with it."""

    rows: type[Shared]
    act: str
    out: type[SharedOut]
    also: tuple[str, ...] = ()


KINDS: Mapping[tuple[str, str], Kind] = {
    ("letters", "letter"): Kind(Letter, "letters.see", LetterOut, ("agreements__district",)),
    ("inquiries", "inquiry"): Kind(
        Inquiry, "inquiries.see", InquiryOut,
        ("exhibits__evidence", "causes", "trials__predictions"),
    ),
    ("works", "work"): Kind(
        Work, "work.see", WorkOut,
        ("helper", "helped", "product_versions", "contacts__presences__district"),
    ),
    ("plans", "plan"): Kind(SchoolPlan, "plans.see", PlanOut),
    ("commitments", "commitment"): Kind(Commitment, "commitments.see", CommitmentOut, ("gifts",)),
    ("resources", "resource"): Kind(
        Resource, "commitments.see", ResourceOut, ("shares__district",)
    ),
    ("waivers", "waiver"): Kind(Waiver, "commitments.see", WaiverOut),
    ("practices", "practice"): Kind(
        Practice, "library.see", PracticeOut, ("stances__district",)
    ),
    ("documents", "document"): Kind(Document, "library.see", DocumentOut, ("upload",)),
    ("quotations", "quotation"): Kind(Quotation, "quotations.see", QuotationOut),
}  # fmt: skip
"""By what many and one of them are called in addresses."""


def _read(many: str, one: str, kind: Kind) -> None:
    """Both operations of a kind."""

    def every(request: HttpRequest, partnership: Slug, asked: Asked) -> Chosen:
        return page_of(_seen(request, kind), asked)

    def single(request: HttpRequest, partnership: Slug, pk: Id) -> Shared:
        return get_object_or_404(_seen(request, kind), pk=pk)

    router.get(
        f"/{many}", url_name=f"api-{many}", operation_id=many,
        response={200: Page[kind.out], **WRONG},  # type: ignore[name-defined]
        summary=f"The {many} that the token's person sees",
    )(every)  # fmt: skip
    router.get(
        f"/{many}/{{pk}}", url_name=f"api-{one}", operation_id=one,
        response={200: kind.out, **WRONG}, summary=f"One {one}",
    )(single)  # fmt: skip


def _seen(request: HttpRequest, kind: Kind) -> QuerySet[Shared]:
    seen = listing(caller(request), kind.act, kind.rows)
    return seen.select_related("district", "author").prefetch_related(*kind.also)


for (many, one), kind in KINDS.items():
    _read(many, one, kind)
