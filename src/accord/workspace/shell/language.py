"""The language of a page: what its reader chose, on the pages that everybody reads.

Who is signed in works in English, until every page is translated: half of a page in another
language helps nobody. The choice stands in the address (`?lang=es`) and is remembered.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

_FRONT = "/public/"


def public_language(
    following: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer in the language that was chosen, or that the browser asks for."""
    known = [code for code, _ in settings.LANGUAGES]

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = request.GET.get("lang")
        chosen = asked if asked in known else None
        if request.user.is_authenticated and not request.path.endswith(_FRONT):
            language = settings.LANGUAGE_CODE
        else:
            language = chosen or translation.get_language_from_request(request)
        with translation.override(language):
            response = following(request)
        response.headers.setdefault("Content-Language", language)
        if chosen:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", httponly=True
            )
        return response

    return answer
