"""The acts on commitments: noting what was given, taking that back, sharing a cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accord.workspace.commitments.models import Commitment, CostShare, Gift, Resource
from accord.workspace.people.models import District, Person
from accord.workspace.trail.writing import record


@transaction.atomic
def give(
    commitment: Commitment,
    on: date,
    amount: Decimal,
    *,
    by: Person,
    words: str = "",
    at: datetime | None = None,
) -> Gift:
    """Note what was given of a commitment."""
    gift = Gift.objects.create(commitment=commitment, on=on, amount=amount, words=words, by=by)
    chain = commitment.partnership_id
    record("gave", gift, by=by.email, chain=chain, at=at, commitment=commitment.pk)
    return gift


@transaction.atomic
def take_back(gift: Gift, *, by: Person) -> None:
    """Take back what was noted by a slip, or let it count again."""
    act = "took back a gift" if gift.take_back() else "let a gift count again"
    record(act, gift, by=by.email, chain=gift.commitment.partnership_id)


@transaction.atomic
def split_cost(resource: Resource, amounts: Mapping[District, Decimal], *, by: Person) -> None:
    """Say what each district pays of a resource in a year."""
    for district, amount in amounts.items():
        CostShare.objects.update_or_create(
            resource=resource, district=district, defaults={"amount": amount}
        )
    shares = {str(district.pk): str(amount) for district, amount in amounts.items()}
    record("split a cost", resource, by=by.email, chain=resource.partnership_id, shares=shares)
