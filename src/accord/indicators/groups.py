"""Student groups: who is counted in a cell, as data.

A group is a condition over the columns that every fact has. Groups with the same `partition` share
no student and leave none out, which the gate relies on. An intersection belongs to every one of
its parts; it has no condition of its own, because a definition may say otherwise what a part means
(distance from standard counts recently reclassified students as English learners).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from accord.base.canonical import content_hash
from accord.indicators.language.canonical import as_json
from accord.indicators.language.nodes import And, Node


@dataclass(frozen=True)
class Group:
    """A student group.

    `reference` is the id of the group that it is compared with; `None` when it has none.
    `union` are two groups that share no student and make this one up, where it is made up so; for
    an indicator that overrides one of them that may not hold. `parts` is empty, or the two or more
    groups that an intersection consists of; `predicate` is then the conjunction of theirs, and
    definitions that override a part are heeded by `Definition.rule_of`.
    """

    id: str
    name: str
    short: str
    plain: str
    partition: str | None
    predicate: Node
    reference: str | None
    source: str
    parts: tuple[Group, ...] = ()
    union: tuple[str, str] | None = None

    @property
    def hash(self) -> str:
        """The hash of who belongs to the group; its name and wording are no part of it."""
        return content_hash(
            {"group": self.id, "partition": self.partition, "rule": as_json(self.predicate)}
        )


def intersection(group_id: str, name: str, parts: Sequence[Group]) -> Group:
    """The students who belong to every one of `parts`. Raises `ValueError`.

    It is compared with what its first part is compared with.
    """
    if len({part.id for part in parts}) < 2:
        raise ValueError("an intersection is of two different groups or more")
    for part in parts:
        if part.parts:
            raise ValueError(f"“{part.id}” is an intersection itself: name its parts instead")
    return Group(
        id=group_id,
        name=name,
        short=name,
        plain="Students who belong to each of: " + "; ".join(part.name for part in parts) + ".",
        partition=None,
        predicate=all_of(part.predicate for part in parts),
        reference=parts[0].reference,
        source="intersection of " + ", ".join(part.id for part in parts),
        parts=tuple(parts),
    )


def all_of(conditions: Iterable[Node]) -> Node:
    """Every one of the conditions, joined by “and”. Needs at least one."""
    return reduce(And, conditions)
