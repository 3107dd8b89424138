"""The acts on an exploration letter: both superintendents agree, and one says how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accord.base.errors import RefusedError, StateError
from accord.base.words import day_words, list_words
from accord.workspace.founding.kinds import Outcome
from accord.workspace.founding.models import Agreement, Letter
from accord.workspace.people.models import District
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.table import ACTS
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.sealing.fields import require_open
from accord.workspace.trail.writing import record


@transaction.atomic
def agree(letter: Letter, *, by: Actor, today: date) -> Agreement:
    """Agree to a letter for one's own district. The trail keeps which document it was.

    Raises `RefusedError` where the partners don't see the letter yet or its time is over, and
    `StateError` where the district has agreed already.
    """
    if Visibility(letter.visibility).width < Visibility.PARTNERS.width:
        raise RefusedError.because(
            "Your partner doesn’t see this letter yet.", "Share it with the partners first."
        )
    if letter.outcome or letter.until < today:
        raise RefusedError.because(
            "The time of this letter is over.", "Write a new one, and bring it here."
        )
    own = own_district(by)
    assert own is not None
    district = District.objects.get(pk=own)
    if letter.agreements.filter(district=district).exists():
        raise StateError.because(f"{district} has agreed already.", "Nothing needs to be done.")
    made = Agreement.objects.create(
        letter=letter, district=district, by=by.writer(), at=timezone.now()
    )
    record("agreed to explore", made, by=by.name, chain=letter.partnership_id,
           letter=letter.pk, file=letter.upload.hash)  # fmt: skip
    return made


@transaction.atomic
def end(letter: Letter, outcome: Outcome, words: str, *, by: Actor, today: date) -> None:
    """Say what a letter led to. Any superintendent may: either may end it by saying so.

    Raises `StateError` where it has ended already or no charter is in force that it could have led
    to, and `RefusedError` where that charter is older than the letter.
    """
    if letter.outcome:
        raise StateError.because("This letter has ended already.", "Nothing needs to be done.")
    if outcome is Outcome.CHARTER:
        founded = charter_now(letter.partnership).partnership.founded
        if founded < letter.since:
            raise RefusedError.because(
                f"The charter was founded on {day_words(founded)}, before this letter began.",
                "Say that it ended without a charter, or look at its days again.",
            )
        today = founded
    require_open(letter)
    letter.outcome, letter.ended_on, letter.ended_words = outcome, today, words
    letter.save(update_fields=["outcome", "ended_on", "ended_words"])
    record("ended an exploration", letter, by=by.name, chain=letter.partnership_id,
           outcome=outcome.value)  # fmt: skip


def require_open_to_change(letter: Letter) -> None:
    """Raises `RefusedError` once somebody has agreed to it."""
    if letter.agreements.exists():
        raise RefusedError.because(
            "Somebody has agreed to this letter. What was agreed to doesn’t change.",
            "Bring a new letter, and let both agree to that.",
        )


def own_district(by: Actor) -> int | None:
    """The district that somebody agrees for: where they are superintendent."""
    return next(iter(sorted(by.districts_as(ACTS["letters.agree"].roles))), None)


@dataclass(frozen=True)
class Standing:
    """How a letter stands on a day, in words; `places` has each district with its agreement."""

    letter: Letter
    places: tuple[tuple[District, Agreement | None], ...]
    words: str
    is_open: bool


def standing(letter: Letter, districts: list[District], today: date) -> Standing:
    """How a letter stands. `is_open` while it can be agreed to."""
    agreed = {one.district_id: one for one in letter.agreements.all()}
    places = tuple((district, agreed.get(district.pk)) for district in districts)
    missing = [district.short for district, one in places if one is None]
    is_over = letter.until < today
    if letter.outcome == Outcome.CHARTER and letter.ended_on:
        words = f"It led to the charter founded on {day_words(letter.ended_on)}"
    elif letter.outcome and letter.ended_on:
        words = f"It ended without a charter on {day_words(letter.ended_on)}"
    elif is_over:
        words = f"Its time was over on {day_words(letter.until)}; nobody has said what it led to"
    elif missing:
        heads = "superintendent" if len(missing) == 1 else "superintendents"
        words = f"Waits for the {heads} of {list_words(missing)}"
    else:
        words = f"Agreed to by all, until {day_words(letter.until)}"
    return Standing(letter, places, words, not letter.outcome and not is_over)
