"""The causes of an inquiry as a tree: question, why, why of that, and so on down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accord.workspace.inquiry.models import Cause


@dataclass(frozen=True)
class Node:
    """A cause with the causes beneath it. `depth` counts the whys, from 1."""

    cause: Cause
    depth: int
    reasons: tuple[Node, ...]

    @property
    def is_root(self) -> bool:
        """Whether nobody has asked why any further: a root cause, as far as is known."""
        return not self.reasons


def tree_of(causes: Iterable[Cause]) -> tuple[Node, ...]:
    """The tree of the causes that were not taken out; what hangs under one that was is out too."""
    kept = [cause for cause in causes if cause.removed_at is None]
    return _beneath(kept, None, 1)


def taken_out(causes: Iterable[Cause]) -> list[Cause]:
    """The causes that somebody took out, to be put back."""
    return [cause for cause in causes if cause.removed_at is not None]


def _beneath(causes: list[Cause], under: int | None, depth: int) -> tuple[Node, ...]:
    return tuple(
        Node(cause, depth, _beneath(causes, cause.pk, depth + 1))
        for cause in causes
        if cause.under_id == under
    )
