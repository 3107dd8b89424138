"""What goes out of the joint work: inquiries, works, plans, commitments and the library.

Each derives from its row's fields; a text that needs a district's key, which no token has, is
empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema
from pydantic import Field, field_validator

from accord.workspace.api.schemas import Width
from accord.workspace.commitments.models import Commitment, Resource
from accord.workspace.founding.models import Letter
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.permissions.shared import Shared
from accord.workspace.sealing.shut import Shut
from accord.workspace.strands.models import Contact, Work


class Opened(Schema):
    """Some of a row, without what is sealed."""

    @field_validator("*", mode="before")
    @classmethod
    def without_sealed_text(cls, value: Any) -> Any:
        return "" if isinstance(value, Shut) else value


class SharedOut(Opened):
    """What every thing has that people share; `is_sealed` where its texts need a key."""

    id: int
    district: str | None
    author: str
    made_at: datetime
    seen_by: Width = Field(alias="visibility")
    is_sealed: bool = Field(alias="is_shut")

    @staticmethod
    def resolve_district(thing: Shared) -> str | None:
        return thing.district.code if thing.district else None

    @staticmethod
    def resolve_author(thing: Shared) -> str:
        return thing.author.name if thing.author else ""


class ExhibitOut(Opened):
    evidence: str = Field(alias="evidence.hash")
    words: str


class CauseOut(Opened):
    """A cause; `under` is the id of the cause that it explains."""

    id: int
    under: int | None = Field(alias="under_id")
    statement: str
    sure: str
    source: str


class PredictionOut(Opened):
    words: str
    expected: str
    look_on: date
    at: datetime
    hash: str


class TrialOut(Opened):
    number: int
    cause: int | None = Field(alias="cause_id")
    predictions: list[PredictionOut]
    plan: str
    done: str
    result: str
    verdict: str
    next: str
    because: str


class LetterOut(SharedOut):
    """An exploration letter, who agreed to it (by their district's code), and what it led to."""

    title: str
    looks_into: str
    since: date
    until: date
    agreed: list[str]
    outcome: str
    ended_on: date | None
    ended_words: str

    @staticmethod
    def resolve_agreed(letter: Letter) -> list[str]:
        return [one.district.code for one in letter.agreements.all()]


class InquiryOut(SharedOut):
    """An inquiry, from its question to what was learned."""

    question: str
    reason: str
    strand: str
    stage: str
    exhibits: list[ExhibitOut]
    causes: list[CauseOut]
    trials: list[TrialOut]
    learned: str
    learned_at: datetime | None

    @staticmethod
    def resolve_causes(inquiry: Inquiry) -> list[object]:
        return [one for one in inquiry.causes.all() if one.removed_at is None]


class VersionOut(Opened):
    label: str
    on: date
    words: str


class ContactOut(Opened):
    """A day on which people met: how many of each district, by its code."""

    on: date
    kind: str
    words: str
    people: dict[str, int]

    @staticmethod
    def resolve_people(contact: Contact) -> dict[str, int]:
        return {one.district.code: one.people for one in contact.presences.all()}


class WorkOut(SharedOut):
    """A joint work. Which of its fields are filled follows from its mode."""

    strand: str
    mode: str
    title: str
    detail: str
    since: date
    until: date | None
    helper: str | None = Field(None, alias="helper.code")
    helped: str | None = Field(None, alias="helped.code")
    subject: str
    need: str
    product: str
    organisation: str
    secured: str
    amount: Decimal | None
    versions: list[VersionOut] = Field(alias="product_versions")
    contacts: list[ContactOut]

    @staticmethod
    def resolve_contacts(work: Work) -> Iterable[Contact]:
        return [one for one in work.contacts.all() if one.taken_back_at is None]


class PlanOut(SharedOut):
    """Where a school's own plan takes up a strand."""

    strand: str
    school: str
    plan: str
    words: str
    link: str


class GiftOut(Opened):
    on: date
    amount: Decimal
    words: str


class CommitmentOut(SharedOut):
    """What a district promised, in `unit`, and what was given of it."""

    kind: str
    unit: str
    what: str
    strand: str
    promised: Decimal
    since: date
    until: date
    where: str
    gifts: list[GiftOut]

    @staticmethod
    def resolve_gifts(commitment: Commitment) -> list[object]:
        return [one for one in commitment.gifts.all() if one.taken_back_at is None]


class ResourceOut(SharedOut):
    """Something shared, its cost a year, and what each district pays, by its code."""

    kind: str
    what: str
    detail: str
    cost: Decimal
    since: date
    until: date | None
    shares: dict[str, Decimal]

    @staticmethod
    def resolve_shares(resource: Resource) -> dict[str, Decimal]:
        return {one.district.code: one.amount for one in resource.shares.all()}


class WaiverOut(SharedOut):
    """A rule set aside, and the benchmark given in return."""

    fund: str
    code: str
    rule: str
    condition: str
    consultation: str
    consulted_on: date | None
    approval: str
    approved_on: date | None
    expires_on: date | None
    indicator: str
    benchmark: str


class StanceOut(Opened):
    district: str = Field(alias="district.code")
    choice: str
    why: str
    at: datetime


class PracticeOut(SharedOut):
    """A practice, and what each district made of it, the newest first."""

    title: str
    what: str
    strand: str
    evidence: str
    stances: list[StanceOut]


class DocumentOut(SharedOut):
    """A document; its file is read on the page."""

    title: str
    about: str
    file: str = Field(alias="upload.name")
    kind: str = Field(alias="upload.kind")
    size: int = Field(alias="upload.size")
    hash: str = Field(alias="upload.hash")


class QuotationOut(SharedOut):
    """Somebody's words; approved or not yet."""

    words: str
    called: str
    said_on: date
    occasion: str
    approved_at: datetime | None
