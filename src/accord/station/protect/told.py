"""What else the gate is told of a measure: cells that are out, and cells to hide again or as well.

A number that was released once can't be taken back, and hiding it again hides nothing. So the gate
counts it as known, looks elsewhere for what to hide, and keeps hiding what ought never to have been
shown. A number that was corrected since is another one: it is not out, and can be hidden. What was
hidden of the same measure stays hidden: a release that is made again is the same. And where the
audit finds an attack that the gate did not think of, it names a cell that must be hidden as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from accord.cells.cell import State
from accord.cells.places import Flags, Places
from accord.cells.table import CellTable
from accord.station.protect.raw import Measure
from accord.station.protect.rows import as_released

Name = tuple[str, str, str]
"""School, grade and group, as a release spells them."""

Numbers = tuple[Decimal, Decimal]
"""Numerator and denominator, as a release spells them."""

_KEY = ("period", "definition_hash", "school", "grade", "group", "numerator", "denominator")


@dataclass(frozen=True)
class Told:
    """`out` is what was last released of each cell, exactly, by period and definition (its hash);
    `again` and `also` are the cells of each period and indicator to hide whatever else is decided:
    those that were hidden before, and those that the audit names, which nobody may work out."""

    out: Mapping[tuple[str, str], Mapping[Name, Numbers]] = field(default_factory=dict)
    again: Mapping[tuple[str, str], Collection[Name]] = field(default_factory=dict)
    also: Mapping[tuple[str, str], Collection[Name]] = field(default_factory=dict)

    @classmethod
    def of(cls, released: Iterable[CellTable]) -> Told:
        """What earlier releases have told, oldest first."""
        out: dict[tuple[str, str], dict[Name, Numbers]] = {}
        for table in released:
            columns = table.where(state={State.PUBLISHED.value}).columns
            rows = zip(*(columns[each].to_pylist() for each in _KEY), strict=True)
            for period, definition, school, grade, group, *numbers in rows:
                here = out.setdefault((period, definition), {})
                here[school, grade, group] = (numbers[0], numbers[1])
        return cls(out)

    def was_out(self, period: str, measure: Measure, places: Places) -> Flags:
        """Which cells of a measure were released already, with whatever numbers."""
        return _marked(places, self.out.get((period, measure.definition.hash), {}))

    def is_out(self, period: str, measure: Measure, places: Places) -> Flags:
        """Which cells of a measure were released already, with the numbers that they have now."""
        out = self.out.get((period, measure.definition.hash), {})
        marked = self.was_out(period, measure, places)
        for place in np.flatnonzero(marked).tolist():
            numbers = (measure.numerator.exact[place], measure.denominator.exact[place])
            marked[place] = out[places.name(place)] == tuple(map(as_released, numbers))
        return marked

    def is_again(self, period: str, measure: Measure, places: Places) -> Flags:
        """Which cells of a measure were hidden before."""
        return _marked(places, self.again.get((period, measure.definition.id), ()))

    def is_also(self, period: str, measure: Measure, places: Places) -> Flags:
        """Which cells of a measure must be hidden as well."""
        return _marked(places, self.also.get((period, measure.definition.id), ()))


def _marked(places: Places, names: Collection[Name]) -> Flags:
    if not names:
        return np.zeros(len(places), dtype=bool)
    return np.array([places.name(place) in names for place in range(len(places))], dtype=bool)
