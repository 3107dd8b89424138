"""Which groups are too small, or too much alike, to speak about: the primary rules.

A requirement is a number that every group must reach of which a quantity becomes known: students,
students with the attribute, students without it. The same requirements are put to a cell, to a
remainder that nobody publishes, and to the hidden members of an equation taken together, because
each of these is a group whose sums a reader can compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accord.cells.places import Flags, Lines, Whole


@dataclass(frozen=True)
class Requirement:
    """Every group must have at least `least` of `values`, which has one number for each cell."""

    values: Whole
    least: int


def protected_cells(requirements: Sequence[Requirement], size: int) -> Flags:
    """The cells that miss a requirement, out of `size` cells."""
    missed = np.zeros(size, dtype=bool)
    for requirement in requirements:
        missed |= requirement.values < requirement.least
    return missed


def protected_sums(requirements: Sequence[Requirement], lines: Lines) -> Flags:
    """The signed sums that miss a requirement."""
    missed = np.zeros(len(lines), dtype=bool)
    for requirement in requirements:
        missed |= lines.sums(requirement.values) < requirement.least
    return missed
