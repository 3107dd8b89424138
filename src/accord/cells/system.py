"""Everything a reader can write down about a table: ranges of whole numbers, and lines over them.

A *quantity* is a number in every place of a frame: how many students took the test, how many of
them met the standard, what their scores add up to. Quantities that count the same students under
two names are one quantity. A *variable* is one quantity in one place, in whole units (a sum of days
is in hundredths). What is published of it, and that a part is never more than its whole, are ranges
and lines; a table that fits them all is one that the reader can't tell from the true one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from accord.cells.frame import Frame
from accord.cells.places import Lines, Whole

UNBOUNDED = 2**52
"""A variable or line with this end has none; whole numbers below it are exact in a float too."""


@dataclass(frozen=True)
class Known:
    """What is known of one quantity before any line is used.

    `low` and `high` have one number for each place of the frame, both included; where they are
    equal the number is known. `off_least` and `off_most` say for each line over schools how far
    their sum may differ from the district: both zero where every student has one school,
    `UNBOUNDED` (and its negative) where nothing is known.
    """

    low: Whole
    high: Whole
    off_least: Whole
    off_most: Whole


@dataclass(frozen=True)
class Link:
    """At every place, ``least · whole ≤ part ≤ most · whole``; quantities by their number.

    Who met the standard took the test: 0 and 1. Scores of a test add up to between the lowest and
    the highest score for each student: those two.
    """

    part: int
    whole: int
    least: int
    most: int


@dataclass(frozen=True)
class System:
    """Ranges of variables, and lines whose sums lie in ranges too.

    Variable ``quantity · places + place`` lies in ``low … high``; line `i`, the sum of its members
    each times its factor (`Lines.sign`), in ``least[i] … most[i]``. All ends are included.
    """

    places: int
    low: Whole
    high: Whole
    lines: Lines
    least: Whole
    most: Whole

    def __len__(self) -> int:
        return len(self.low)

    def variable(self, quantity: int, place: int) -> int:
        """The number of a variable."""
        return quantity * self.places + place

    def name(self, variable: int) -> tuple[int, int]:
        """The quantity and the place of a variable."""
        return divmod(variable, self.places)

    def broken_by(self, values: Whole) -> tuple[Whole, Whole]:
        """The variables out of range and the lines out of theirs, for a number each variable.

        Both empty when a table with these numbers is one that the reader can't rule out.
        """
        outside = (values < self.low) | (values > self.high)
        sums = self.line_sums(values)
        off = (sums < self.least) | (sums > self.most)
        return np.flatnonzero(outside), np.flatnonzero(off)

    def with_lines(self, lines: Lines, least: Whole, most: Whole) -> System:
        """The same system with more lines at the end."""
        return replace(
            self,
            lines=_joined([self.lines, lines]),
            least=np.concatenate([self.least, least]),
            most=np.concatenate([self.most, most]),
        )

    def line_sums(self, values: Whole) -> Whole:
        """Each line's exact sum."""
        ends = np.concatenate([[0], np.cumsum(values[self.lines.member] * self.lines.sign)])
        sums: Whole = ends[self.lines.start[1:]] - ends[self.lines.start[:-1]]
        return sums


def system_of(frame: Frame, known: Sequence[Known], links: Sequence[Link] = ()) -> System:
    """The system of some quantities over one frame.

    Lines that hold for every quantity come first, quantity by quantity; then the schools'; then
    the links, save where a known whole turns one into a range.
    """
    low = np.concatenate([each.low for each in known]).astype(np.int64)
    high = np.concatenate([each.high for each in known]).astype(np.int64)
    size = len(frame)
    parts = [_shifted(frame.exact, quantity * size) for quantity in range(len(known))]
    ends = [np.zeros((len(frame.exact), 2), dtype=np.int64)] * len(known)
    for quantity, each in enumerate(known):
        schools, off = _schools(frame, each)
        parts.append(_shifted(schools, quantity * size))
        ends.append(off)
    for link in links:
        here = slice(link.part * size, (link.part + 1) * size)
        whole = slice(link.whole * size, (link.whole + 1) * size)
        low[here], high[here] = _within(link, (low[here], high[here]), (low[whole], high[whole]))
        open_places = np.flatnonzero(low[whole] != high[whole])
        for factor, least, most in (
            (-link.least, 0, UNBOUNDED),
            (-link.most, -UNBOUNDED, 0),
        ):
            if factor:  # without one the line is a range, which the part has already
                parts.append(_pairs(open_places, link, factor, size))
                ends.append(np.tile(np.array([[least, most]]), (len(open_places), 1)))
    lines = _joined(parts)
    together = np.concatenate([np.zeros((0, 2), dtype=np.int64), *ends])
    return System(size, low, high, lines, together[:, 0], together[:, 1])


def _schools(frame: Frame, known: Known) -> tuple[Lines, Whole]:
    """The lines over schools of which something is known, and their ends."""
    off = np.stack([known.off_least, known.off_most], axis=1)
    said = (off[:, 0] > -UNBOUNDED) | (off[:, 1] < UNBOUNDED)
    return frame.schools.only(said), off[said]


def _within(
    link: Link, part: tuple[Whole, Whole], whole: tuple[Whole, Whole]
) -> tuple[Whole, Whole]:
    """The range of a part, narrowed by that of its whole."""
    open_end = whole[1] >= UNBOUNDED
    top = np.where(open_end, 0, whole[1])
    if link.least >= 0:
        least = whole[0] * link.least
    else:
        least = np.where(open_end, -UNBOUNDED, top * link.least)
    if link.most >= 0:
        most = np.where(open_end, UNBOUNDED, top * link.most)
    else:
        most = whole[0] * link.most
    return np.maximum(part[0], least), np.minimum(part[1], most)


def _pairs(places: Whole, link: Link, factor: int, size: int) -> Lines:
    """``part + factor · whole`` at each of some places."""
    member = np.stack([places + link.part * size, places + link.whole * size], axis=1).ravel()
    sign = np.tile(np.array([1, factor], dtype=np.int64), len(places))
    return Lines(np.arange(len(places) + 1, dtype=np.int64) * 2, member, sign)


def _shifted(lines: Lines, by: int) -> Lines:
    return Lines(lines.start, lines.member + by, lines.sign)


def _joined(parts: Sequence[Lines]) -> Lines:
    lengths = np.concatenate([[0], *(np.diff(part.start) for part in parts)]).astype(np.int64)
    empty = np.zeros(0, dtype=np.int64)
    return Lines(
        np.cumsum(lengths),
        np.concatenate([empty, *(part.member for part in parts)]),
        np.concatenate([empty, *(part.sign for part in parts)]),
    )


def as_floats(ends: Whole) -> NDArray[np.float64]:
    """Ends as a solver wants them: infinite where there is none."""
    floats = ends.astype(np.float64)
    floats[ends >= UNBOUNDED] = np.inf
    floats[ends <= -UNBOUNDED] = -np.inf
    return floats
