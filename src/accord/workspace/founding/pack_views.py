"""The replication pack as a file to take along."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from accord.indicators.catalogue import load_catalogue
from accord.workspace.founding.pack import pack_bytes
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.releases.exchanging import charter_now


@page(see="charter.see")
def replication_pack(request: Asked) -> HttpResponse:
    """What another pair of districts needs to found theirs; nothing of these districts is in it."""
    charter = charter_now(request.actor.partnership)
    data = pack_bytes(charter, load_catalogue(), timezone.localdate())
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="replication-pack.zip"'
    return response
