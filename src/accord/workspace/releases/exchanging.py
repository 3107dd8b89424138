"""Where a partnership's releases lie: its exchange folder, and the place of pending files."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from accord.exchange.folder import Exchange
from accord.workspace.people.models import Partnership


def exchange_of(partnership: Partnership) -> Exchange:
    """The exchange folder of a partnership. Raises `StateError` while it holds no charter."""
    return Exchange.open(folder_of(partnership) / "exchange")


def pending_folder(partnership: Partnership) -> Path:
    """Where releases wait that their district has not shared yet."""
    return folder_of(partnership) / "pending"


def folder_of(partnership: Partnership) -> Path:
    """The folder of everything that is not in the database."""
    home: Path = settings.ACCORD_HOME
    return home / "partnerships" / partnership.pk
