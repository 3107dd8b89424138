"""The acts at the table: beginning, settling an item, deciding, putting people down, ending."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accord.base.errors import StateError
from accord.workspace.editing.models import OtherVersion
from accord.workspace.editing.saving import save_edit
from accord.workspace.indicators.figures import figures_of
from accord.workspace.meetings.agenda import following, last_worked
from accord.workspace.meetings.closing import require_settled
from accord.workspace.meetings.evidence import freeze
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.meetings.states import NEXT, Decision, Outcome, State
from accord.workspace.people.models import Person
from accord.workspace.trail.writing import record


@transaction.atomic
def begin(meeting: Meeting, *, by: Person, at: datetime | None = None) -> None:
    """Open a meeting. Raises `StateError` when it is under way or over."""
    _go(meeting, State.UNDER_WAY, by=by, at=at)
    for item in meeting.items.exclude(indicator=""):  # other meetings were held since the planning
        item.since = last_worked(meeting, item.indicator)
        item.save(update_fields=["since"])


@transaction.atomic
def close(meeting: Meeting, *, by: Person, at: datetime | None = None) -> None:
    """End a meeting: its record stands from now on.

    Raises `StateError` with everything that is not settled yet.
    """
    require_settled(meeting)
    meeting.closed_at = at or timezone.now()
    _go(meeting, State.CLOSED, by=by, at=at)


@transaction.atomic
def settle(item: AgendaItem, outcome: Outcome, *, by: Person, at: datetime | None = None) -> None:
    """Say in one act what became of an item that is not worked through; empty takes it back."""
    _require_under_way(item.meeting)
    item.outcome = outcome
    item.put_off_to = _next_day(item.meeting) if outcome is Outcome.NOT_DISCUSSED else None
    item.save(update_fields=["outcome", "put_off_to"])
    _record("settled an item", item, by, at, outcome=outcome.value)


@transaction.atomic
def note(item: AgendaItem, notes: str, *, seen: int, by: Person) -> OtherVersion | None:
    """Write the notes of an item; where somebody wrote meanwhile, both are kept."""
    _require_under_way(item.meeting)
    return save_edit(item, {"notes": notes}, seen=seen, by=by, chain=item.meeting.partnership_id)


@transaction.atomic
def decide(
    item: AgendaItem,
    decision: Decision,
    because: str,
    *,
    by: Person,
    at: datetime | None = None,
) -> None:
    """Decide on an indicator, with the evidence frozen as it stands for both districts.

    A decision that is taken again freezes again; the trail keeps both hashes. Raises `StateError`.
    """
    _require_under_way(item.meeting)
    now = at or timezone.now()
    if item.indicator:
        partnership = item.meeting.partnership
        today = timezone.localtime(now).date()
        figures = figures_of(partnership, "partners", reader=None, today=today)
        item.evidence = freeze(figures, item.indicator, at=now)
    item.decision, item.because, item.outcome = decision, because, Outcome.WORKED
    item.put_off_to = None
    item.save(update_fields=["decision", "because", "outcome", "evidence", "put_off_to"])
    evidence = item.evidence.hash if item.evidence else None
    _record("decided", item, by, at, decision=decision.value, evidence=evidence)


@transaction.atomic
def put_in_focus(item: AgendaItem, in_focus: bool, minutes: int, *, by: Person) -> None:
    """Work an item through at this meeting, or don't. Raises `StateError` once it is over."""
    if item.meeting.is_closed:
        raise _over()
    item.in_focus, item.minutes = in_focus, minutes if in_focus else 0
    item.save(update_fields=["in_focus", "minutes"])
    _record("changed the agenda", item, by, None, in_focus=in_focus)


def _go(meeting: Meeting, to: State, *, by: Person, at: datetime | None) -> None:
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if to not in NEXT[State(locked.state)]:
        raise StateError.because(
            f"This meeting is {State(locked.state).label.lower()}.",
            "Open its page again to see how it stands.",
        )
    before, meeting.state = meeting.state, to
    meeting.save(update_fields=["state", "closed_at"])
    record(
        "moved a meeting",
        meeting,
        by=by.email,
        chain=meeting.partnership_id,
        at=at,
        before=before,
        after=to.value,
    )


def _require_under_way(meeting: Meeting) -> None:
    if meeting.is_closed:
        raise _over()
    if not meeting.is_under_way:
        raise StateError.because(
            "This meeting has not begun.", "Begin it first; what you typed is kept on the page."
        )


def _over() -> StateError:
    return StateError.because(
        "This meeting is closed, and its record stands.",
        "Add what is new as a note, or to the next meeting's agenda.",
    )


def _next_day(meeting: Meeting) -> date | None:
    after = following(meeting)
    return timezone.localtime(after.starts_at).date() if after else None


def _record(act: str, item: AgendaItem, by: Person, at: datetime | None, **said: object) -> None:
    record(act, item, by=by.email, chain=item.meeting.partnership_id, at=at, **said)
