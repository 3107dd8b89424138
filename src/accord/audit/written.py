"""All that a reader can write down of what is shown: ranges and lines over whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np

from accord.audit.assumed import Assumed
from accord.audit.bands import banded
from accord.audit.forms import is_part
from accord.audit.membership import off_ranges
from accord.audit.quantities import LONGEST_YEAR, Quantity
from accord.audit.reading import Reading
from accord.cells.cell import State
from accord.cells.frame import Frame
from accord.cells.places import Whole
from accord.cells.relations import NO_ACCIDENT
from accord.cells.system import UNBOUNDED, Known, Link, System, system_of
from accord.indicators.bands import Bands

_TIMES, _SPARE = 2, 1000  # a hidden number is no more than so many times the largest, and so many
_LARGEST_DISTRICT = 1_000_000  # students: where only bands are shown, which have no upper end


def written_down(reading: Reading, assumed: Assumed, bands: Bands) -> System:
    """The system of every quantity over the frame of a reading."""
    frame, known = reading.frame, []
    links = _links(reading)
    off = off_ranges(frame, reading.quantities, links)
    silent = np.full(len(frame.schools), UNBOUNDED, dtype=np.int64)
    unlinked = []
    for number, (quantity, (least, most)) in enumerate(zip(reading.quantities, off, strict=True)):
        low, high = _range(reading, quantity)
        adds = quantity.column.is_sum or (assumed.sums and _adds_up(frame, quantity))
        if not adds:
            unlinked.append(number)
        if not assumed.schools or not adds or quantity.coarse.any():
            least, most = -silent, silent  # noqa: PLW2901
        known.append(Known(low, high, least, most))
    system = system_of(frame, known, links)
    if unlinked:
        system = _without_lines_of(system, unlinked, len(frame.exact))
    return banded(
        system,
        reading.seen,
        reading.forms,
        reading.at,
        owners=reading.owners,
        quantities=reading.quantities,
        bands=bands,
    )


def _range(reading: Reading, quantity: Quantity) -> tuple[Whole, Whole]:
    size = len(reading.frame)
    shown = np.flatnonzero(quantity.known)
    largest = int(quantity.values[shown].max(initial=0))
    spare = _SPARE
    if any(len(reading.seen[number].in_state(State.BANDED)) for number, _ in quantity.columns):
        is_count = quantity.column.counted is not None
        spare = _LARGEST_DISTRICT * (1 if is_count else LONGEST_YEAR)
    ends = (0, _TIMES * largest + spare * quantity.scale)
    if _is_score(reading, quantity):
        ends = (-UNBOUNDED, UNBOUNDED)
    low, high = (np.full(size, end, dtype=np.int64) for end in ends)
    low[shown] = quantity.values[shown]
    high[shown] = quantity.values[shown] + quantity.scale * quantity.coarse[shown]
    return low, high


def _is_score(reading: Reading, quantity: Quantity) -> bool:
    """Whether it is a sum of points, which may be below zero."""
    return quantity.column.counted is None and any(
        role == "numerator" and not reading.forms[place].is_rate for place, role in quantity.columns
    )


def _links(reading: Reading) -> list[Link]:
    """A rate's numerator within its denominator, points within the scale, parts in wholes."""
    parts: set[tuple[int, int]] = set()
    scores: dict[tuple[int, int], Link] = {}
    for place, form in enumerate(reading.forms):
        part, whole = reading.pair(place)
        one, other = reading.quantities[part], reading.quantities[whole]
        if part == whole:
            continue
        if form.is_rate and one.scale == other.scale:
            parts.add((part, whole))
        elif form.scores is not None and other.scale == 1:
            least, most = (end * one.scale for end in form.scores)
            scores[part, whole] = Link(part, whole, least, most)
    for (a, one), (b, other) in permutations(enumerate(reading.quantities), 2):
        if one.snapshots & other.snapshots and is_part(one.column, other.column):
            parts.add((a, b))
    return [*(Link(a, b, 0, 1) for a, b in sorted(_direct(parts))), *scores.values()]


def _direct(parts: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those parts of wholes that don't follow from two others."""
    return {
        (a, c)
        for a, c in parts
        if not any((a, b) in parts and (b, c) in parts for b in {whole for _, whole in parts})
    }


def _adds_up(frame: Frame, quantity: Quantity) -> bool:
    """Whether an expression over sums is seen to add up nearly everywhere, as if it were one."""
    known = np.zeros(len(frame), dtype=bool)
    known[: frame.shown] = quantity.known & ~quantity.coarse
    values = np.zeros(len(frame), dtype=np.int64)
    values[: frame.shown] = np.where(quantity.known, quantity.values, 0)
    whole = frame.exact.counts(known) == np.diff(frame.exact.start)
    sums = frame.exact.sums(values)[whole]
    return bool(whole.sum() >= NO_ACCIDENT and (sums == 0).all())


def _without_lines_of(system: System, quantities: Sequence[int], exact: int) -> System:
    """The system less the exact lines of some quantities; those come first, one after another."""
    kept = np.ones(len(system.lines), dtype=bool)
    for quantity in quantities:
        kept[quantity * exact : (quantity + 1) * exact] = False
    return replace(
        system, lines=system.lines.only(kept), least=system.least[kept], most=system.most[kept]
    )
