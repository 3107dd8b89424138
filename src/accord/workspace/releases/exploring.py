"""Districts that explore a partnership: they have letters and conditions here, and no charter yet.

Once their charter is in force it is brought in as any other (`founding`), under the same id; the
people, letters and answers that are here stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accord.base.errors import InputError, StateError
from accord.workspace.people.models import District, Partnership, Position
from accord.workspace.people.roles import Role
from accord.workspace.trail.writing import record

_FEWEST = 2


@dataclass(frozen=True)
class Explorer:
    """A district that explores: its official code, as the charter will have it, and its names."""

    code: str
    name: str
    short: str


@transaction.atomic
def explore(name_id: str, name: str, districts: Sequence[Explorer], *, by: str) -> Partnership:
    """A partnership without a charter, with its districts and their superintendents' posts.

    Raises `StateError` when one of this id is here already, and `InputError` for fewer than two
    districts or a code that is given twice.
    """
    codes = {district.code for district in districts}
    if len(codes) < _FEWEST or len(codes) < len(districts):
        raise InputError.because(
            "Exploring takes at least two districts, each with a code of its own.",
            "Name each district once, with its official code.",
        )
    if Partnership.objects.filter(pk=name_id).exists():
        raise StateError.because(
            f"A partnership “{name_id}” is in this workspace already.", "Choose another id."
        )
    made = Partnership.objects.create(id=name_id, name=name, exploring=True)
    for order, told in enumerate(districts):
        district = District.objects.create(
            partnership=made, code=told.code, name=told.name, short=told.short, order=order
        )
        Position.objects.create(
            partnership=made,
            district=district,
            role=Role.SUPERINTENDENT,
            title="Superintendent",
        )
    record("began to explore", made, by=by, chain=made.pk)
    return made
