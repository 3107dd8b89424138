"""Saving an edit without losing anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from accord.base.canonical import content_hash
from accord.workspace.editing.models import Edited, OtherVersion
from accord.workspace.people.models import Person
from accord.workspace.sealing.fields import SealedText, require_open, sealed
from accord.workspace.sealing.models import Sealed
from accord.workspace.trail.writing import record


def save_edit(
    thing: Edited, fields: Mapping[str, Any], *, seen: int, by: Person, chain: str
) -> OtherVersion | None:
    """Write `fields` into `thing`, if nobody has changed it since revision `seen`.

    If somebody has, nothing of theirs is touched: what was written is kept as the other version,
    which is returned. Writing what stands there already changes nothing.
    """
    rows = type(thing)._default_manager.filter(pk=thing.pk)
    if isinstance(thing, Sealed):
        require_open(thing)
    changed = {name: value for name, value in fields.items() if getattr(thing, name) != value}
    if not changed:
        return None
    kept = _as_kept(thing, fields)
    if rows.filter(revision=seen).update(**kept, revision=F("revision") + 1):
        thing.refresh_from_db()
        record("edited", thing, by=by.email, chain=chain, hash=_hash(fields))
        return None
    other = OtherVersion.objects.create(
        kind=thing._meta.label_lower,
        object=str(thing.pk),
        fields={name: str(value) for name, value in kept.items()},
        by=by,
        at=timezone.now(),
    )
    record("wrote at the same time", thing, by=by.email, chain=chain, hash=_hash(fields))
    return other


def waiting(thing: Edited) -> QuerySet[OtherVersion]:
    """The other versions of a thing that nobody has settled."""
    return OtherVersion.objects.filter(
        kind=thing._meta.label_lower, object=str(thing.pk), settled_at=None
    ).select_related("by")


def settle(
    thing: Edited, other: OtherVersion, fields: Mapping[str, Any], *, by: Person, chain: str
) -> None:
    """Put an end to two versions: `fields` is what stands from now on."""
    type(thing)._default_manager.filter(pk=thing.pk).update(
        **_as_kept(thing, fields), revision=F("revision") + 1
    )
    other.settled_at = timezone.now()
    other.save(update_fields=["settled_at"])
    thing.refresh_from_db()
    record("settled two versions", thing, by=by.email, chain=chain, hash=_hash(fields))


def _as_kept(thing: Edited, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the database keeps them: sealed where the thing's texts are."""
    if not isinstance(thing, Sealed):
        return dict(fields)
    return {
        name: sealed(thing, value) if isinstance(thing._meta.get_field(name), SealedText) else value
        for name, value in fields.items()
    }


def _hash(fields: Mapping[str, Any]) -> str:
    return content_hash({name: str(value) for name, value in fields.items()})
