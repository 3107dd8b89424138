"""The link in an e-mail that updates an action.

Mail scanners open every link, so the link changes nothing: it opens a form that says what will
happen, and only sending the form does it. The link names one action and one position, is signed,
and lasts two weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing

from accord.base.errors import StateError
from accord.workspace.actions.models import Action
from accord.workspace.people.holding import seats_of
from accord.workspace.people.models import Person

_SALT = "accord.actions.update"
LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Opened:
    """Whose link it is, and for which action."""

    action: Action
    person: Person


def make_link(action: Action, person: Person) -> str:
    """The signed part of the address."""
    return signing.dumps({"action": action.pk, "person": person.pk}, salt=_SALT, compress=True)


def open_link(text: str, today: date) -> Opened:
    """What a link is for. Raises `StateError` when it is not ours, too old, or no longer theirs."""
    try:
        said = signing.loads(text, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise _no_longer("This link is older than two weeks.") from None
    except signing.BadSignature:
        raise _no_longer("This link is not whole.") from None
    action = Action.objects.filter(pk=said["action"]).first()
    person = Person.objects.filter(pk=said["person"], is_active=True).first()
    if action is None or person is None:
        raise _no_longer("What this link was for is no longer here.")
    own = seats_of(person, today).values_list("position", flat=True)
    if not action.owners.filter(pk__in=own).exists():
        raise _no_longer("You don't own this action any more.")
    return Opened(action, person)


def _no_longer(what: str) -> StateError:
    return StateError.because(what, "Sign in, and update the action on its page.")
