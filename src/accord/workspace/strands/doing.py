"""The acts on joint work: noting who met, taking that back, and adding a version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from accord.base.errors import RefusedError
from accord.workspace.people.models import District, Person
from accord.workspace.strands.models import Contact, Presence, Version, Work
from accord.workspace.strands.modes import Kind
from accord.workspace.trail.writing import record


@transaction.atomic
def meet(
    work: Work,
    on: date,
    kind: Kind,
    people: Mapping[District, int],
    *,
    by: Person,
    words: str = "",
    at: datetime | None = None,
) -> Contact:
    """Note that people met for a work: how many of each district."""
    contact = Contact.objects.create(work=work, on=on, kind=kind, words=words, by=by)
    for district, count in people.items():
        Presence.objects.create(contact=contact, district=district, people=count)
    chain = work.partnership_id
    record("noted a contact", contact, by=by.email, chain=chain, at=at, work=work.pk)
    return contact


@transaction.atomic
def take_back(contact: Contact, *, by: Person) -> None:
    """Take a contact back that was noted by a slip, or let it count again."""
    act = "took back a contact" if contact.take_back() else "let a contact count again"
    record(act, contact, by=by.email, chain=contact.work.partnership_id)


@transaction.atomic
def add_version(
    work: Work, label: str, on: date, words: str, *, by: Person, at: datetime | None = None
) -> Version:
    """Add a version of what is made together. Raises `RefusedError` for a label that is taken."""
    if work.product_versions.filter(label=label).exists():
        raise RefusedError.because(
            f"There is a version “{label}” already.", "Give this one another name."
        )
    made = Version.objects.create(work=work, label=label, on=on, words=words, by=by)
    record("added a version", made, by=by.email, chain=work.partnership_id, at=at, work=work.pk)
    return made
