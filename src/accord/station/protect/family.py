"""Protecting the definitions of one fact and period together, quantity by quantity.

This is the unit of work: no number of one fact and period is an equation with another's, so a pool
of processes may take one each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.cells.equations import equations, remainders, schools_add_up
from accord.cells.places import Flags, Lines
from accord.charter.model import Disclosure
from accord.station.protect.complement import hide
from accord.station.protect.primary import Quantity
from accord.station.protect.quantities import Shared, quantities
from accord.station.protect.raw import Guarded, Measure, RawTable

_LEVELS = ("district", "school")
_DEARER = 1e12  # a cell of a level to be spared costs more than any number of students


def guard(raw: RawTable, rules: Disclosure) -> list[Guarded]:
    """Each measure of `raw` with the cells that leave for somebody and must be hidden.

    `raw` has a measure or more. Raises `RefusedError`, see `complement.hide`.
    """
    measures = raw.measures
    shown = [measure.leaves.copy() for measure in measures]
    system = _System.of(raw, rules)
    for shared in quantities(measures, rules):
        closed = hide(system.quantity(shared, shown))
        for place in shared.places:
            shown[place] &= ~closed
    return [
        Guarded(raw.period, raw.places, measure, measure.leaves & ~cells)
        for measure, cells in zip(measures, shown, strict=True)
    ]


@dataclass(frozen=True)
class _System:
    """What all quantities of one fact and period have in common."""

    measures: Sequence[Measure]
    equations: Lines
    remainders: Lines
    rank: NDArray[np.float64]

    @classmethod
    def of(cls, raw: RawTable, rules: Disclosure) -> _System:
        places = raw.places
        adds_up = np.logical_or.reduce(
            [schools_add_up(places, each.members.units, rules.minimum) for each in raw.measures]
        )
        level = np.where(places.organisation > 0, "school", "district")
        order = [*rules.prefer, *(name for name in _LEVELS if name not in rules.prefer)]
        rank = np.select([level == name for name in order], range(len(order)))
        return cls(
            measures=raw.measures,
            equations=equations(places, raw.relations, adds_up),
            remainders=remainders(places, raw.relations),
            rank=rank * _DEARER,
        )

    def quantity(self, shared: Shared, shown: Sequence[Flags]) -> Quantity:
        """A quantity as it stands, given the cells that each measure still shows."""
        measures = [self.measures[place] for place in shared.places]
        students = np.sum([each.members.units for each in measures], axis=0)
        unnamed = ~np.logical_or.reduce([each.leaves for each in measures])
        settled = np.logical_and.reduce([each.speechless for each in measures])
        settled |= unnamed & (students == 0)
        visible = np.logical_or.reduce([shown[place] for place in shared.places])
        return Quantity(
            equations=self.equations,
            remainders=self.remainders.only(self.remainders.sums(students) != 0),
            requirements=shared.requirements,
            forced=~visible & ~settled,
            settled=settled,
            cost=self.rank + students,
        )
