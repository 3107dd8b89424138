"""Which numbers are part of others by what they mean, as anybody can read in the definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accord.indicators.definition import MEMBERS, Definition
from accord.indicators.language.nodes import Case, Column, Compare, Literal, Node


def nested(definitions: Sequence[Definition]) -> Iterator[tuple[int, int]]:
    """Pairs (part, whole) of positions: whoever the part counts, the whole counts as well.

    That is so where both count students of one population for whom the same number is at least
    some constant, and the part's constant is not the lower one.
    """
    bars = [_bar(each) for each in definitions]
    for part, lower in enumerate(bars):
        for whole, upper in enumerate(bars):
            if part != whole and lower and upper and lower[0] == upper[0]:
                above = lower[1] > upper[1] or (lower[1] == upper[1] and part < whole)
                if above:
                    yield part, whole


def _bar(definition: Definition) -> tuple[tuple[str, Node], float] | None:
    """The population and column that a numerator compares with a constant, and the constant."""
    node = definition.numerator
    if not isinstance(node, Column):
        return None
    (term,) = [each.term for each in definition.sums if each.name == node.name]
    match term:
        case Case(((Compare(">=", left, Literal(value)), Literal(1)),), Literal(0)):
            return ((definition.sum_keys[MEMBERS], left), float(value))
    return None
