"""What a band says: of the value, and, since bands are cut by size, of how many students there are.

A value between two ends is a line over numerator and denominator, whether or not anybody publishes
the denominator. And a cell that is shown at all has the least number of students that the rules
ask for, and so many with and without what is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from accord.audit.forms import Form
from accord.audit.quantities import Quantity, Shown
from accord.audit.sightings import UNIT, Sighting
from accord.cells.cell import State
from accord.cells.frame import lines_of
from accord.cells.places import Whole
from accord.cells.system import UNBOUNDED, System
from accord.indicators.bands import Bands

_PERCENT = 100


def banded(
    system: System,
    seen: Sequence[Sighting],
    forms: Sequence[Form],
    at: Sequence[Whole],
    *,
    owners: Mapping[Shown, int],
    quantities: Sequence[Quantity],
    bands: Bands,
) -> System:
    """The system with everything that the banded cells of some sightings say.

    `at` has the places of each sighting's cells, `owners` the quantity of each column.
    """
    low, high = system.low.copy(), system.high.copy()
    terms: list[list[tuple[int, int]]] = []
    least: list[int] = []
    most: list[int] = []
    for number, (sighting, form) in enumerate(zip(seen, forms, strict=True)):
        part, whole = owners[number, "numerator"], owners[number, "denominator"]
        counts_students = quantities[whole].column.counted is not None
        scale = quantities[part].scale
        if part == whole or (form.is_rate and scale != quantities[whole].scale):
            continue
        rules = sighting.source.rules
        for row in sighting.in_state(State.BANDED).tolist():
            place = int(at[number][row])
            x, n = system.variable(part, place), system.variable(whole, place)
            ends = [Fraction(int(sighting.numbers[end][row]), UNIT) for end in ("low", "high")]
            if counts_students:
                fewest, highest = _size(form, ends, bands)
                low[n] = max(low[n], fewest, rules.minimum)
                high[n] = min(high[n], highest)
            if form.is_rate:
                low[x] = max(low[x], rules.threshold * scale)
                terms.append([(n, 1), (x, -1)])
                least.append(rules.threshold * scale)
                most.append(UNBOUNDED)
            times = Fraction(1, _PERCENT) if form.is_rate else Fraction(scale)
            for end, sign in zip(ends, (1, -1), strict=True):
                factor = end * times
                terms.append([(x, sign * factor.denominator), (n, -sign * factor.numerator)])
                least.append(0)
                most.append(UNBOUNDED)
    kept = [[term for term in line if term[1]] for line in terms]
    more = lines_of(kept)
    narrower = replace(system, low=low, high=high)
    return narrower.with_lines(more, np.array(least, np.int64), np.array(most, np.int64))


def _size(form: Form, ends: Sequence[Fraction], bands: Bands) -> tuple[int, int]:
    """The fewest and the most students about whom such a band is published."""
    sizes = [(size.fewest, size) for size in (bands.sizes if form.is_rate else bands.means)]
    above = UNBOUNDED
    found = []
    for fewest, size in sizes:
        if form.is_rate:
            middle = (ends[0] + ends[1]) / 2
            band = bands.band_of(middle, fewest)
            fits = band is not None and [band.low, band.high] == list(ends)
        else:
            fits = ends[1] - ends[0] == size.width
        if fits:
            found.append((fewest, above))
        above = fewest - 1
    if not found:
        return 0, UNBOUNDED
    return min(low for low, _ in found), max(high for _, high in found)
