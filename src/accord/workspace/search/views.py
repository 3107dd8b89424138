"""The page of what was found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from accord.workspace.permissions.pages import Asked, page
from accord.workspace.search.finding import SHORTEST, search

_LONGEST = 200


@page(see="search.see")
def search_page(request: Asked) -> HttpResponse:
    """Everything that the reader may see and that has these words; they stand in the address."""
    words = request.GET.get("q", "")[:_LONGEST].strip()
    found = search(request.actor, words)
    shown = {"words": words, "found": found, "is_short": 0 < len(words) < SHORTEST}
    return render(request, "search/search.html", shown)
