"""The system over a table, worked by hand on tables of a few cells."""

from __future__ import annotations

import numpy as np
import pytest

from accord.cells.frame import Frame, frame_of
from accord.cells.relations import Relations
from accord.cells.system import UNBOUNDED, Known, Link, System, system_of
from unit.cells.test_frame import RACES, places


def system(
    frame: Frame, *ranges: tuple[list[int], list[int]], links: tuple[Link, ...] = (), off: int = 0
) -> System:
    lines = len(frame.schools)
    known = [
        Known(np.array(low), np.array(high), np.full(lines, -off), np.full(lines, off))
        for low, high in ranges
    ]
    return system_of(frame, known, links)


def test_a_table_that_fits_and_one_that_does_not() -> None:
    frame = frame_of(places(*(("", "", group) for group in ("a", "all", "b", "c"))), RACES)
    read = system(frame, ([0, 20, 0, 5], [20, 20, 20, 5]))
    assert [len(found) for found in read.broken_by(np.array([7, 20, 8, 5]))] == [0, 0]
    assert [len(found) for found in read.broken_by(np.array([7, 20, 9, 5]))] == [0, 1]
    assert [found.tolist() for found in read.broken_by(np.array([7, 21, 9, 5]))] == [[1], []]


@pytest.mark.parametrize(("off", "fits"), [(0, False), (1, True), (UNBOUNDED, True)])
def test_schools_may_be_off_by_as_much_as_is_said(off: int, fits: bool) -> None:
    frame = frame_of(places(("", "", "all"), ("s", "", "all"), ("t", "", "all")), Relations((), ()))
    read = system(frame, ([0] * 3, [99] * 3), off=off)
    assert (len(read.broken_by(np.array([20, 12, 9]))[1]) == 0) is fits


@pytest.mark.parametrize(
    ("least", "most", "ends"),
    [
        (-2, 3, [(-2, 3)]),
        (-UNBOUNDED, 3, [(-UNBOUNDED, 3)]),
        (-2, UNBOUNDED, [(-2, UNBOUNDED)]),
        (-UNBOUNDED, UNBOUNDED, []),
    ],
)
def test_schools_have_a_line_if_anything_is_known_of_how_far_they_are_off(
    least: int, most: int, ends: list[tuple[int, int]]
) -> None:
    frame = frame_of(places(("", "", "all"), ("s", "", "all"), ("t", "", "all")), Relations((), ()))
    known = Known(np.zeros(3, int), np.full(3, 99), np.array([least]), np.array([most]))
    read = system_of(frame, [known])
    assert list(zip(read.least.tolist(), read.most.tolist(), strict=True)) == ends


def test_a_part_lies_within_a_known_whole() -> None:
    """Twelve took the test; scores go from 200 to 300."""
    frame = frame_of(places(("", "", "all")), Relations((), ()))
    hidden = ([0], [UNBOUNDED])
    read = system(
        frame, ([12], [12]), hidden, hidden, links=(Link(1, 0, 0, 1), Link(2, 0, 200, 300))
    )
    assert (read.low.tolist(), read.high.tolist()) == ([12, 0, 2400], [12, 12, 3600])
    assert len(read.lines) == 0


def test_a_part_of_a_hidden_whole_is_a_line() -> None:
    frame = frame_of(places(("", "", "all")), Relations((), ()))
    read = system(frame, ([0], [9]), ([0], [9]), links=(Link(1, 0, 0, 1),))
    assert len(read.broken_by(np.array([4, 4]))[1]) == 0
    assert len(read.broken_by(np.array([4, 5]))[1]) == 1
    assert read.name(read.variable(1, 0)) == (1, 0)


@pytest.mark.parametrize(
    ("students", "told"),
    [
        ((0, 20), (-6_960, 6_340)),
        ((5, 20), (-6_960, 6_340)),
        ((0, UNBOUNDED), (-UNBOUNDED, UNBOUNDED)),
        ((20, 20), (-6_960, 6_340)),
    ],
)
def test_points_reach_as_far_below_the_standard_as_there_may_be_students(
    students: tuple[int, int], told: tuple[int, int]
) -> None:
    """348 below to 317 above, for each of up to twenty; without an end where nobody knows."""
    frame = frame_of(places(("", "", "all")), Relations((), ()))
    low, high = students
    read = system(
        frame, ([low], [high]), ([-UNBOUNDED], [UNBOUNDED]), links=(Link(1, 0, -348, 317),)
    )
    assert (int(read.low[1]), int(read.high[1])) == told


def test_points_above_a_least_number_for_each_are_more_with_more_students() -> None:
    """Five to twenty students have 150 to 2900 points each; all who have none are below zero."""
    frame = frame_of(places(("", "", "all")), Relations((), ()))
    open_ends = ([-UNBOUNDED], [UNBOUNDED])
    read = system(frame, ([5], [20]), open_ends, links=(Link(1, 0, 150, 2900),))
    assert (read.low[1], read.high[1]) == (750, 58_000)
    below = system(frame, ([5], [20]), open_ends, links=(Link(1, 0, -300, -100),))
    assert (below.low[1], below.high[1]) == (-6000, -500)
    narrow = system(frame, ([5], [20]), ([800], [900]), links=(Link(1, 0, 150, 2900),))
    assert (narrow.low[1], narrow.high[1]) == (800, 900)
