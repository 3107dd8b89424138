"""Which columns of a release hold the same number.

A release shows two numbers in each cell of a definition, and one number can stand in several of
them: whoever took the test is the numerator of participation and the denominator of a mean score.
Two columns are the same when they are the same sum, or when they agree wherever a reader could see
both.
"""

from __future__ import annotations

from collections.abc import Sequence

from accord.charter.model import Disclosure
from accord.indicators.language.nodes import Column
from accord.station.protect.amounts import Amounts
from accord.station.protect.primary import misses_minimum, misses_threshold
from accord.station.protect.raw import Measure

ROLES = ("numerator", "denominator")


class Columns:
    """The numerators and denominators of some measures over the same cells."""

    def __init__(self, measures: Sequence[Measure], rules: Disclosure) -> None:
        self._measures = measures
        self._visible = [
            each.leaves & ~misses_minimum(each, rules) & ~misses_threshold(each, rules)
            for each in measures
        ]

    def showing(self, owner: int, role: str = "numerator") -> tuple[int, ...]:
        """The measures, the owner's own first, that show the number in one of its columns."""
        others = [
            other
            for other in range(len(self._measures))
            if other != owner and any(self._same(owner, role, other, each) for each in ROLES)
        ]
        return (owner, *others)

    def is_size(self, owner: int) -> bool:
        """Whether a numerator is how many students other measures are about.

        And whether its denominator is shown nowhere else, so that hiding it hides the rest.
        """
        others = [other for other in range(len(self._measures)) if other != owner]
        return any(
            self._same(owner, "numerator", other, "denominator") for other in others
        ) and self.showing(owner, "denominator") == (owner,)

    def _same(self, first: int, role: str, second: int, other_role: str) -> bool:
        one, two = self._measures[first], self._measures[second]
        key = sum_key(one, role)
        if key is not None and key == sum_key(two, other_role):
            return True
        left, right = _amounts(one, role), _amounts(two, other_role)
        both = self._visible[first] & self._visible[second]
        agree = left.scale == right.scale and bool((left.units == right.units)[both].all())
        return agree and bool(both.any())


def sum_key(measure: Measure, role: str) -> str | None:
    """The sum's key; nothing for a column that is no plain sum."""
    node = getattr(measure.definition, role)
    return measure.definition.sum_keys[node.name] if isinstance(node, Column) else None


def _amounts(measure: Measure, role: str) -> Amounts:
    amounts: Amounts = getattr(measure, role)
    return amounts
