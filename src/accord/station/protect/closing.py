"""Hiding, line by line, what a single line would give away: fast, and nearly always enough.

A line gives something away when only one of its members is hidden, or when its whole is shown and
its hidden parts are, taken together, a group that is too small to speak about. The cheapest member
that closes the line is hidden beside, counted dearer when it would stand alone in another line.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from accord.cells.places import Flags, Lines, Whole
from accord.station.protect.quantity import Amounts, Quantity


def close_lines(quantity: Quantity, hidden: Flags) -> None:
    """Hide more, in place, until no line can be closed further."""
    lines = quantity.lines
    blurred = quantity.slack[1] - quantity.slack[0]
    matters = quantity.targets | quantity.open
    while True:
        exposed = _lone(quantity, lines, blurred, hidden, matters)
        exposed |= _small_together(quantity, lines, blurred, hidden)
        chosen = _cheapest(quantity, exposed, hidden)
        if not len(chosen):
            return
        hidden[chosen] = True


def tells_by_itself(quantity: Quantity, hidden: Flags, numbers: Sequence[int]) -> bool:
    """Whether one of the lines of these numbers gives something protected away by itself."""
    wanted = np.array(numbers, dtype=np.int64)
    lines = _some(quantity.lines, wanted)
    blurred = (quantity.slack[1] - quantity.slack[0])[wanted]
    return bool(
        _lone(quantity, lines, blurred, hidden, quantity.targets).any()
        or _small_together(quantity, lines, blurred, hidden).any()
    )


def _lone(
    quantity: Quantity, lines: Lines, blurred: Amounts, hidden: Flags, matters: Flags
) -> Flags:
    """The lines with one hidden member, which matters and is told too well by the others.

    `lines` are some of the quantity's, and `blurred` says how far each may be off.
    """
    entry = hidden[lines.member]
    line, member = lines.line[entry], lines.member[entry]
    single = np.bincount(line, minlength=len(lines)) == 1
    width = np.bincount(
        line, weights=np.maximum(quantity.interval.width, matters)[member], minlength=len(lines)
    )
    told: Flags = single & (blurred < width)
    return told


def _small_together(quantity: Quantity, lines: Lines, blurred: Amounts, hidden: Flags) -> Flags:
    """The lines whose whole is shown and whose hidden parts are together too small a group."""
    entry = hidden[lines.member]
    whole = lines.sign < 0
    wholes = np.bincount(lines.line[whole], minlength=len(lines))
    hidden_wholes = np.bincount(lines.line[whole & entry], minlength=len(lines))
    part = ~whole & entry
    line, member = lines.line[part], lines.member[part]
    below, above = quantity.room
    somebody = np.bincount(line, weights=(above > below)[member], minlength=len(lines)) > 0
    told = (wholes == 1) & (hidden_wholes == 0) & somebody & (blurred < quantity.blur)
    small = np.zeros(len(lines), dtype=bool)
    for group in quantity.groups:
        together = np.bincount(line, weights=group.values[member], minlength=len(lines))
        small |= together < group.least
    answer: Flags = told & small
    return answer


def _some(lines: Lines, wanted: Whole) -> Lines:
    """Those lines whose numbers are given."""
    first, last = lines.start[wanted], lines.start[wanted + 1]
    start = np.concatenate([[0], np.cumsum(last - first)]).astype(np.int64)
    entries = np.repeat(first - start[:-1], last - first) + np.arange(start[-1])
    return Lines(start, lines.member[entries], lines.sign[entries])


def _cheapest(quantity: Quantity, exposed: Flags, hidden: Flags) -> Whole:
    """For each exposed line, the cheapest member that can be hidden, if there is one."""
    lines = quantity.lines
    untouched = lines.counts(hidden) == 0
    alone = np.bincount(lines.member[untouched[lines.line]], minlength=len(hidden))
    price = quantity.cost * (1 + alone)
    free = quantity.open & ~hidden
    entry = np.flatnonzero(exposed[lines.line] & free[lines.member])
    line, member = lines.line[entry], lines.member[entry]
    order = np.lexsort((member, price[member], line))
    _, first = np.unique(line[order], return_index=True)
    return np.unique(member[order][first])
