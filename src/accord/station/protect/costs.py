"""What hiding a cell costs the partnership, when something must be hidden beside.

In this order: the charter's `prefer` says which level gives way first; a group for which the
charter sets a target is spared; a cell that was shown for the year before stays shown if it can;
and of what is left, the cell about fewer students gives way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from accord.cells.places import Places
from accord.charter.model import Charter
from accord.station.protect.quantity import Amounts
from accord.station.protect.raw import Guarded, Measure

_LEVELS = ("district", "school")
_SHOWN_BEFORE, _HAS_TARGET, _NEXT_LEVEL = 1e7, 1e9, 1e11  # each above all that comes before it

Name = tuple[str, str, str]
"""School, grade and group, as a release spells them."""


@dataclass(frozen=True)
class Costs:
    """`targets` are pairs of indicator and group; `shown` the cells of each indicator that were
    shown for the year before."""

    prefer: tuple[str, ...] = ("school", "district")
    targets: frozenset[tuple[str, str]] = frozenset()
    shown: Mapping[str, Collection[Name]] = field(default_factory=dict)

    @classmethod
    def of(cls, charter: Charter, shown: Mapping[str, Collection[Name]]) -> Costs:
        """The costs that a charter sets."""
        targets = frozenset((target.indicator, target.group) for target in charter.targets)
        return cls(charter.disclosure.prefer, targets, shown)

    def price(self, places: Places, measures: Sequence[Measure]) -> Amounts:
        """What it costs to hide each place in all of some measures."""
        order = [*self.prefer, *(name for name in _LEVELS if name not in self.prefer)]
        level = np.where(places.organisation > 0, order.index("school"), order.index("district"))
        price: Amounts = level * _NEXT_LEVEL
        for measure in measures:
            indicator = measure.definition.id
            wanted = np.array([(indicator, group) in self.targets for group in places.groups])
            price = price + measure.members.units + wanted[places.group] * _HAS_TARGET
            before = self.shown.get(indicator, ())
            if before:
                names = [places.name(place) in before for place in range(len(places))]
                price = price + np.array(names) * _SHOWN_BEFORE
        return price


def shown_in(guarded: Sequence[Guarded]) -> dict[str, set[Name]]:
    """The cells of each indicator that are shown, to be spared in the year after."""
    return {
        each.measure.definition.id: {
            each.places.name(cell)
            for cell in np.flatnonzero(each.measure.leaves & ~each.hidden).tolist()
        }
        for each in guarded
    }
