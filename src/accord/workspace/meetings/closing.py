"""What must be settled before a meeting can end, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

from accord.base.errors import Problem, StateError
from accord.base.words import list_words
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.meetings.states import Decision


def require_settled(meeting: Meeting) -> None:
    """Raises `StateError` with every item that is not settled."""
    problems = list(unsettled(meeting))
    if problems:
        raise StateError(*problems)


def unsettled(meeting: Meeting) -> Iterator[Problem]:
    """What is left to settle: every indicator has an outcome, every adjustment an action, and
    every action an owner in each district."""
    for item in meeting.items.prefetch_related("actions__owners__district"):
        yield from _of_item(item, meeting)


def _of_item(item: AgendaItem, meeting: Meeting) -> Iterator[Problem]:
    if item.indicator and item.in_focus and not item.decision and not item.outcome:
        yield Problem(
            f"“{item.title}” is in focus and has no decision.",
            "Decide to adjust or to stay the course, or put it off in one click.",
        )
    elif item.indicator and not item.outcome:
        yield Problem(
            f"“{item.title}” is not settled.", "Say in one click that it is unchanged, or put off."
        )
    actions = list(item.actions.all())
    if item.decision == Decision.ADJUST and not actions:
        yield Problem(
            f"“{item.title}” is to be adjusted, but no action says how.",
            "Add an action, immediate or long-term.",
        )
    for action in actions:
        owning = {owner.district_id for owner in action.owners.all()}
        missing = [one.short for one in meeting.partnership.districts.all() if one.pk not in owning]
        if missing:
            yield Problem(
                f"The action “{action.title}” has no owner in {list_words(missing)}.",
                "Name an owner in each district: what one does alone is not the partnership's.",
            )
