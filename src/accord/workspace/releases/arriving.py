"""How a release comes in: verified first, kept pending, shared by its district's own leader."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accord.base.canonical import short_hash
from accord.base.errors import RefusedError, StateError
from accord.base.files import machine_errors, whole_file
from accord.exchange.release import Release, open_release
from accord.indicators.catalogue import load_catalogue
from accord.insight.release_info import describe
from accord.workspace.people.models import District, Partnership
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import may_in
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.releases.exchanging import exchange_of, pending_folder
from accord.workspace.releases.models import Arrival
from accord.workspace.trail.writing import record


@transaction.atomic
def bring(path: Path, *, by: Actor, name: str) -> Arrival:
    """Verify the release in the file at `path` and keep it pending; `name` is used in messages.

    Raises `InputError` when it is no release, `RefusedError` with every reason not to believe it
    or when it is another district's, `StateError` when it came before.
    """
    release = open_release(path)
    manifest = release.manifest
    district = by.partnership.districts.filter(code=manifest.district).first()
    if district is None or not may_in(by, "releases.receive", district.pk):
        whose = district.name if district else "a district outside this partnership"
        raise RefusedError.because(
            f"This is a release of {whose}.",
            "A district's own people bring its releases. Ask them to.",
            file=name,
        )
    if Arrival.objects.filter(release=release.id).exists():
        raise StateError.because(
            f"Release {manifest.number} of {district.short} is here already.",
            "Nothing needs to be done.",
            file=name,
        )
    exchange_of(by.partnership).verify(release, load_catalogue(), file=Path(name))
    kept = pending_folder(by.partnership) / f"{short_hash(release.id)}.accord"
    with whole_file(kept) as draft, machine_errors(path):
        shutil.copyfile(path, draft)
    arrival = _row(release, by.partnership, district)
    arrival.author, arrival.file = by.person, kept.name
    arrival.save()
    record("brought", arrival, by=by.name, chain=by.partnership.pk, release=release.id)
    return arrival


@transaction.atomic
def share(arrival: Arrival, *, by: Actor) -> None:
    """Let the partners receive a pending release: it is verified again and enters the ledger.

    Raises `RefusedError` or `StateError` when something speaks against it by now.
    """
    if arrival.state != Arrival.State.PENDING:
        raise StateError.because("This release was shared already.", "Nothing needs to be done.")
    path = pending_folder(by.partnership) / arrival.file
    exchange_of(by.partnership).receive(path, load_catalogue())
    arrival.state, arrival.received_at = Arrival.State.RECEIVED, timezone.now()
    arrival.file = ""
    arrival.save()
    widen(arrival, Visibility.PARTNERS, by=by)
    record("shared", arrival, by=by.name, chain=by.partnership.pk, release=arrival.release)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def adopt(partnership: Partnership) -> list[Arrival]:
    """Make rows for what the exchange folder received by another way; returns the new ones."""
    exchange, made = exchange_of(partnership), []
    for district in partnership.districts.all():
        for audience in ("partners", "public"):
            for one in exchange.received(district.code, audience):
                if Arrival.objects.filter(release=one.id).exists():
                    continue
                release = exchange.opened(district.code, audience, one)
                arrival = _row(release, partnership, district)
                arrival.state, arrival.visibility = Arrival.State.RECEIVED, Visibility.PARTNERS
                arrival.received_at = timezone.now()
                arrival.save()
                made.append(arrival)
    return made


def _row(release: Release, partnership: Partnership, district: District) -> Arrival:
    manifest = release.manifest
    info = describe(release)
    return Arrival(
        partnership=partnership,
        district=district,
        visibility=Visibility.DISTRICT,
        made_at=_signed(release),
        state=Arrival.State.PENDING,
        release=release.id,
        number=manifest.number,
        audience=manifest.audience,
        as_of=date.fromisoformat(manifest.as_of),
        data_status=manifest.data_status,
        periods=list(manifest.periods),
        cells=manifest.cells,
        signers=list(info.signers),
        charter=manifest.charter,
        software=info.software,
        embargo=manifest.embargo,
    )


def _signed(release: Release) -> datetime:
    return max(signature.at for signature in release.signatures.values())
