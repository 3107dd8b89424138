"""A password alone opens nothing, and a provider that is down closes no other way in."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.deprecation import MiddlewareMixin
from requests import RequestException

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


class SilentProvider(MiddlewareMixin):
    """Says plainly when an identity provider does not answer."""

    def process_exception(
        self, request: HttpRequest, failure: Exception
    ) -> HttpResponseBase | None:
        """A page instead of a fault; nothing of what the provider said is shown."""
        if not isinstance(failure, RequestException):
            return None
        return render(request, "signin/silent_provider.html", status=502)


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
