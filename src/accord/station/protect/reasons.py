"""Why each hidden cell is hidden, and how much is left to see: for the district's own review.

Neither leaves the district. In a release all hidden cells look the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from accord.charter.model import Audience, Disclosure
from accord.station.protect.primary import misses_minimum, misses_threshold
from accord.station.protect.raw import Guarded


class Reason(StrEnum):
    """The first that applies."""

    FEW = "fewer students than the minimum"
    EXTREME = "nearly nobody or nearly everybody is counted"
    BESIDE = "another hidden cell could be computed from it"


@dataclass(frozen=True)
class Hidden:
    """One hidden cell and its reason; empty `school` or `grade` means all."""

    indicator: str
    period: str
    school: str
    grade: str
    group: str
    reason: Reason


@dataclass(frozen=True)
class Visible:
    """What part of an indicator can be seen at one level of one period, all grades together.

    Students are counted once in each of their groups.
    """

    indicator: str
    period: str
    level: str
    cells: int
    shown_cells: int
    students: int
    shown_students: int

    @property
    def share(self) -> float:
        """The share of students in cells that are shown; 1 where there is nobody."""
        return self.shown_students / self.students if self.students else 1.0


def reasons_of(guarded: Guarded, audience: Audience, rules: Disclosure) -> Iterator[Hidden]:
    """Every cell that is hidden from an audience, with its reason."""
    measure = guarded.measure
    few, extreme = misses_minimum(measure, rules), misses_threshold(measure, rules)
    for cell in np.flatnonzero(guarded.hidden & measure.named[audience]).tolist():
        reason = Reason.FEW if few[cell] else Reason.EXTREME if extreme[cell] else Reason.BESIDE
        place = guarded.places.name(cell)
        yield Hidden(measure.definition.id, guarded.period, *place, reason)


def visibility(guarded: Guarded, audience: Audience) -> Iterator[Visible]:
    """What an audience can see of a measure at each level that has cells for it."""
    measure, places = guarded.measure, guarded.places
    together = measure.leaves & measure.named[audience] & (places.grade == 0)
    at_school = places.organisation > 0
    for level, here in (("district", together & ~at_school), ("school", together & at_school)):
        if here.any():
            students, shown = measure.members.units, here & ~guarded.hidden
            yield Visible(
                indicator=measure.definition.id,
                period=guarded.period,
                level=level,
                cells=int(here.sum()),
                shown_cells=int(shown.sum()),
                students=int(students[here].sum()),
                shown_students=int(students[shown].sum()),
            )
