"""Taking a system apart: what is known drops out, and what hangs together stays together.

Very small parts are searched together; a program for each would be mostly overhead.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from accord.audit.program import Part, shifted
from accord.audit.targets import Targets
from accord.cells.places import Flags, Whole
from accord.cells.system import UNBOUNDED, System

_SPARE = 1000
_TOGETHER = 400


def parts_of(system: System, targets: Targets) -> Iterator[tuple[Part, Whole]]:
    """Each part with the targets that are about it.

    A range without an end gets one far above every number that is known, so that every table is
    finite. The two variables of a target are always in one part.
    """
    low, high = _closed(system)
    free = low < high
    label = _gathered(_labels(system, targets, free), free)
    order = np.flatnonzero(free)[np.argsort(label[free], kind="stable")]
    open_lines = system.lines.counts(free) > 0
    lines, least, most = (
        system.lines.only(open_lines), system.least[open_lines], system.most[open_lines]
    )  # fmt: skip
    known = np.where(free, 0, low)
    numbers = np.flatnonzero(open_lines)
    taken = np.add.reduceat(known[lines.member] * lines.sign, lines.start[:-1])
    least, most = shifted(least, -taken), shifted(most, -taken)
    home = np.zeros(len(lines), dtype=np.int64)
    inside = free[lines.member]
    home[lines.line[inside]] = label[lines.member[inside]]
    of_target = np.where(free[targets.part], label[targets.part], label[targets.whole])
    about = free[targets.part] | free[targets.whole]
    for name in np.unique(label[order]).tolist():
        here = order[
            np.searchsorted(label[order], name) : np.searchsorted(label[order], name, "right")
        ]
        mine = home == name
        yield (
            Part(here, low[here], high[here], lines.only(mine).among(here, len(system)),
                 least[mine], most[mine], numbers[mine]),
            np.flatnonzero(about & (of_target == name)),
        )  # fmt: skip


def _closed(system: System) -> tuple[Whole, Whole]:
    """The ranges with ends where they have none."""
    ends = np.concatenate([system.low, system.high])
    finite = np.abs(ends[np.abs(ends) < UNBOUNDED])
    far = 2 * int(finite.max(initial=0)) + _SPARE
    low = np.where(system.low <= -UNBOUNDED, -far, system.low)
    return low, np.where(system.high >= UNBOUNDED, np.maximum(far, low + far), system.high)


def _gathered(label: Whole, free: Flags) -> Whole:
    """Small parts under one label, up to so many variables: one program for all of them."""
    names, sizes = np.unique(label[free], return_counts=True)
    small = sizes < _TOGETHER
    shelf = np.cumsum(np.where(small, sizes, 0)) // _TOGETHER
    new = names.copy()
    for number in np.unique(shelf[small]).tolist():
        here = small & (shelf == number)
        new[here] = names[here][0]
    gathered = label.copy()
    gathered[free] = new[np.searchsorted(names, label[free])]
    return gathered


def _labels(system: System, targets: Targets, free: Flags) -> Whole:
    """The smallest variable of each variable's part."""
    lines = system.lines
    entries = free[lines.member]
    first = [lines.line[entries], np.arange(len(targets)) + len(lines),
             np.arange(len(targets)) + len(lines)]  # fmt: skip
    line = np.concatenate(first)
    member = np.concatenate([lines.member[entries], targets.part, targets.whole])
    kept = free[member]
    line, member = line[kept], member[kept]
    label = np.arange(len(system))
    while True:
        least = np.full(len(lines) + len(targets), len(system))
        np.minimum.at(least, line, label[member])
        new = label.copy()
        np.minimum.at(new, member, least[line])
        new = new[new]
        if (new == label).all():
            return label
        label = new
