"""Which schools serve which grades, as everybody in a district knows.

A district's only high school has its grades 9 to 12, and all its elementary schools together have
K to 5: what is told of those schools is told of those grades.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from accord.cells.places import NO_CELL, Flags, Places


@dataclass(frozen=True)
class Span:
    """Schools and grades, by name: nobody in these schools is in another grade, and nobody in these
    grades is in another school."""

    schools: tuple[str, ...]
    grades: tuple[str, ...]


def spans_of(places: Places, anybody: Flags) -> tuple[Span, ...]:
    """The smallest spans of a table; `anybody` says where somebody is.

    Of a span with every school nothing is told that schools and grades don't tell by themselves.
    """
    grid = places.grid()
    served: Flags = np.logical_or.reduce((grid != NO_CELL) & anybody[grid], axis=2)[1:, 1:]
    spans = [
        Span(
            tuple(places.organisations[1 + school] for school in np.flatnonzero(schools)),
            tuple(places.grades[1 + grade] for grade in np.flatnonzero(grades)),
        )
        for schools, grades in _connected(served)
    ]
    return tuple(spans) if len(spans) > 1 else ()


def _connected(served: Flags) -> Iterator[tuple[Flags, Flags]]:
    """The schools and grades that hang together, by school × grade."""
    left: Flags = np.logical_or.reduce(served, axis=1)
    while left.any():
        schools: Flags = np.arange(len(left)) == left.argmax()
        before = 0
        while schools.sum() > before:
            before = int(schools.sum())
            grades: Flags = np.logical_or.reduce(served[schools], axis=0)
            schools = schools | np.logical_or.reduce(served[:, grades], axis=1)
        yield schools, grades
        left &= ~schools
