"""For migrations: what was written before texts were sealed gets a seal of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accord.workspace.sealing.shelf import new_name


def seals_apart(app: str, *models: str) -> Callable[[Any, Any], None]:
    """The step of a migration that names a key for each row of these models of an app."""

    def give(apps: Any, _: Any) -> None:
        for name in models:
            rows = apps.get_model(app, name).objects
            for pk in rows.values_list("pk", flat=True):
                rows.filter(pk=pk).update(seal=new_name())

    return give
