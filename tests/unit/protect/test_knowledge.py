"""What a reader can write down of protected numbers, line by line: a district with two schools."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from accord.base.errors import RefusedError
from accord.cells.frame import frame_of
from accord.cells.places import Places
from accord.cells.relations import Relations
from accord.cells.system import UNBOUNDED
from accord.station.protect.knowledge import knowledge
from accord.station.protect.numbers import Number
from accord.station.protect.quantity import Interval

FRAME = frame_of(
    Places.of([(school, "", group) for group in ("all", "foster") for school in ("", "s", "t")]),
    Relations((), ()),
)
"""All students of district, s and t, those in foster care, and those who are not."""


def number(values: list[int], students: list[int], **parts: object) -> Number:
    """A count of some students; complements are filled in."""
    size = FRAME.filled(np.array(students))
    nothing = np.zeros(len(size), dtype=np.int64)
    return replace(
        Number(
            indicator="suspension-rate", owner=0, shown_by=(0,), frame=FRAME,
            values=FRAME.filled(np.array(values)), students=size, least=nothing, most=size,
            interval=Interval(nothing, nothing, nothing), groups=(), blur=1,
        ),
        **parts,  # type: ignore[arg-type]
    )  # fmt: skip


STUDENTS = [20, 12, 9, 5, 3, 2]
COUNTED = number([8, 5, 4, 3, 1, 1], STUDENTS)


def test_groups_add_up_and_schools_are_off_by_no_more_than_who_moved_or_by_what_they_are() -> None:
    """The schools have one student more than the district, for somebody moved who is not in foster
    care: nobody or one of those who are counted. Of foster youth they have one less that is counted
    (1 + 1 of 3), which nobody's moving explains; so of all others two more."""
    system = knowledge([COUNTED], [])
    assert [members.tolist() for members, _ in system.lines] == [
        [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 1, 2], [3, 4, 5], [6, 7, 8]
    ]  # fmt: skip
    assert system.least.tolist() == [0, 0, 0, 0, -1, 0]
    assert system.most.tolist() == [0, 0, 0, 1, 0, 2]
    assert (system.low.tolist(), system.high.tolist()) == (
        [0] * 9, [20, 12, 9, 5, 3, 2, 15, 9, 7]
    )  # fmt: skip


def test_schools_that_have_fewer_than_the_district() -> None:
    """Three of 24 are in no school, one of them in foster care. Two of the three are counted."""
    system = knowledge([number([8, 5, 1, 3, 1, 1], [24, 12, 9, 6, 3, 2])], [])
    assert (system.least.tolist()[3:], system.most.tolist()[3:]) == ([-3, -1, -2], [0, 0, 0])


def test_points_are_off_by_no_more_than_those_who_moved_can_have() -> None:
    """Somebody who is not in foster care moved, and has between 50 points too few and 30 more."""
    students = FRAME.filled(np.array(STUDENTS))
    some = number([80, 60, 40, 15, 8, 7], STUDENTS, least=-50 * students, most=30 * students)
    system = knowledge([some], [])
    assert (system.least.tolist()[3:], system.most.tolist()[3:]) == ([-50, 0, -50], [30, 0, 30])


def test_grades_do_not_speak_for_one_another() -> None:
    """In grade 3 the schools have one more, in grade 4 they add up; so in grade 4 of foster youth
    too."""
    cells = [(school, grade, group) for grade in ("3", "4") for group in ("all", "foster")
             for school in ("", "s")]  # fmt: skip
    frame = frame_of(Places.of(cells), Relations((), ()))
    values = frame.filled(np.array([8, 9, 3, 3, 8, 8, 3, 3]))
    students = frame.filled(np.array([20, 21, 5, 6, 20, 20, 5, 5]))
    some = replace(
        COUNTED, frame=frame, values=values, students=students,
        least=np.zeros_like(students), most=students,
    )  # fmt: skip
    system = knowledge([some], [])
    first = system.lines.member[system.lines.start[:-1]]
    off = dict(zip(first[4:].tolist(), zip(system.least[4:].tolist(), system.most[4:].tolist(),
                                           strict=True), strict=True))  # fmt: skip
    assert off == {0: (0, 1), 2: (0, 1), 4: (0, 0), 6: (0, 0), 8: (0, 1), 9: (0, 0)}


def test_a_number_of_whom_nobody_knows_how_many_there_are_has_no_end_but_nobody_is_nobody() -> None:
    students = [20, 12, 9, 5, 5, 0]
    system = knowledge([number([8, 5, 4, 3, 3, 0], students, unbounded=True)], [])
    assert system.high.tolist() == [*[UNBOUNDED] * 5, 0, *[UNBOUNDED] * 3]


def test_a_part_is_never_more_than_its_whole() -> None:
    """Who reached the highest level met the standard, in each of the nine places."""
    part = number([4, 2, 2, 1, 1, 0], STUDENTS)
    system = knowledge([COUNTED, part], [(1, 0)])
    assert len(system.lines) == 6 + 6 + 9 + 3
    pairs = list(system.lines)[12:21]
    assert [members.tolist() for members, _ in pairs] == [[9 + at, at] for at in range(9)]
    assert all(signs.tolist() == [1, -1] for _, signs in pairs)
    assert system.most.tolist()[12:21] == [0] * 9
    assert (system.least[12:21] <= -UNBOUNDED).all()
    assert (system.least.tolist()[:12], system.most.tolist()[:12]) == (
        [0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 2, 0, 0, 0, 1, 0, 1]
    )  # fmt: skip


def test_who_moved_is_in_the_part_or_in_the_rest_of_its_whole() -> None:
    """One more met the standard in the schools than in the district, and did not reach the highest
    level. Of foster youth one less met it, and one less reached it: of the rest none."""
    part = number([3, 2, 1, 2, 1, 0], STUDENTS)
    system = knowledge([COUNTED, part], [(1, 0)])
    rest = list(system.lines)[21:]
    assert [members.tolist() for members, _ in rest] == [
        [0, 1, 2, 9, 10, 11], [6, 7, 8, 15, 16, 17]
    ]  # fmt: skip
    assert all(signs.tolist() == [-1, 1, 1, 1, -1, -1] for _, signs in rest)
    assert (system.least.tolist()[21:], system.most.tolist()[21:]) == ([0, 0], [1, 1])


def test_what_does_not_add_up_is_named_by_its_places() -> None:
    values = COUNTED.values + (np.arange(9) == 1)
    with pytest.raises(RefusedError) as refused:
        knowledge([replace(COUNTED, values=values)], [])
    (problem,) = refused.value.problems
    assert problem.what == (
        "The numbers of suspension-rate don't add up: all s is not foster s + all but foster s."
    )
    students = COUNTED.students + (np.arange(9) == 0)
    with pytest.raises(RefusedError, match="all is not foster [+] all but foster"):
        knowledge([replace(COUNTED, students=students, adds_up=False)], [])


def test_how_far_an_expression_over_sums_is_off_counts_as_known() -> None:
    values = COUNTED.values + 2 * (np.arange(9) == 1)
    system = knowledge([replace(COUNTED, values=values, adds_up=False)], [])
    assert (system.least.tolist()[:3], system.most.tolist()[:3]) == ([0, -2, 0], [0, -2, 0])


def test_no_more_contradictions_are_named_than_anyone_reads() -> None:
    """In each of twelve schools foster youth and all others are one more than all students."""
    schools = [f"s{number:02}" for number in range(12)]
    frame = frame_of(
        Places.of([(school, "", group) for school in schools for group in ("all", "foster")]),
        Relations((), ()),
    )
    students = frame.filled(np.array([20, 5] * 12))
    values = frame.filled(np.array([9, 3] * 12)) + (np.arange(36) >= 24)
    some = replace(
        COUNTED, frame=frame, values=values, students=students,
        least=np.zeros_like(students), most=students,
    )  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        knowledge([some], [])
    assert len(refused.value.problems) == 10
    assert "all s00 is not foster s00 + all but foster s00" in refused.value.problems[0].what
