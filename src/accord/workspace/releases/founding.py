"""Bringing a partnership into the workspace: from an exchange folder that holds its charter."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.db import transaction

from accord.base.errors import StateError
from accord.base.files import machine_errors
from accord.exchange.folder import Exchange
from accord.workspace.people.models import District, Partnership, Position
from accord.workspace.people.roles import Role
from accord.workspace.releases.arriving import adopt
from accord.workspace.releases.exchanging import folder_of
from accord.workspace.trail.writing import record


@transaction.atomic
def found(exchange: Path, *, by: str, made_up: bool = False) -> Partnership:
    """The partnership of the charter in force in `exchange`, with its districts and leaders' posts.

    The folder is copied: from here on the workspace receives. Raises `StateError` when the
    partnership is here already or no charter is in force.
    """
    charter = Exchange.open(exchange).charter()
    if Partnership.objects.filter(pk=charter.partnership.id).exists():
        raise StateError.because(
            f"The {charter.partnership.name} is in this workspace already.",
            "Bring its releases on the page of releases.",
        )
    partnership = Partnership.objects.create(
        id=charter.partnership.id, name=charter.partnership.name, made_up=made_up
    )
    for order, party in enumerate(charter.parties):
        district = District.objects.create(
            partnership=partnership, code=party.id, name=party.name, short=party.short, order=order
        )
        Position.objects.create(
            partnership=partnership,
            district=district,
            role=Role.SUPERINTENDENT,
            title="Superintendent",
        )
        for strand in charter.strands:
            if party.id in strand.leads:
                Position.objects.create(
                    partnership=partnership,
                    district=district,
                    role=Role.STRAND_LEAD,
                    title=strand.leads[party.id],
                    strand=strand.id,
                )
    target = folder_of(partnership) / "exchange"
    with machine_errors(target):
        shutil.copytree(exchange, target, dirs_exist_ok=True)
    adopt(partnership)
    record("founded", partnership, by=by, chain=partnership.pk, charter=charter.hash)
    return partnership
