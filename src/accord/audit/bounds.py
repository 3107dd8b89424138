"""How closely a reader can bound each hidden number, and the tables that show he can't do better.

What single lines pin is known before this begins. Here the connected parts of a system are
searched one by one, and what was found in them is put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accord.audit.hunt import Hunt
from accord.audit.parts import parts_of
from accord.audit.program import Floats, Unsolvable
from accord.audit.targets import MEAN, Targets
from accord.base.progress import Step
from accord.cells.places import Flags, Whole
from accord.cells.system import System


@dataclass(frozen=True)
class Bounds:
    """What the search found about the targets of one system.

    `tables` has a row for each witness table: a whole number for each variable of the system, in
    every range and line. `safe` targets differ by enough between their rows `low_table` and
    `high_table`. Of the others, `low` and `high` are the ends that a reader can prove, in units
    (of a mean, in points).
    """

    safe: Flags
    low_table: Whole
    high_table: Whole
    low: Floats
    high: Floats
    tables: Whole


def bounds_of(system: System, targets: Targets, step: Step | None = None) -> Bounds:
    """Search every part of a system that single lines have narrowed already.

    `step` is advanced by one for each part. Raises `Unsolvable`, with lines of the system, when no
    table fits, and `RefusedError` when the solver gives up.
    """
    size = len(targets)
    safe = np.zeros(size, dtype=bool)
    low_table, high_table = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    low, high = _pinned(system, targets)
    hunts = []
    for part, about in parts_of(system, targets):
        hunt = Hunt(system, part, targets.only(about))
        try:
            hunt.run()
        except Unsolvable as error:
            raise Unsolvable(part.origin[error.lines]) from None
        safe[about], low[about], high[about] = hunt.safe, hunt.low, hunt.high
        low_table[about], high_table[about] = hunt.numbered()
        hunts.append(hunt)
        if step is not None:
            step.advance()
    return Bounds(safe, low_table, high_table, low, high, _together(system, hunts))


def _pinned(system: System, targets: Targets) -> tuple[Floats, Floats]:
    """The ends of targets whose numbers are known already; others are searched."""
    number = targets.values(system.low).astype(np.float64)
    whole = np.maximum(system.low[targets.whole], 1)
    ends = np.where(targets.kind == MEAN, number / whole, number)
    return ends, ends.copy()


def _together(system: System, hunts: Sequence[Hunt]) -> Whole:
    """Whole tables from those of the parts: a part that has fewer repeats its first."""
    used = [hunt.used() for hunt in hunts]
    tables = np.tile(system.low, (max([1, *map(len, used)]), 1))
    for hunt, kept in zip(hunts, used, strict=True):
        variables = hunt.part.variables
        tables[:, variables] = hunt.tables[kept[0]]
        for row, number in enumerate(kept):
            tables[row, variables] = hunt.tables[number]
    return tables
