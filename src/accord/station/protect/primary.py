"""Which groups are too small, or too much alike, to speak about: the primary rules.

A requirement is a number that every group must reach of which a quantity becomes known: students,
students with the attribute, students without it. The same requirements are put to a cell, to a
remainder that nobody publishes, and to the hidden members of an equation taken together, because
each of these is a group whose sums a reader can compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accord.cells.places import Flags, Lines, Whole


@dataclass(frozen=True)
class Requirement:
    """Every group must have at least `least` of `values`, which has one number for each cell."""

    values: Whole
    least: int


@dataclass(frozen=True)
class Quantity:
    """What is to be protected: one number for each cell, in the equations that it keeps.

    `forced` cells are hidden already for another reason; `settled` ones are known to everybody and
    can't be hidden (no student is in a grade that the definition is not about). `cost` orders the
    cells that may be hidden beside: the least is taken first.
    """

    equations: Lines
    remainders: Lines
    requirements: Sequence[Requirement]
    forced: Flags
    settled: Flags
    cost: NDArray[np.float64]

    @cached_property
    def protected(self) -> Flags:
        """The cells that miss a requirement."""
        return _cells(self.requirements, len(self.cost)) & ~self.settled

    @cached_property
    def endangered(self) -> Lines:
        """The remainders that miss a requirement."""
        return self.remainders.only(_sums(self.requirements, self.remainders))


def _cells(requirements: Sequence[Requirement], size: int) -> Flags:
    """The cells that miss a requirement, out of `size` cells."""
    missed = np.zeros(size, dtype=bool)
    for requirement in requirements:
        missed |= requirement.values < requirement.least
    return missed


def _sums(requirements: Sequence[Requirement], lines: Lines) -> Flags:
    """The signed sums that miss a requirement."""
    missed = np.zeros(len(lines), dtype=bool)
    for requirement in requirements:
        missed |= lines.sums(requirement.values) < requirement.least
    return missed
