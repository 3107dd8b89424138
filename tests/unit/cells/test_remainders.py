"""Groups that nobody publishes and that follow from those that are, and where none follows."""

from __future__ import annotations

import numpy as np

from accord.cells.equations import Relations, remainders, schools_add_up
from accord.cells.frame import frame_of
from accord.cells.places import Places
from unit.cells.test_equations import GENDER, written
from unit.cells.test_system import said

THREE = Relations((), (("abc", ("a", "b", "c")),))
PAIR = Relations((), (("ab", ("a", "b")),))


def district(*groups: str) -> Places:
    return Places.of([("", "", group) for group in groups])


def left_over(places: Places, relations: Relations) -> set[str]:
    return written(places, remainders(places, relations))


def test_of_three_groups_that_overlap_nobody_can_tell_who_is_in_none() -> None:
    """Only who is in one of them and not in all, and who is not in one."""
    places = district("all", "a", "b", "c", "abc")
    groups = ("a", "b", "c", "abc")
    assert left_over(places, THREE) == {
        *(f"+::all -::{group}" for group in groups),
        *(f"+::{group} -::abc" for group in "abc"),
    }
    frame = frame_of(places, THREE)
    lines = [("all", group) for group in groups] + [(group, "abc") for group in "abc"]
    assert said(frame, frame.exact) == {
        " ".join(sorted((f"-{whole}", f"+{part}", f"+{whole} but {part}"))) for whole, part in lines
    }


def test_an_overlap_of_which_a_group_is_not_published_is_a_group_like_any_other() -> None:
    assert left_over(district("all", "a", "ab"), PAIR) == {"+::all -::a", "+::all -::ab"}
    assert left_over(district("all", "a", "b"), PAIR) == {"+::all -::a", "+::all -::b"}
    frame = frame_of(district("all", "a", "ab"), PAIR)
    assert said(frame, frame.exact) == {
        "+a +all but a -all", "+ab +all but ab -all", "+a but ab +ab -a"
    }  # fmt: skip


def test_without_all_students_nothing_is_left_over() -> None:
    assert left_over(district("female", "male", "a", "b", "ab"), GENDER) == set()
    assert left_over(district("female", "male"), GENDER) == set()
    frame = frame_of(district("female", "male", "nonbinary"), GENDER)
    assert (len(frame), len(frame.exact)) == (3, 0)
    overlap = frame_of(district("a", "b", "ab"), PAIR)
    assert said(overlap, overlap.exact) == {"+a but ab +ab -a", "+ab +b but ab -b"}


def test_a_group_of_a_partition_has_no_complement_of_its_own() -> None:
    """Two partitions: all but female are male and nonbinary, which are published."""
    both = Relations((("female", "male"), ("white", "black", "asian")), ())
    places = district("all", "female", "male", "white", "foster")
    assert left_over(places, both) == {"+::all -::white", "+::all -::foster"}
    frame = frame_of(places, both)
    assert said(frame, frame.exact) == {
        "+female +male -all", "+all but white +white -all", "+all but foster +foster -all"
    }  # fmt: skip


def test_what_two_lines_leave_over_is_one_complement() -> None:
    """Asked for as what a leaves of all in both, once by itself and once by a partition."""
    places = district("all", "a")
    frame = frame_of(places, Relations((("a", "b"),), ()))
    assert (len(frame), frame.shown) == (3, 2)
    assert frame.places.name(2) == ("", "", "all but a")
    schools = frame_of(
        Places.of([(school, "", group) for school in ("", "s") for group in ("all", "a")]),
        Relations((), ()),
    )
    assert [schools.places.name(place) for place in (4, 5)] == [
        ("", "", "all but a"), ("s", "", "all but a")
    ]  # fmt: skip


def test_schools_may_be_off_in_one_grade_and_add_up_in_another() -> None:
    """Grade 3: 20 in the schools and 9 in the district; grade 4: 19 and 9."""
    places = Places.of([(school, grade, "foster") for grade in ("3", "4") for school in ("", "s")])
    adds_up = schools_add_up(places, np.array([9, 20, 9, 19]), minimum=11)
    assert adds_up[:, 0].tolist() == [True, False, True]  # all grades together have no cell
