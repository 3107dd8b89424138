"""What may be found: a hit, and the texts in which its words are looked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accord.workspace.sealing.shut import Shut


@dataclass(frozen=True)
class Hit:
    """Something found: its title, some words around, and where it is."""

    title: str
    around: str
    url: str
    when: Any = None


Candidate = tuple[Hit, Iterable[str]]


def readable(*texts: str) -> tuple[str, ...]:
    """Those of some texts whose keys are at hand."""
    return tuple(text for text in texts if not isinstance(text, Shut))
