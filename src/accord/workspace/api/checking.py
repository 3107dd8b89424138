"""What stands before every operation: a good token, its limit, and the rules."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from accord.workspace.api.needs import NEEDS
from accord.workspace.api.tokens import actor_of, token_of, within_limit
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import may


class Called(HttpRequest):
    """A request by a program: the rules have answered, and `actor` is for whom it acts."""

    actor: Actor


class TokenCheck(HttpBearer):
    """Lets a request pass that its token's person could make on a page.

    Another partnership's address is “not found”, as it is on pages.
    """

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """The person's name, or nothing for a token that opens nothing."""
        found = token_of(token, timezone.localdate())
        if found is None:
            return None
        if not within_limit(found, timezone.now()):
            raise HttpError(429, "More requests in a minute than this token may make.")
        match = request.resolver_match
        assert match is not None
        assert match.url_name is not None
        actor = actor_of(found, timezone.localdate())
        if match.kwargs["partnership"] != found.partnership_id or not actor.is_member:
            raise HttpError(404, "There is nothing here that this token may see.")
        if not may(actor, NEEDS[match.url_name][str(request.method)]):
            raise HttpError(403, "The positions behind this token may not do this.")
        if request.method != "GET" and not found.may_write:
            raise HttpError(403, "This token only reads.")
        cast(Called, request).actor = actor
        return actor.name
