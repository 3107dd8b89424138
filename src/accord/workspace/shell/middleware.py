"""What every answer carries and how every foreseen failure is told."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from accord.base.errors import AccordError, InputError, RefusedError, StateError

Next = Callable[[HttpRequest], HttpResponseBase]

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action {forms}; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_STATUS = {InputError: 400, RefusedError: 422, StateError: 409}


def content_policy(following: Next) -> Next:
    """Nothing but this workspace's own files may run, style or be asked for.

    Forms may lead to the identity providers, where signing in goes on.
    """
    origins = sorted({provider.origin for provider in settings.ACCORD_PROVIDERS})
    policy = _POLICY.format(forms=" ".join(["'self'", *origins]))

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = following(request)
        response["Content-Security-Policy"] = policy
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


class ForeseenFailures(MiddlewareMixin):
    """Turns every `AccordError` into a page that says what happened and what to do."""

    def process_exception(
        self, request: HttpRequest, failure: Exception
    ) -> HttpResponseBase | None:
        """A page for what is foreseen; nothing for any other failure."""
        if not isinstance(failure, AccordError):
            return None
        status = _STATUS.get(type(failure), 503)
        return render(request, "shell/problem.html", {"problems": failure.problems}, status=status)
