"""The frame of a table and the system over it, worked by hand on tables of a few cells."""

from __future__ import annotations

import numpy as np
import pytest

from accord.cells.equations import Relations
from accord.cells.frame import Frame, frame_of
from accord.cells.places import Lines, Places
from accord.cells.system import UNBOUNDED, Known, Link, System, system_of

RACES = Relations(partitions=(("a", "b", "c"),), intersections=())


def places(*cells: tuple[str, str, str]) -> Places:
    return Places.of(cells)


def said(frame: Frame, lines: Lines) -> set[str]:
    """Each line in words, as ``-all +a +b``, with the school and grade where there is one."""
    found = set()
    for members, factors in lines:
        assert set(factors.tolist()) <= {1, -1}
        terms = []
        for member, factor in zip(members.tolist(), factors.tolist(), strict=True):
            school, grade, group = frame.places.name(member)
            where = "/".join(part for part in (school, grade) if part)
            terms.append(f"{'+' if factor > 0 else '-'}{group}{f'@{where}' if where else ''}")
        found.add(" ".join(sorted(terms)))
    return found


def test_a_whole_partition_adds_up_to_all() -> None:
    frame = frame_of(places(*(("", "", group) for group in ("all", "a", "b", "c"))), RACES)
    assert said(frame, frame.exact) == {"+a +b +c -all"}
    assert len(frame) == frame.shown == 4


def test_what_a_partition_leaves_out_is_a_place_of_its_own() -> None:
    frame = frame_of(places(("", "", "all"), ("", "", "a")), RACES)
    assert said(frame, frame.exact) == {"+a +all but a -all"}
    assert (len(frame), frame.shown) == (3, 2)


def test_a_group_by_itself_has_a_complement() -> None:
    frame = frame_of(places(("", "", "all"), ("", "", "foster")), Relations((), ()))
    assert said(frame, frame.exact) == {"+all but foster +foster -all"}


def test_groups_that_overlap() -> None:
    """English learners with disabilities: in both, in one only, in neither."""
    relations = Relations((), (("both", ("el", "swd")),))
    frame = frame_of(places(*(("", "", g) for g in ("all", "el", "swd", "both"))), relations)
    assert {"+both +el but both -el", "+both +swd but both -swd"} <= said(frame, frame.exact)
    assert "+all but el swd +el +swd -all -both" in said(frame, frame.exact)


def test_grades_and_schools() -> None:
    cells = [(school, grade, "all") for school in ("", "s", "t") for grade in ("", "3", "4")]
    frame = frame_of(places(*cells), Relations((), ()))
    assert said(frame, frame.exact) == {
        "+all@3 +all@4 -all",
        "+all@s/3 +all@s/4 -all@s",
        "+all@t/3 +all@t/4 -all@t",
    }
    assert "+all@s +all@t -all" in said(frame, frame.schools)
    assert len(frame.schools) == 3


def test_no_line_where_a_member_is_no_cell() -> None:
    frame = frame_of(places(("", "", "all"), ("", "", "a"), ("s", "", "a")), RACES)
    assert len(frame.schools) == 1
    assert "+a@s -a" in said(frame, frame.schools)
    assert said(frame, frame.exact) == {"+a +all but a -all"}


def system(
    frame: Frame, *ranges: tuple[list[int], list[int]], links: tuple[Link, ...] = (), off: int = 0
) -> System:
    grades = len(frame.places.grades)
    known = [
        Known(
            np.array(low), np.array(high), np.full(grades, -off), np.full(grades, off)
        )
        for low, high in ranges
    ]  # fmt: skip
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
