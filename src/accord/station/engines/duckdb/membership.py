"""Who belongs to which group, as one number for each finest cell.

A definition may have its own rule for a group, so a group has a rule for each *profile*: the rules
that one or more definitions share. Every distinct rule has a bit, and a cell's *mask* has the bits
of the rules that hold for it. Adding up by rule then needs no rule to be looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.indicators.language.canonical import as_text
from accord.indicators.language.nodes import Node
from accord.indicators.language.walk import columns_of
from accord.station.engines.duckdb.bounds import Bound
from accord.station.engines.duckdb.compile import row_sql

MASK_BITS = 60


@dataclass(frozen=True)
class Membership:
    """The distinct rules of all groups.

    `served` has, for each rule and group that it is the rule of, the positions of both and the
    profiles for which it is. `profiles` has each definition's profile by its reference.
    """

    rules: tuple[Node, ...]
    served: Mapping[tuple[int, int], frozenset[int]]
    profiles: Mapping[str, int]

    @property
    def profile_count(self) -> int:
        return len(set(self.profiles.values()))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rules look at, in the order of the alphabet."""
        return tuple(sorted({name for rule in self.rules for name in columns_of(rule)}))

    @property
    def mask_count(self) -> int:
        return -(-len(self.rules) // MASK_BITS)

    def mask_sql(self, mask: int, columns: Mapping[str, Bound]) -> str:
        """The SQL of one mask: bit n is rule `mask` * MASK_BITS + n."""
        rules = self.rules[mask * MASK_BITS : (mask + 1) * MASK_BITS]
        bits = (
            f"case when {row_sql(rule, columns)} then {1 << bit}::bigint else 0 end"
            for bit, rule in enumerate(rules)
        )
        return " + ".join(bits)


def membership_of(definitions: Iterable[Definition], groups: Sequence[Group]) -> Membership:
    """Number the rules and the profiles of some definitions over some groups."""
    rules: dict[str, Node] = {}
    profiles: dict[tuple[int, ...], int] = {}
    served: dict[tuple[int, int], set[int]] = {}
    of_definition: dict[str, int] = {}
    for definition in definitions:
        own = tuple(_number(definition.rule_of(group), rules) for group in groups)
        profile = profiles.setdefault(own, len(profiles))
        of_definition[definition.reference] = profile
        for position, rule in enumerate(own):
            served.setdefault((rule, position), set()).add(profile)
    frozen = {pair: frozenset(found) for pair, found in served.items()}
    return Membership(tuple(rules.values()), frozen, of_definition)


def _number(rule: Node, rules: dict[str, Node]) -> int:
    """The position of a rule among `rules`, where it is put if it is new."""
    text = as_text(rule)
    rules.setdefault(text, rule)
    return list(rules).index(text)
