"""Who belongs to which group: the distinct rules, sorted by how their members are best added up.

A definition may have its own rule for a group, so a group has a rule for each *profile*: the rules
that one or more definitions share. Rules that hold one column equal to one constant each are a
*family*: adding up by the column serves them all. A rule that always holds is served by any family.
Every other rule is a *flag*, with a bit in the mask of each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.indicators.language.canonical import as_text
from accord.indicators.language.nodes import Node
from accord.station.engines.duckdb.bounds import Bound
from accord.station.engines.duckdb.compile import row_sql
from accord.station.engines.duckdb.tallies import ALWAYS, text_equality

_MASK_BITS = 60


@dataclass(frozen=True)
class Membership:
    """The distinct rules of all groups, by number.

    `families` has the rule of each text of a column; `always` the rule that holds for every row,
    if there is one; `masks` the flags, as many to a mask as it has bits. `served` has, for each
    rule and position of a group that it is the rule of, the profiles for which it is; `profiles`
    each definition's profile by its reference.
    """

    families: Mapping[str, Mapping[str, int]]
    always: int | None
    masks: tuple[Mapping[int, Node], ...]
    served: Mapping[tuple[int, int], frozenset[int]]
    profiles: Mapping[str, int]

    @property
    def profile_count(self) -> int:
        return len(set(self.profiles.values()))


def membership_of(definitions: Iterable[Definition], groups: Sequence[Group]) -> Membership:
    """Number the rules and the profiles of some definitions over some groups."""
    rules: dict[str, Node] = {}
    numbers: dict[str, int] = {}
    profiles: dict[tuple[int, ...], int] = {}
    served: dict[tuple[int, int], set[int]] = {}
    of_definition: dict[str, int] = {}
    for definition in definitions:
        texts = []
        for group in groups:
            rule = definition.rule_of(group)
            text = as_text(rule)
            rules.setdefault(text, rule)
            numbers.setdefault(text, len(numbers))
            texts.append(text)
        own = tuple(numbers[text] for text in texts)
        profile = profiles.setdefault(own, len(profiles))
        of_definition[definition.reference] = profile
        for position, number in enumerate(own):
            served.setdefault((number, position), set()).add(profile)
    frozen = {pair: frozenset(found) for pair, found in served.items()}
    return _sorted({numbers[text]: rule for text, rule in rules.items()}, frozen, of_definition)


def mask_sql(mask: Mapping[int, Node], columns: Mapping[str, Bound]) -> str:
    """The SQL of a mask over the rows of a fact."""
    bits = zip(bits_of(mask).values(), mask.values(), strict=True)
    return " + ".join(
        f"case when {row_sql(rule, columns)} then {bit}::bigint else 0 end" for bit, rule in bits
    )


def bits_of(mask: Mapping[int, Node]) -> dict[int, int]:
    """The bit of each rule in a mask."""
    return {rule: 1 << place for place, rule in enumerate(mask)}


def _sorted(
    rules: Mapping[int, Node],
    served: Mapping[tuple[int, int], frozenset[int]],
    profiles: Mapping[str, int],
) -> Membership:
    always = next((number for number, rule in rules.items() if rule == ALWAYS), None)
    families: dict[str, dict[str, int]] = {}
    for number, rule in rules.items():
        if (pair := text_equality(rule)) is not None:
            families.setdefault(pair[0], {})[pair[1]] = number
    families = {column: texts for column, texts in families.items() if len(texts) > 1}
    in_families = {number for texts in families.values() for number in texts.values()}
    flags = [number for number in rules if number != always and number not in in_families]
    masks = tuple(
        {number: rules[number] for number in flags[first : first + _MASK_BITS]}
        for first in range(0, len(flags), _MASK_BITS)
    )
    return Membership(families, always, masks, served, profiles)
