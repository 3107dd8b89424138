"""An agenda item with what its part of the page needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accord.workspace.editing.models import OtherVersion
from accord.workspace.editing.saving import waiting
from accord.workspace.meetings.agenda import following
from accord.workspace.meetings.forms import ArisingForm, DecisionForm, NotesForm
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.meetings.states import Decision


@dataclass(frozen=True)
class ItemRow:
    """One item on its meeting's page. The forms are there while the meeting is under way and the
    reader runs it; a form that was sent with a mistake comes back with what was typed."""

    item: AgendaItem
    others: tuple[OtherVersion, ...]
    decision: str
    next_day: Any
    notes_form: NotesForm | None
    decision_form: DecisionForm | None
    arising_form: ArisingForm | None
    is_open: bool


def item_row(
    item: AgendaItem,
    meeting: Meeting,
    *,
    may_run: bool,
    notes_form: NotesForm | None = None,
    decision_form: DecisionForm | None = None,
    arising_form: ArisingForm | None = None,
) -> ItemRow:
    """The row of an item, with fresh forms where none is given."""
    open_ = may_run and meeting.is_under_way
    after = following(meeting)
    return ItemRow(
        item=item,
        others=tuple(waiting(item)) if open_ else (),
        decision=Decision(item.decision).label if item.decision else "",
        next_day=after.starts_at if after else None,
        notes_form=(notes_form or NotesForm(
            initial={"notes": item.notes, "seen": item.revision},
            prefix=f"notes-{item.pk}",
        )) if open_ else None,
        decision_form=(decision_form or DecisionForm(
            initial={"decision": item.decision, "because": item.because},
            prefix=f"decision-{item.pk}",
        )) if open_ else None,
        arising_form=(arising_form or ArisingForm(
            partnership=meeting.partnership, prefix=f"arising-{item.pk}"
        )) if open_ else None,
        is_open=open_,
    )  # fmt: skip
