"""Asking for consent to an edition, answering, and what may leave then."""

from __future__ import annotations

from django.utils import timezone

from accord.base.canonical import content_hash
from accord.base.errors import RefusedError, StateError
from accord.base.words import list_words
from accord.workspace.editions.models import Answer, Edition
from accord.workspace.indicators.figures import Figures, figures_from
from accord.workspace.people.models import District
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.releases.models import Arrival
from accord.workspace.sealing.fields import require_open
from accord.workspace.trail.writing import record


def ask(edition: Edition, *, by: Actor) -> None:
    """Freeze an edition, and ask every other district whose figures it shows for its consent.

    Raises `StateError` where it was asked for already, or its words are under a locked key.
    """
    if edition.asked_at is not None:
        raise StateError.because(
            "Consent to this edition was asked already.", "Prepare another, if it is to change."
        )
    require_open(edition)
    edition.asked_at, edition.hash = timezone.now(), content_hash(edition.body())
    edition.save(update_fields=["asked_at", "hash"])
    shown = {row.district_id for row in figures_of_edition(edition).shown}
    for district in District.objects.filter(pk__in=shown):
        if district.pk != edition.district_id:
            Answer.objects.create(edition=edition, district=district)
    widen(edition, Visibility.PARTNERS, by=by)
    record("asked for consent", edition, by=by.name, chain=by.partnership.pk, hash=edition.hash)


def answer(
    edition: Edition, kind: Answer.Kind, reply: str, *, by: Actor, overlooked: tuple[str, ...] = ()
) -> Answer:
    """Consent to an edition for one's district or refuse, with a reply that stands beside it.

    A district may answer anew; what was taken out before stays out. Raises `RefusedError` where its
    consent was not asked, `StateError` where the edition is not what was asked for.
    """
    found = edition.answers.filter(district=by.district).first()
    if found is None:
        raise RefusedError.because(
            "Your district’s consent to this edition was not asked.",
            "It holds none of your figures, or it is your own.",
        )
    if not edition.is_as_asked:
        raise StateError.because(
            "This edition was changed since consent was asked.", "Ask for a new one."
        )
    found.kind, found.reply, found.by, found.at = kind, reply, by.writer(), timezone.now()
    found.save()
    record(
        "answered an edition",
        edition,
        by=by.name,
        chain=by.partnership.pk,
        district=found.district_id,
        answer=kind.value,
        reply=content_hash(reply) if reply else None,
        overlooked=list(overlooked) or None,
    )
    return found


def require_consent(edition: Edition) -> None:
    """Raises `StateError` where the edition may not leave: who has not consented is named."""
    if edition.asked_at is None or not edition.is_as_asked:
        raise StateError.because(
            "Nobody was asked for consent to this edition as it stands.", "Ask for it first."
        )
    missing = [
        f"{one.district} {one.get_kind_display()}"
        for one in edition.answers.select_related("district")
        if one.kind != Answer.Kind.CONSENTS
    ]
    if missing:
        raise StateError.because(
            f"This edition may not leave: {list_words(missing)}.",
            "Talk to them. What they reply stands beside the figures.",
        )


def figures_of_edition(edition: Edition) -> Figures:
    """The figures that an edition shows: those of its releases, whatever came after.

    Raises `StateError` where one of them was withdrawn.
    """
    rows = Arrival.objects.filter(
        partnership=edition.partnership,
        release__in=edition.releases,
        state=Arrival.State.RECEIVED,
    ).select_related("district")
    if len(rows) != len(edition.releases):
        raise StateError.because(
            "A release that this edition shows is not here any more.", "Prepare another edition."
        )
    return figures_from(edition.partnership, edition.audience, list(rows))


def lines_beside(edition: Edition) -> list[tuple[str, str]]:
    """What stands before the figures: the words, every reply, and who consented to what."""
    lines = [("This edition", f"{edition.title}, for {edition.readers}")]
    if edition.words:
        lines.append((f"{edition.district or 'The author'} writes", edition.words))
    for one in edition.answers.select_related("district"):
        if one.reply:
            lines.append((f"{one.district} replies", one.reply))
        lines.append((f"{one.district}", f"{one.get_kind_display()} to this edition"))
    return [*lines, ("Consented to", edition.hash)]
