"""Closing what lies open of a district though its key is there: what was written before it was.

Once a district has its key, or when somebody next unlocks it. Rows from before a field was sealed
are closed in the same way, for only whoever has the key can add to what lies under it: a migration
that seals another field empties `DistrictKey.closed_at`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accord.base.errors import AccordError
from accord.workspace.library.models import Upload
from accord.workspace.library.uploads import seal_laid
from accord.workspace.people.models import District
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.sealing import shelf
from accord.workspace.sealing.fields import MARK, SealedText, rewrap
from accord.workspace.sealing.models import DistrictKey, Sealed
from accord.workspace.trail.writing import await_turn


@transaction.atomic
def close(district: District) -> None:
    """Seal what still lies plain of a district's own, and wrap keys that lie open for its key.

    What is spoilt, or sealed with a key that is locked, is left as it is.
    """
    await_turn(district.partnership_id)
    plain: dict[type[Sealed], set[int]] = {}
    for part in _own(district):
        kind = type(part)
        if isinstance(part, Upload) and not part.is_sealed:
            seal_laid(part)
        elif part.pk in plain.setdefault(kind, _plain(kind)):
            _seal(part)
        kept = shelf.take(part.seal)
        if kept is not None and kept.open is not None:
            rewrap(part)
    DistrictKey.objects.filter(district=district).update(closed_at=timezone.now())


def is_closed(district: District) -> bool:
    """Whether nothing that was written before lies open still."""
    return DistrictKey.objects.filter(district=district, closed_at__isnull=False).exists()


def _own(district: District) -> Iterator[Sealed]:
    """Everything that only people of some districts read, this one among them."""
    wide = [one for one in Visibility if one.width >= Visibility.PARTNERS.width]
    for kind in apps.get_models():
        if issubclass(kind, Sealed) and issubclass(kind, Shared):
            things = kind._default_manager.filter(
                partnership=district.partnership_id, expired_at=None
            )
            for thing in things.exclude(visibility__in=wide):
                yield from (one for one in thing.parts() if district.pk in (one.circle() or ()))


def _plain(kind: type[Sealed]) -> set[int]:
    """The rows of a kind that hold a text which isn't sealed, by primary key."""
    open_texts = Q()
    for name in _texts(kind):
        open_texts |= ~Q(**{name: ""}) & ~Q(**{f"{name}__startswith": MARK})
    return set(kind._default_manager.filter(open_texts).values_list("pk", flat=True))


def _seal(part: Sealed) -> None:
    try:
        part.save(update_fields=_texts(type(part)))
    except AccordError:
        return  # its key is spoilt, or another district's: it stays as it lies


def _texts(kind: type[Sealed]) -> list[str]:
    return [one.name for one in kind._meta.fields if isinstance(one, SealedText)]
