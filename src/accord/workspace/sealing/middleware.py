"""Has a person's district keys at hand while their request is answered, if they unlocked them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accord.workspace.sealing.opening import COOKIE, ring_of
from accord.workspace.sealing.ring import holding


def unlocked_keys(
    following: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Hold the keys that the session and its cookie give together; drop a cookie left behind."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with holding(ring_of(request)):
            response = following(request)
        if COOKIE in request.COOKIES and not request.user.is_authenticated:
            response.delete_cookie(COOKIE)
        return response

    return answer
