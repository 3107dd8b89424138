"""A password alone opens nothing: whoever has no second factor sets one up first."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accord.workspace.people.models import Person
from accord.workspace.signin.adapters import VOUCHED

_OPEN = ("/account/", "/static/", "/style-", "/health")
_CHECKED = "second_factor_seen"


def second_factor(
    following: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Lead people who signed in with a password alone to setting up their second factor."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if _lacks_one(request):
            return redirect("mfa_activate_totp")
        return following(request)

    return answer


def _lacks_one(request: HttpRequest) -> bool:
    person = request.user
    if not isinstance(person, Person) or request.path.startswith(_OPEN):
        return False
    if person.made_up and settings.ACCORD_DEMO:
        return False
    if request.session.get(VOUCHED) or request.session.get(_CHECKED):
        return False
    if is_mfa_enabled(person):
        request.session[_CHECKED] = True
        return False
    return True
