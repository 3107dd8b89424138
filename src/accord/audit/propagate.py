"""Narrowing ranges line by line, in whole numbers: what anybody can do without a solver.

If a line's members but one are known within ends, so is the one. Repeating that pins everything
that simple addition and subtraction pins, and gives every other variable ends that hold. It is
exact, and the same wherever it is done: auditors and those who check a certificate both start here.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from accord.cells.places import Lines, Whole
from accord.cells.system import UNBOUNDED, System

_ROUNDS = 60


class Contradiction(Exception):  # noqa: N818 (a finding, told in words elsewhere)
    """Ranges and lines that no table fits; `variables` are members of lines that can't hold."""

    def __init__(self, variables: Whole) -> None:
        super().__init__("no table fits")
        self.variables = variables


def narrowed(system: System) -> System:
    """The same system with every range narrowed as far as single lines go.

    Raises `Contradiction` when a range becomes empty.
    """
    low, high = system.low.copy(), system.high.copy()
    lines, least, most = system.lines, system.least, system.most
    for _ in range(_ROUNDS):
        before = (low.copy(), high.copy())
        if len(lines):
            _narrow(lines, least, most, low, high)
        empty = low > high
        if empty.any():
            touched = np.zeros(len(lines), dtype=bool)
            touched[lines.line[empty[lines.member]]] = True
            raise Contradiction(np.unique([*np.flatnonzero(empty), *lines.only(touched).member]))
        if (low == before[0]).all() and (high == before[1]).all():
            break
        live = (low < high)[lines.member]
        kept = np.zeros(len(lines), dtype=bool)
        kept[lines.line[live]] = True
        _check(lines.only(~kept), least[~kept], most[~kept], low)
        lines, least, most = lines.only(kept), least[kept], most[kept]
    return replace(system, low=low, high=high)


def _narrow(lines: Lines, least: Whole, most: Whole, low: Whole, high: Whole) -> None:
    """One round over all lines at once."""
    positive = lines.sign > 0
    down = np.where(positive, low[lines.member], high[lines.member])
    up = np.where(positive, high[lines.member], low[lines.member])
    least_sum, least_open = _activity(lines, down)
    most_sum, most_open = _activity(lines, up)
    # what the others of a line leave for one member, in units of member · factor
    own_down, own_up = _finite(down) * lines.sign, _finite(up) * lines.sign
    open_down = least_open[lines.line] - _is_open(down)
    open_up = most_open[lines.line] - _is_open(up)
    top = most[lines.line] - (least_sum[lines.line] - own_down)
    bottom = least[lines.line] - (most_sum[lines.line] - own_up)
    has_top = (open_down == 0) & (most[lines.line] < UNBOUNDED)
    has_bottom = (open_up == 0) & (least[lines.line] > -UNBOUNDED)
    size = np.abs(lines.sign)
    for has, room, rising in ((has_top, top, positive), (has_bottom, -bottom, ~positive)):
        # sign·x ≤ room: an upper end where the factor is positive, a lower end where it is not
        upper = has & rising
        np.minimum.at(high, lines.member[upper], room[upper] // size[upper])
        lower = has & ~rising
        np.maximum.at(low, lines.member[lower], -(room[lower] // size[lower]))


def _activity(lines: Lines, ends: Whole) -> tuple[Whole, Whole]:
    """Each line's sum of the ends that are finite, and how many are not."""
    return (
        np.add.reduceat(_finite(ends) * lines.sign, lines.start[:-1]),
        np.add.reduceat(_is_open(ends), lines.start[:-1]),
    )


def _check(lines: Lines, least: Whole, most: Whole, values: Whole) -> None:
    """Raise `Contradiction` if a line of known numbers doesn't add up."""
    if len(lines):
        sums = np.add.reduceat(values[lines.member] * lines.sign, lines.start[:-1])
        off = (sums < least) | (sums > most)
        if off.any():
            raise Contradiction(np.unique(lines.only(off).member))


def _is_open(ends: Whole) -> Whole:
    return (np.abs(ends) >= UNBOUNDED).astype(np.int64)


def _finite(ends: Whole) -> Whole:
    return np.where(np.abs(ends) >= UNBOUNDED, 0, ends)
