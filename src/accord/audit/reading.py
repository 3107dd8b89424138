"""What some sightings of one district, period and fact say: which number, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accord.audit.assumed import Assumed
from accord.audit.forms import Form
from accord.audit.quantities import Quantity, Shown, places_of, quantities
from accord.audit.sightings import Sighting
from accord.cells.cell import State
from accord.cells.frame import Frame, frame_of
from accord.cells.places import Flags, Places, Whole
from accord.cells.relations import Relations


@dataclass(frozen=True)
class Reading:
    """Sightings, each with its form and the places `at` which its cells are, read together.

    `frame` has every place, `quantities` the numbers that are shown in them, and `owners` says
    which of those a sighting's column shows. `revised` says that something is told in two ways.
    """

    seen: tuple[Sighting, ...]
    forms: tuple[Form, ...]
    at: tuple[Whole, ...]
    frame: Frame
    quantities: tuple[Quantity, ...]
    owners: dict[Shown, int]
    revised: bool

    @classmethod
    def of(
        cls,
        seen: Sequence[Sighting],
        forms: Sequence[Form],
        relations: Relations,
        assumed: Assumed,
    ) -> Reading:
        """Read the figures; see `quantities.quantities`, also for what is raised."""
        places = places_of(seen)
        spots = {places.name(place): place for place in range(len(places))}
        at = [np.array([spots[cell] for cell in each.cells], dtype=np.int64) for each in seen]
        read = quantities(seen, forms, spots, unchanged=assumed.unchanged, newest=assumed.newest,
                          alike=assumed.alike)  # fmt: skip
        frame = frame_of(places, _with_unions(relations, places, read.quantities))
        return cls(
            seen=tuple(seen),
            forms=tuple(forms),
            at=tuple(at),
            frame=frame,
            quantities=tuple(read.quantities),
            owners=read.owners,
            revised=read.revised,
        )

    def pair(self, definition: int) -> tuple[int, int]:
        """The quantities that are the numerator and the denominator of a sighting."""
        return self.owners[definition, "numerator"], self.owners[definition, "denominator"]

    def shown(self) -> Flags:
        """The variables of which something is shown, exactly or in a band."""
        found = np.zeros((len(self.quantities), len(self.frame)), dtype=bool)
        for number, (sighting, at) in enumerate(zip(self.seen, self.at, strict=True)):
            for state in (State.PUBLISHED, State.BANDED):
                for quantity in self.pair(number):
                    found[quantity, at[sighting.in_state(state)]] = True
        return found.ravel()


def _with_unions(relations: Relations, places: Places, found: Sequence[Quantity]) -> Relations:
    """The relations with the unions that show in the most widely shown number."""
    if not found:
        return relations
    widest = max(found, key=lambda each: int(each.known.sum()))
    return relations.with_unions(places, np.where(widest.known, widest.values, 0), widest.known)
