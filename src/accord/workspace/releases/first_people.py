"""The superintendents, whom the host invites when a partnership comes in; they invite the rest."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from accord.base.errors import InputError
from accord.workspace.people.models import Partnership, Person
from accord.workspace.people.roles import Role
from accord.workspace.signin.invitations import invite


def invite_superintendents(
    partnership: Partnership, told: Sequence[str], *, host: str
) -> list[str]:
    """Invite those of ``CODE=EMAIL``; a line for each, with their position and their link.

    `host` is the host's own e-mail address. Raises `InputError` for a district that the
    partnership doesn't have, and for words of another form.
    """
    lines = []
    by, _ = Person.objects.get_or_create(email=host.lower(), defaults={"name": "Workspace host"})
    for words in told:
        code, _, email = words.partition("=")
        position = partnership.positions.filter(
            district__code=code, role=Role.SUPERINTENDENT
        ).first()
        if position is None or not email:
            raise InputError.because(
                f"“{words}” names no district of {partnership.name} with an address.",
                "Write --superintendent as CODE=EMAIL, with a district's official code.",
            )
        _, secret = invite(position, email=email, name=str(position), until=None, by=by)
        lines.append(f"{position}: {reverse('invitation', args=[secret])}")
    return lines
