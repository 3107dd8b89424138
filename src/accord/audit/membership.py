"""How far the schools of a district may be off its total, read from what is published.

Where students have one school, schools add up to their district; where they move, a student counts
in two. Which it is shows in the totals: where all students of the district and of each school are
shown in a grade, their difference bounds that of every group.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from accord.audit.quantities import Quantity
from accord.cells.equations import ALL
from accord.cells.frame import Frame
from accord.cells.places import Whole
from accord.cells.system import UNBOUNDED


def off_ranges(frame: Frame, quantities: Sequence[Quantity]) -> list[tuple[Whole, Whole]]:
    """For each quantity, by grade, the least and the most that the schools' sum may be off.

    - Where the all-students line of a grade is shown, its difference and zero are the ends, and
      whatever other lines of the grade show is within them too.
    - Elsewhere schools are taken to add up if every line that is shown anywhere does, or if none
      is: nothing then speaks of students with two schools.
    - Otherwise nothing is known of the grade.
    """
    shown = [_shown(frame, each) for each in quantities]
    differs = any(bool(off.any()) for _, off in shown)
    return [_ranges(frame, told, off, differs=differs) for told, off in shown]


def _shown(frame: Frame, quantity: Quantity) -> tuple[Whole, Whole]:
    """The school lines of which every member is shown, and by how much each is off."""
    known = quantity.known & ~quantity.coarse
    lines = frame.schools
    members = lines.counts(_padded(known.astype(np.int64), len(frame)) > 0)
    told = np.flatnonzero(members == np.diff(lines.start))
    values = _padded(np.where(known, quantity.values, 0), len(frame))
    return told, lines.sums(values)[told]


def _ranges(frame: Frame, told: Whole, off: Whole, *, differs: bool) -> tuple[Whole, Whole]:
    places = frame.places
    first = frame.schools.member[frame.schools.start[:-1]][told]
    grade = places.grade[first]
    is_all = places.group[first] == (places.groups.index(ALL) if ALL in places.groups else -1)
    silent = -UNBOUNDED if differs else 0
    least = np.full(len(places.grades), silent, dtype=np.int64)
    most = -least
    for number in range(len(places.grades)):
        here = off[grade == number]
        if is_all[grade == number].any():
            least[number], most[number] = min(0, here.min()), max(0, here.max())
    return least, most


def _padded(column: Whole, size: int) -> Whole:
    """One entry for each place of a frame; nothing is known of its complements."""
    padded = np.zeros(size, dtype=column.dtype)
    padded[: len(column)] = column
    return padded
