"""Trials that an earlier run has done, so that a run of hours goes on where it was stopped.

They are kept in build/bench, a line each, under the hash of all that they rest on: once a source
below the reports, the catalogue or a library has changed, nothing counts that was tried before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from figures import FOLDER
from pydantic import TypeAdapter

_ROOT = Path(__file__).parents[2]
_RESTS_ON = (
    *(f"src/accord/{each}" for each in (
        "base", "charter", "indicators", "cells", "exchange", "audit", "station")),
    "tests/adversary", "uv.lock",
)  # fmt: skip
"""No trial goes through what is above these."""

Trial = TypeVar("Trial")


class KeptTrials(Generic[Trial]):
    """The trials of one kind; `seed_of` tells them apart."""

    def __init__(self, name: str, kind: type[Trial], seed_of: Callable[[Trial], int]) -> None:
        self._kind = TypeAdapter(kind)
        self._seed_of = seed_of
        self._path = FOLDER / f"{name}-{_sources()[:16]}.jsonl"

    def done(self) -> dict[int, Trial]:
        """All that are kept. A line that a kill cut off is no trial."""
        if not self._path.exists():
            return {}
        whole, _, _ = self._path.read_bytes().rpartition(b"\n")
        found = [self._kind.validate_json(line) for line in whole.splitlines()]
        return {self._seed_of(each): each for each in found}

    def keep(self, trials: Iterator[Trial]) -> None:
        """Write each one down as it comes."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        whole = b"".join(self._kind.dump_json(each) + b"\n" for each in self.done().values())
        self._path.write_bytes(whole)
        with self._path.open("ab") as file:
            for each in trials:
                file.write(self._kind.dump_json(each) + b"\n")
                file.flush()

    def left(self, seeds: Sequence[int]) -> list[int]:
        """The seeds that are still to be tried."""
        done = self.done()
        return [seed for seed in seeds if seed not in done]


def _sources() -> str:
    """The hash of everything that could make a trial come out in another way."""
    digest = hashlib.sha256()
    for top in _RESTS_ON:
        path = _ROOT / top
        for file in sorted([path] if path.is_file() else path.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(_ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
