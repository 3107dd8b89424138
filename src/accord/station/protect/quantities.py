"""Which numbers are one and the same, and what each of them must not give away.

A release shows two numbers in a cell of a definition: its numerator and its denominator. The same
number can stand in several definitions (whoever took the test is the numerator of participation and
the denominator of a mean score), so numbers, not definitions, are protected. A *quantity* is a
number in every cell, with all the places in which it is shown. Two columns are one quantity when
they are the same sum, or when they agree wherever a reader could see both.

A quantity is known in a cell as soon as one of the definitions that show it shows the cell. So what
is hidden of a quantity is hidden in all of them.

What must stay hidden of a definition goes to its quantities as requirements:

- fewer students than the minimum: numerator and denominator;
- for percentages, a numerator below the threshold: the numerator;
- for percentages, a rest (denominator − numerator) below the threshold: *one* of the two, since the
  rest is known only to who knows both. It goes to the one that the fewest other definitions show.
  So test participation of nearly everyone is hidden without hiding every mean score beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from accord.cells.places import Flags
from accord.charter.model import Disclosure
from accord.indicators.language.nodes import Column
from accord.station.protect.amounts import Amounts
from accord.station.protect.primary import Requirement
from accord.station.protect.raw import Measure

PERCENT = "percent"


@dataclass(frozen=True)
class Shown:
    """A column of a release: the numerator or the denominator of the measure at `place`."""

    place: int
    role: str


@dataclass(frozen=True)
class Shared:
    """One quantity: the columns that show it and the requirements that it must meet."""

    columns: tuple[Shown, ...]
    requirements: tuple[Requirement, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The measures that show it, each once."""
        return tuple(dict.fromkeys(column.place for column in self.columns))


def quantities(measures: Sequence[Measure], rules: Disclosure) -> list[Shared]:
    """The quantities of some measures over the same cells, the most widely shown first."""
    owners = _owners(measures, rules)
    columns: dict[int, list[Shown]] = {}
    for column, owner in owners.items():
        columns.setdefault(owner, []).append(column)
    requirements: dict[int, list[Requirement]] = {owner: [] for owner in columns}
    for place, measure in enumerate(measures):
        numerator, denominator = (owners[Shown(place, role)] for role in _ROLES)
        for owner in dict.fromkeys((numerator, denominator)):
            requirements[owner] += _sizes(measure, rules)
        if measure.definition.unit == PERCENT:
            requirements[numerator].append(_least(measure.numerator, rules.threshold))
            rest = measure.denominator.less(measure.numerator)
            fewest = min((numerator, denominator), key=lambda owner: len(columns[owner]))
            requirements[fewest].append(_least(rest, rules.threshold))
    found = [Shared(tuple(columns[owner]), tuple(requirements[owner])) for owner in columns]
    return sorted(found, key=lambda shared: -len(shared.places))


def misses_minimum(measure: Measure, rules: Disclosure) -> Flags:
    """The cells with fewer students than the minimum."""
    return _missed(_sizes(measure, rules))


def misses_threshold(measure: Measure, rules: Disclosure) -> Flags:
    """The cells in which nearly nobody, or nearly everybody, is counted."""
    if measure.definition.unit != PERCENT:
        return np.zeros(len(measure.members.units), dtype=bool)
    rest = measure.denominator.less(measure.numerator)
    return _missed([_least(amounts, rules.threshold) for amounts in (measure.numerator, rest)])


_ROLES = ("numerator", "denominator")


def _owners(measures: Sequence[Measure], rules: Disclosure) -> dict[Shown, int]:
    """A number for each column; the same number for columns that are one quantity."""
    columns = [Shown(place, role) for place in range(len(measures)) for role in _ROLES]
    owners = {column: number for number, column in enumerate(columns)}
    for first, second in _same(measures, columns, rules):
        old, new = owners[second], owners[first]
        owners = {column: new if owner == old else owner for column, owner in owners.items()}
    return owners


def _same(
    measures: Sequence[Measure], columns: Sequence[Shown], rules: Disclosure
) -> Iterator[tuple[Shown, Shown]]:
    visible = [
        measure.leaves & ~misses_minimum(measure, rules) & ~misses_threshold(measure, rules)
        for measure in measures
    ]
    for first, second in combinations(columns, 2):
        one, other = (_amounts(measures, column) for column in (first, second))
        both = visible[first.place] & visible[second.place]
        agree = one.scale == other.scale and bool((one.units == other.units)[both].all())
        if _key(measures, first) == _key(measures, second) or (both.any() and agree):
            yield first, second


def _key(measures: Sequence[Measure], column: Shown) -> str | Shown:
    """The sum's key; a column that is no plain sum is only like itself."""
    definition = measures[column.place].definition
    node = getattr(definition, column.role)
    return definition.sum_keys[node.name] if isinstance(node, Column) else column


def _amounts(measures: Sequence[Measure], column: Shown) -> Amounts:
    amounts: Amounts = getattr(measures[column.place], column.role)
    return amounts


def _sizes(measure: Measure, rules: Disclosure) -> list[Requirement]:
    return [_least(amounts, rules.minimum) for amounts in (measure.members, measure.denominator)]


def _least(amounts: Amounts, least: int) -> Requirement:
    return Requirement(amounts.units, least * amounts.scale)


def _missed(requirements: Sequence[Requirement]) -> Flags:
    missed: Flags = np.logical_or.reduce([item.values < item.least for item in requirements])
    return missed
