"""Loading the story into a workspace, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from accord.base.progress import Progress
from accord.workspace.demo.seed import draw, seed
from accord.workspace.people.models import Partnership


def load_demo(exchange: Callable[[], Path], progress: Progress) -> None:
    """Found the made-up partnership, unless it is there; `exchange` is asked for its releases."""
    partnership = Partnership.objects.filter(made_up=True).first()
    if partnership is None:
        folder = exchange()
        with progress.step("Letting the partnership's years pass"):
            partnership = seed(folder)
    with progress.step("Drawing the indicators"):
        draw(partnership)
