"""`accord quality`: what is odd in the records, and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.cli.inside.station import StationFolder


def verb(station: StationFolder, to: Annotated[Path | None, typer.Option()] = None) -> None:
    """x"""
