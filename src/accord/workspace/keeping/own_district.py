"""The district of whoever asks for a page."""

from __future__ import annotations

from django.http import Http404

from accord.workspace.people.models import District
from accord.workspace.permissions.pages import Asked


def own_district(request: Asked) -> District | None:
    """Their district; nothing for people of none."""
    own = request.actor.district
    return None if own is None else District.objects.get(pk=own)


def required_district(request: Asked) -> District:
    """Their district. Raises `Http404` for people of none."""
    own = own_district(request)
    if own is None:
        raise Http404
    return own
