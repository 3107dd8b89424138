"""How far the schools of a district may be off its total, read from what is published.

Where students have one school, schools add up to their district; where they move, a student counts
in two. Which it is shows in the totals: where all students of the district and of each school are
shown in a grade, their difference bounds that of every group. Where a group's own sizes are shown,
so does theirs: of a group that nobody left, every number adds up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from accord.audit.quantities import Quantity
from accord.cells.frame import Frame
from accord.cells.places import Flags, Whole
from accord.cells.relations import ALL
from accord.cells.system import UNBOUNDED, Link


def off_ranges(
    frame: Frame, quantities: Sequence[Quantity], links: Sequence[Link]
) -> list[tuple[Whole, Whole]]:
    """For each quantity, by line over schools, the least and the most that their sum may be off.

    - Where the all-students line of a grade is shown, its difference and zero are the ends, and
      whatever other lines of the grade show is within them too.
    - Elsewhere schools are taken to add up if every line that is shown anywhere does, or if none
      is: nothing then speaks of students with two schools.
    - Otherwise nothing is known of the grade.
    - In any case no line is further off than that of the students who are counted in it, where
      theirs is shown.
    """
    shown = [_shown(frame, each) for each in quantities]
    differs = any(bool(off[told].any()) for told, off in shown)
    furthest = _furthest(quantities, shown, links)
    found = []
    for (told, off), most_off in zip(shown, furthest, strict=True):
        least, most = _by_grade(frame, told, off, differs=differs)
        found.append((np.maximum(least, -most_off), np.minimum(most, most_off)))
    return found


def _shown(frame: Frame, quantity: Quantity) -> tuple[Flags, Whole]:
    """The school lines of which every member is told, and by how much each is off."""
    values, known = frame.completed(quantity.values, quantity.known & ~quantity.coarse)
    lines = frame.schools
    return lines.counts(known) == np.diff(lines.start), lines.sums(values)


def _furthest(
    quantities: Sequence[Quantity], shown: Sequence[tuple[Flags, Whole]], links: Sequence[Link]
) -> list[Whole]:
    """How far each line may be off, for every quantity, given those that it is counted among."""
    furthest = [np.where(told, np.abs(off), UNBOUNDED) for told, off in shown]
    counted = [link for link in links if quantities[link.whole].column.counted is not None]
    for _ in quantities:  # a part of a part of a whole, and so on
        for link in counted:
            whole, times = furthest[link.whole], max(abs(link.least), abs(link.most))
            bound = np.where(whole < UNBOUNDED, whole * times, UNBOUNDED)
            furthest[link.part] = np.minimum(furthest[link.part], bound)
    return furthest


def _by_grade(frame: Frame, told: Flags, off: Whole, *, differs: bool) -> tuple[Whole, Whole]:
    """What the lines of a grade tell of each other, for each of them."""
    places = frame.places
    first = frame.schools.member[frame.schools.start[:-1]]
    grade = places.grade[first]
    is_all = places.group[first] == (places.groups.index(ALL) if ALL in places.groups else -1)
    silent = UNBOUNDED if differs else 0
    least, most = (np.full(len(off), end, dtype=np.int64) for end in (-silent, silent))
    for number in range(len(places.grades)):
        here = grade == number
        if (is_all & told & here).any():
            seen = off[told & here]
            least[here], most[here] = min(0, seen.min()), max(0, seen.max())
    return least, most
