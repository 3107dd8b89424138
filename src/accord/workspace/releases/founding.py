"""Bringing a partnership into the workspace: from an exchange folder that holds its charter."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.db import transaction

from accord.base.errors import StateError
from accord.base.files import machine_errors
from accord.charter.model import Charter
from accord.exchange.folder import Exchange
from accord.workspace.people.models import District, Partnership, Position
from accord.workspace.people.roles import Role
from accord.workspace.releases.arriving import adopt
from accord.workspace.releases.exchanging import folder_of
from accord.workspace.trail.writing import record


@transaction.atomic
def found(exchange: Path, *, by: str, made_up: bool = False) -> Partnership:
    """The partnership of the charter in force in `exchange`, with its districts and leaders' posts.

    Where its districts explored here before, under the same id, what is here stays. The folder is
    copied: from here on the workspace receives. Raises `StateError` when the partnership is founded
    here already, other districts explore under its id, or no charter is in force.
    """
    charter = Exchange.open(exchange).charter()
    partnership = _explored(charter) or Partnership(id=charter.partnership.id, made_up=made_up)
    partnership.name, partnership.exploring = charter.partnership.name, False
    partnership.save()
    for order, party in enumerate(charter.parties):
        names = {"name": party.name, "short": party.short, "order": order}
        district, _ = District.objects.update_or_create(
            partnership=partnership, code=party.id, defaults=names
        )
        Position.objects.get_or_create(
            partnership=partnership,
            district=district,
            title="Superintendent",
            defaults={"role": Role.SUPERINTENDENT},
        )
        for strand in charter.strands:
            if party.id in strand.leads:
                Position.objects.get_or_create(
                    partnership=partnership,
                    district=district,
                    title=strand.leads[party.id],
                    defaults={"role": Role.STRAND_LEAD, "strand": strand.id},
                )
    target = folder_of(partnership) / "exchange"
    with machine_errors(target):
        shutil.copytree(exchange, target, dirs_exist_ok=True)
    adopt(partnership)
    record("founded", partnership, by=by, chain=partnership.pk, charter=charter.hash)
    return partnership


def _explored(charter: Charter) -> Partnership | None:
    """The districts of a charter as they explored here, if they did."""
    found = Partnership.objects.filter(pk=charter.partnership.id).first()
    if found is None:
        return None
    if not found.exploring:
        raise StateError.because(
            f"The {found.name} is in this workspace already.",
            "Bring its releases on the page of releases.",
        )
    if set(found.districts.values_list("code", flat=True)) != {one.id for one in charter.parties}:
        raise StateError.because(
            f"Other districts explore here as “{found.pk}” than those that signed this charter.",
            "Give the charter the id and the districts’ codes that explore here, or another id.",
        )
    return found
