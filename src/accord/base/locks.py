"""A lock that the operating system frees when its holder ends, however it ends.

A lock that is a mere file would outlive a `kill -9` and keep its folder shut for ever.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from accord.base.errors import StateError
from accord.base.files import machine_errors

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold `path` alone. Raises `StateError` when another process does, `MachineError`."""
    with machine_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
        except OSError as error:
            raise StateError.because(
                "Another command is at work here.",
                "Wait for it to end and run this one again.",
                file=path.parent,
            ) from error
        yield
    finally:
        os.close(handle)
