"""How long work reports itself, without knowing who watches.

Library functions take a `Progress` and open a step for each long part of their work. The command
line draws bars; tests and callers who don't care use `SILENT`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Step(Protocol):
    """One long part of the work, under way."""

    def advance(self, amount: int = 1) -> None:
        """Say that `amount` more units are done."""

    def note(self, text: str) -> None:
        """Say what came of it, in a few words: ``411,204 rows, 12 quarantined``."""


class Progress(Protocol):
    """Whoever watches."""

    def step(self, title: str, total: int | None = None) -> AbstractContextManager[Step]:
        """Begin a part of the work; `total` in units, where it is known."""


class _SilentStep:
    def advance(self, amount: int = 1) -> None:
        return None

    def note(self, text: str) -> None:
        return None


class _Silent:
    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Step]:
        yield _SilentStep()


SILENT: Progress = _Silent()
