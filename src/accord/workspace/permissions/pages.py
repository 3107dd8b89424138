"""The declaration that every page of a partnership carries: which act it needs, by method.

A test goes through all routes and fails where a view carries none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone

from accord.workspace.people.models import Partnership
from accord.workspace.permissions.actor import Actor, actor_in
from accord.workspace.permissions.rules import may
from accord.workspace.permissions.table import ACTS

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)


class Asked(HttpRequest):
    """A request within a partnership: the rules have answered, and `actor` is who asks."""

    actor: Actor


def page(
    *, see: str | None = None, do: str | None = None
) -> Callable[[Callable[Concatenate[Asked, P], Answer]], Callable[..., HttpResponseBase]]:
    """Declare which act a page needs to be seen (GET) and to be acted on (POST).

    Strangers to the partnership get “not found”; people not signed in are asked to.
    """
    needs = {"GET": see, "POST": do}
    declared: Mapping[str, str] = {method: act for method, act in needs.items() if act}
    for act in declared.values():
        ACTS[act]  # an unknown act is a fault of the page, found when it is imported

    def decorate(
        view: Callable[Concatenate[Asked, P], Answer],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(
            request: HttpRequest, partnership: str, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            method = "GET" if request.method == "HEAD" else str(request.method)
            if method not in declared:
                return HttpResponseNotAllowed(list(declared))
            asked = cast(Asked, request)
            asked.actor = _actor(request, partnership)
            if not may(asked.actor, declared[method]):
                if asked.actor.is_member:
                    raise PermissionDenied(declared[method])
                if asked.actor.person is None:
                    return redirect_to_login(request.get_full_path())
                raise Http404
            if method == "GET":
                return view(asked, *args, **kwargs)
            with transaction.atomic():  # what is done and its event in the trail stand together
                return view(asked, *args, **kwargs)

        guarded.needs = declared  # type: ignore[attr-defined]
        return guarded

    return decorate


def outside(why: str) -> Callable[[Callable[P, Answer]], Callable[P, Answer]]:
    """Declare that a page belongs to no partnership, and why nobody needs a role for it."""

    def decorate(view: Callable[P, Answer]) -> Callable[P, Answer]:
        view.outside = why  # type: ignore[attr-defined]
        return view

    return decorate


def _actor(request: HttpRequest, partnership: str) -> Actor:
    found = Partnership.objects.filter(pk=partnership).first()
    if found is None:
        raise Http404
    return actor_in(found, request.user, timezone.localdate())
