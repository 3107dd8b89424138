"""Student groups: who is counted in a cell, as data.

A group is a condition over the columns that every fact has. Groups with the same `partition` share
no student and leave none out, which the gate relies on. An intersection belongs to every one of
its parts; it has no condition of its own, because a definition may say otherwise what a part means
(distance from standard counts recently reclassified students as English learners).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from accord.indicators.language.nodes import And, Node


@dataclass(frozen=True)
class Group:
    """A student group.

    `reference` is the id of the group that it is compared with; `None` when it has none.
    `parts` is empty, or the two or more groups that an intersection consists of; `predicate` is
    then the conjunction of theirs, and definitions that override a part are heeded by
    `Definition.rule_of`.
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


def all_of(conditions: Iterable[Node]) -> Node:
    """Every one of the conditions, joined by “and”. Needs at least one."""
    return reduce(And, conditions)
