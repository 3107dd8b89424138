"""The acts on actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accord.base.errors import RefusedError
from accord.workspace.actions.models import Action, Step
from accord.workspace.actions.states import NEXT, Horizon, Status
from accord.workspace.people.models import Partnership, Person, Position
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.trail.writing import record


@transaction.atomic
def agree(
    partnership: Partnership,
    *,
    by: Person,
    title: str,
    horizon: Horizon,
    due: date,
    owners: Iterable[Position],
    indicator: str = "",
    detail: str = "",
    visibility: Visibility = Visibility.PARTNERS,
    at: datetime | None = None,
) -> Action:
    """A new action. One owner's own district keeps it, where all owners are of one district."""
    holders = list(owners)
    districts = {owner.district_id for owner in holders}
    action = Action.objects.create(
        partnership=partnership,
        district_id=districts.pop() if len(districts) == 1 else None,
        author=by,
        visibility=visibility,
        made_at=at or timezone.now(),
        title=title,
        detail=detail,
        indicator=indicator,
        horizon=horizon,
        due=due,
    )
    action.owners.set(holders)
    record(
        "agreed on an action",
        action,
        by=by.email,
        chain=partnership.pk,
        at=at,
        due=due.isoformat(),
        horizon=horizon.value,
        owners=[owner.pk for owner in holders],
    )
    return action


@transaction.atomic
def move(
    action: Action,
    to: Status,
    *,
    by: Person,
    words: str = "",
    by_mail: bool = False,
    at: datetime | None = None,
) -> Step:
    """Say how far an action is. Raises `RefusedError` where it can't become that."""
    locked = Action.objects.select_for_update().get(pk=action.pk)
    before = Status(locked.status)
    if to is not before and to not in NEXT[before]:
        raise RefusedError.because(
            f"This action is {before.label.lower()}; it can't become “{to.label.lower()}”.",
            "Look at the action again: somebody may have changed it meanwhile.",
        )
    now = at or timezone.now()
    action.status = locked.status = to
    action.done_on = locked.done_on = timezone.localtime(now).date() if to is Status.DONE else None
    locked.save(update_fields=["status", "done_on"])
    step = Step.objects.create(
        action=locked, at=now, by=by, before=before, after=to, words=words, by_mail=by_mail
    )
    record(
        "moved an action",
        action,
        by=by.email,
        chain=action.partnership_id,
        at=at,
        before=before.value,
        after=to.value,
    )
    return step
