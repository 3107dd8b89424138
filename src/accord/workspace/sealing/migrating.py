"""For migrations: seals for what was written before, and the districts' keys put on the shelf."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accord.workspace.sealing import shelf
from accord.workspace.sealing.district_keys import LockedKey, lay_beside
from accord.workspace.sealing.shelf import new_name


def seals_apart(app: str, *models: str) -> Callable[[Any, Any], None]:
    """The step of a migration that names a key for each row of these models of an app."""

    def give(apps: Any, _: Any) -> None:
        for name in models:
            rows = apps.get_model(app, name).objects
            for pk in rows.values_list("pk", flat=True):
                rows.filter(pk=pk).update(seal=new_name())

    return give


def keys_on_the_shelf(apps: Any, _: Any) -> None:
    """Lay each district's key on the shelf; texts' keys are then known by its mark.

    Before, they were known by the district's primary key. May be done again after a kill.
    """
    marks = {}
    for row in apps.get_model("sealing", "DistrictKey").objects.all():
        key = LockedKey(row.public, row.locked)
        lay_beside(row.district_id, key)
        row.name = key.name
        row.save(update_fields=["name"])
        marks[str(row.district_id)] = key.mark
    for name in shelf.names():
        kept = shelf.take(name)
        if kept is not None and marks.keys() & kept.wrapped.keys():
            wrapped = {marks.get(known, known): raw for known, raw in kept.wrapped.items()}
            shelf.put(name, shelf.Kept(None, wrapped))
