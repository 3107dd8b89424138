"""Places, the groups that nobody publishes, and the lines among them all: tables of a few cells."""

from __future__ import annotations

import numpy as np

from accord.cells.frame import Frame, frame_of
from accord.cells.places import Lines, Places
from accord.cells.relations import Relations

RACES = Relations((("a", "b", "c"),), ())
GENDER = Relations((("female", "male", "nonbinary"),), ())
THREE = Relations((), (("abc", ("a", "b", "c")),))
PAIR = Relations((), (("ab", ("a", "b")),))


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


def test_a_partition_leaves_nothing_out_where_none_of_its_groups_is_a_cell() -> None:
    """The district shows group a, school s all students only, and t a without a total."""
    cells = [("", "", "all"), ("", "", "a"), ("s", "", "all"), ("t", "", "a")]
    frame = frame_of(places(*cells), RACES)
    assert said(frame, frame.exact) == {"+a +all but a -all"}
    assert (len(frame), frame.shown) == (5, 4)


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


def test_whoever_is_not_in_a_group_adds_up_over_schools_as_well() -> None:
    cells = [(school, "", group) for school in ("", "s", "t") for group in ("all", "foster")]
    frame = frame_of(places(*cells), Relations((), ()))
    assert said(frame, frame.schools) == {
        "+all@s +all@t -all",
        "+foster@s +foster@t -foster",
        "+all but foster@s +all but foster@t -all but foster",
    }


def test_no_line_where_a_member_is_no_cell() -> None:
    frame = frame_of(places(("", "", "all"), ("", "", "a"), ("s", "", "a")), RACES)
    assert len(frame.schools) == 1
    assert "+a@s -a" in said(frame, frame.schools)
    assert said(frame, frame.exact) == {"+a +all but a -all"}


def test_what_follows_from_the_numbers_that_are_known() -> None:
    """Of 20 students 3 are in foster care, so 17 are not; of group a, and so of the rest, nothing
    follows."""
    groups = ("a", "all", "foster")
    frame = frame_of(places(*(("", "", group) for group in groups)), RACES)
    numbers, known = frame.completed(np.array([9, 20, 3]), np.array([False, True, True]))
    told = {frame.places.name(place)[2]: number for place, number in enumerate(numbers.tolist())}
    assert told == {"a": 0, "all": 20, "foster": 3, "all but a": 0, "all but foster": 17}
    assert [frame.places.name(place)[2] for place in np.flatnonzero(known).tolist()] == [
        "all", "foster", "all but foster"
    ]  # fmt: skip


def district(*groups: str) -> Places:
    return Places.of([("", "", group) for group in groups])


def test_of_three_groups_that_overlap_nobody_can_tell_who_is_in_none() -> None:
    """Only who is in one of them and not in all, and who is not in one."""
    groups = ("a", "b", "c", "abc")
    frame = frame_of(district(*groups, "all"), THREE)
    lines = [("all", group) for group in groups] + [(group, "abc") for group in "abc"]
    assert said(frame, frame.exact) == {
        " ".join(sorted((f"-{whole}", f"+{part}", f"+{whole} but {part}"))) for whole, part in lines
    }


def test_an_overlap_of_which_a_group_is_not_published_is_a_group_like_any_other() -> None:
    frame = frame_of(district("all", "a", "ab"), PAIR)
    assert said(frame, frame.exact) == {
        "+a +all but a -all", "+ab +all but ab -all", "+a but ab +ab -a"
    }  # fmt: skip


def test_without_all_students_nothing_is_left_over() -> None:
    frame = frame_of(district("female", "male", "nonbinary"), GENDER)
    assert (len(frame), len(frame.exact)) == (3, 0)
    overlap = frame_of(district("a", "b", "ab"), PAIR)
    assert said(overlap, overlap.exact) == {"+a but ab +ab -a", "+ab +b but ab -b"}


def test_a_group_of_a_partition_has_no_complement_of_its_own() -> None:
    """Two partitions: all but female are male and nonbinary, which are published."""
    both = Relations((("female", "male"), ("white", "black", "asian")), ())
    frame = frame_of(district("all", "female", "male", "white", "foster"), both)
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


def test_grades_of_whoever_is_not_in_a_group_add_up_as_well() -> None:
    cells = [("", grade, group) for grade in ("", "3", "4") for group in ("all", "foster")]
    frame = frame_of(places(*cells), Relations((), ()))
    assert "+all but foster@3 +all but foster@4 -all but foster" in said(frame, frame.exact)


def test_a_union_adds_up_where_both_of_its_parts_are_cells() -> None:
    union = Relations((), (), (("ever", ("now", "before")),))
    cells = [("", "", group) for group in ("ever", "now", "before")]
    frame = frame_of(places(*cells, ("s", "", "ever"), ("s", "", "now")), union)
    assert said(frame, frame.exact) == {"+before +now -ever"}


def test_grades_add_up_for_the_groups_that_have_all_that_a_school_serves() -> None:
    """The district serves grades 3 and 4, and shows no foster youth of grade 4; s serves one."""
    cells = [
        *(("", grade, "all") for grade in ("", "3", "4")),
        ("", "", "foster"), ("", "3", "foster"), ("s", "", "all"), ("s", "3", "all"),
    ]  # fmt: skip
    frame = frame_of(places(*cells), Relations((), ()))
    assert "+all@3 +all@4 -all" in said(frame, frame.exact)
    assert "+all@s/3 -all@s" in said(frame, frame.exact)
    assert not any(each.startswith("+foster@3 -foster") for each in said(frame, frame.exact))


def test_schools_add_up_over_those_that_serve_a_grade() -> None:
    """Only s serves grade 3, and t shows no foster youth."""
    cells = [
        *((school, "", "all") for school in ("", "s", "t")), ("", "3", "all"), ("s", "3", "all"),
        ("", "", "foster"), ("s", "", "foster"),
    ]  # fmt: skip
    frame = frame_of(places(*cells), Relations((), ()))
    assert said(frame, frame.schools) == {"+all@s +all@t -all", "+all@s/3 -all@3"}
