"""The weekly e-mail: what somebody owns, what is late, each with a link to update it.

People who will not open another portal still follow through: everything is in the e-mail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accord.workspace.actions.links import make_link
from accord.workspace.actions.models import Action
from accord.workspace.actions.states import UNFINISHED
from accord.workspace.people.holding import holder_of
from accord.workspace.people.models import Partnership, Person

_AHEAD = timedelta(days=28)


def digests(
    partnership: Partnership, today: date, address: Callable[[str], str]
) -> list[EmailMultiAlternatives]:
    """An e-mail for everybody who owns something due within four weeks, or late; not sent yet.

    `address` makes a whole address of a link's signed part.
    """
    due = (
        Action.objects.filter(
            partnership=partnership, status__in=UNFINISHED, due__lte=today + _AHEAD
        )
        .prefetch_related("owners__district")
        .order_by("due")
    )
    owned: dict[Person, list[Action]] = {}
    for action in due:
        for position in action.owners.all():
            person = holder_of(position, today)
            if person is not None and action not in owned.setdefault(person, []):
                owned[person].append(action)
    return [_mail(partnership, person, found, today, address) for person, found in owned.items()]


def _mail(
    partnership: Partnership,
    person: Person,
    actions: list[Action],
    today: date,
    address: Callable[[str], str],
) -> EmailMultiAlternatives:
    late = [one for one in actions if one.due < today]
    shown = {
        "partnership": partnership,
        "person": person,
        "late": [(one, address(make_link(one, person))) for one in late],
        "coming": [(one, address(make_link(one, person))) for one in actions if one not in late],
    }
    count = len(actions)
    message = EmailMultiAlternatives(
        subject=f"{partnership.name}: {count} {'action' if count == 1 else 'actions'} of yours",
        body=render_to_string("actions/digest.txt", shown),
        to=[person.email],
    )
    message.attach_alternative(render_to_string("actions/digest.html", shown), "text/html")
    return message
