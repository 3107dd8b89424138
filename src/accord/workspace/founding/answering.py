"""A district's own answers to the conditions, and both districts' side by side.

Each answers by itself first: what the partner shared is shown to a district once it has shared its
own. Answers are never added up: nobody has shown how many conditions are enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accord.base.errors import RefusedError, StateError
from accord.base.words import count_words
from accord.workspace.founding.conditions import Condition, Conditions, load_conditions
from accord.workspace.founding.kinds import Answer
from accord.workspace.founding.models import ConditionAnswer, Readiness
from accord.workspace.people.models import District
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import listing
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.sealing.fields import require_open
from accord.workspace.trail.writing import record


@transaction.atomic
def begin(district: District, *, by: Actor) -> Readiness:
    """Ask a district every condition; its own people see what it answers.

    Raises `StateError` while answers that it has not shared are there already.
    """
    if Readiness.objects.filter(district=district, shared_at=None).exists():
        raise StateError.because(
            f"{district} is answering already.", "Go on with the answers that were begun."
        )
    made = Readiness.objects.create(
        partnership=by.partnership,
        district=district,
        author=by.person,
        visibility=Visibility.DISTRICT,
        made_at=timezone.now(),
    )
    known = load_conditions()
    for condition in known.conditions:
        ConditionAnswer.objects.create(readiness=made, condition=condition.id, asked=condition.asks)
    record("began to answer the conditions", made, by=by.name, chain=by.partnership.pk,
           dated=known.dated.isoformat())  # fmt: skip
    return made


@transaction.atomic
def share_answers(readiness: Readiness, *, by: Actor) -> None:
    """Show a district's answers to its partners. They stand as they are from then on.

    Raises `RefusedError` while a condition is not answered or where they are shared already, and
    `StateError` where the district's key is locked.
    """
    left = count_words(unanswered(readiness), "condition is", "conditions are").capitalize()
    if unanswered(readiness):
        raise RefusedError.because(
            f"{left} not answered.",
            "Answer each first. “We don’t know” is an answer.",
        )
    for answer in readiness.answers.all():
        require_open(answer)
    widen(readiness, Visibility.PARTNERS, by=by)
    readiness.shared_at = timezone.now()
    readiness.save(update_fields=["shared_at"])


def require_unshared(readiness: Readiness) -> None:
    """Raises `RefusedError` once the partners see the answers."""
    if readiness.is_shared:
        raise RefusedError.because(
            "These answers are shared. What others have read doesn’t change under their eyes.",
            "Answer all conditions again: both sets stay, each with its day.",
        )


def unanswered(readiness: Readiness) -> int:
    """How many conditions a district has not answered."""
    return sum(not answer.choice for answer in readiness.answers.all())


@dataclass(frozen=True)
class Row:
    """A condition, the answer of each district in order (none where it is not shown), and what to
    say of them."""

    condition: Condition
    answers: tuple[ConditionAnswer | None, ...]
    finding: str
    differ: bool


@dataclass(frozen=True)
class Sides:
    """What somebody may read of the answers of all districts.

    `now` is the newest set of each district in order, `waiting` the districts whose shared answers
    are held back until the reader's own are shared, `earlier` the sets before the newest.
    """

    known: Conditions
    own: Readiness | None
    now: tuple[Readiness | None, ...]
    rows: tuple[Row, ...]
    waiting: tuple[District, ...]
    earlier: tuple[Readiness, ...]

    @property
    def is_begun(self) -> bool:
        """Whether there is any answer to show, or one held back."""
        return bool(self.waiting) or any(self.now)

    @property
    def shared(self) -> tuple[Readiness, ...]:
        """The newest sets that are shared, in the order of the districts."""
        return tuple(one for one in self.now if one is not None and one.is_shared)

    @property
    def is_whole(self) -> bool:
        """Whether every district's shared answers are shown."""
        return len(self.shared) == len(self.now)

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if row.differ]


def sides_of(actor: Actor) -> Sides:
    """The answers of all districts, as far as `actor` may read them now."""
    districts = list(actor.partnership.districts.all())
    held_back, shown = _parted(actor)
    newest = [
        next((one for one in shown if one.district_id == district.pk), None)
        for district in districts
    ]
    own = next((one for one in newest if one and one.district_id == actor.district), None)
    known = load_conditions()
    return Sides(
        known,
        own,
        tuple(newest),
        tuple(_row(condition, newest) for condition in known.conditions),
        tuple(one for one in districts if one.pk in held_back),
        tuple(one for one in shown if one not in newest),
    )


def readable_answers(actor: Actor) -> list[Readiness]:
    """Every set of answers that `actor` may read now, the newest of a district first."""
    return _parted(actor)[1]


def _parted(actor: Actor) -> tuple[set[int], list[Readiness]]:
    """The districts whose answers are held back from `actor`, and the sets that are not."""
    seen = list(
        listing(actor, "conditions.see", Readiness)
        .select_related("district")
        .prefetch_related("answers")
    )
    has_shared = any(one.is_shared for one in seen if one.district_id == actor.district)
    if actor.district is None or has_shared:
        return set(), seen
    own = [one for one in seen if one.district_id == actor.district]
    return {one.district_id for one in seen if one.district_id and one not in own}, own


def _row(condition: Condition, sets: Sequence[Readiness | None]) -> Row:
    answers = tuple(_answer(one, condition.id) for one in sets)
    given = [
        answer
        for one, answer in zip(sets, answers, strict=True)
        if one and one.is_shared and answer and answer.choice in Answer.values
    ]
    if len(given) < len(sets):
        return Row(condition, answers, "", differ=False)
    choices = {Answer(answer.choice) for answer in given}
    if len(choices) > 1:
        return Row(condition, answers, _DIFFER, differ=True)
    return Row(condition, answers, _AGREED[choices.pop()], differ=False)


_DIFFER = "The districts differ. Tell each other what makes you say so."
_AGREED = {
    Answer.YES: "All say yes.",
    Answer.NOT_YET: "Nobody has this yet. Say who sees to it, or why you begin without it.",
    Answer.UNKNOWN: "Nobody knows. Find out before you sign.",
}


def _answer(readiness: Readiness | None, condition: str) -> ConditionAnswer | None:
    answers: Iterable[ConditionAnswer] = readiness.answers.all() if readiness else ()
    return next((one for one in answers if one.condition == condition), None)
