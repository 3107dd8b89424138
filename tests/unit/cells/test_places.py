"""Where cells stand, and signed sums over them, worked by hand on tables of a few cells."""

from __future__ import annotations

import numpy as np

from accord.cells.frame import frame_of, lines_of
from accord.cells.places import Places
from accord.cells.relations import Relations

PLACES = Places.of([("s", "", "all"), ("", "3", "a"), ("", "", "all")])
LINES = lines_of([[(0, -1), (1, 1), (2, 1)], [(3, -1), (4, 2)]])
"""−0 + 1 + 2, and −3 + 2·4."""


def test_the_district_and_all_grades_come_first() -> None:
    assert PLACES.organisations == ("", "s")
    assert PLACES.grades == ("", "3")
    assert PLACES.groups == ("a", "all")
    assert PLACES.organisation.tolist() == [1, 0, 0]
    assert PLACES.grade.tolist() == [0, 1, 0]
    assert PLACES.group.tolist() == [1, 0, 1]
    assert PLACES.name(1) == ("", "3", "a")


def test_the_district_and_all_grades_have_a_place_even_without_a_cell() -> None:
    lone = Places.of([("s", "3", "all")])
    assert (lone.organisations, lone.grades) == (("", "s"), ("", "3"))


def test_a_grid_has_each_cells_number_and_minus_one_elsewhere() -> None:
    assert PLACES.grid().tolist() == [[[-1, 2], [1, -1]], [[-1, 0], [-1, -1]]]


def test_some_of_the_cells_keep_their_lists() -> None:
    some = PLACES.only(np.array([False, True, True]))
    assert (len(some), some.name(0), some.organisations) == (2, ("", "3", "a"), ("", "s"))


def test_lines_one_after_the_other() -> None:
    assert len(LINES) == 2
    assert LINES.line.tolist() == [0, 0, 0, 1, 1]
    assert [(members.tolist(), signs.tolist()) for members, signs in LINES] == [
        ([0, 1, 2], [-1, 1, 1]),
        ([3, 4], [-1, 2]),
    ]


def test_lines_are_joined_and_chosen() -> None:
    twice = LINES.joined(lines_of([[(4, 5)]]))
    assert twice.start.tolist() == [0, 3, 5, 6]
    assert (twice.member.tolist()[-1], twice.sign.tolist()[-1]) == (4, 5)
    last = twice.only(np.array([False, True, True]))
    assert (last.start.tolist(), last.member.tolist()) == ([0, 2, 3], [3, 4, 4])
    assert last.sign.tolist() == [-1, 2, 5]


def test_lines_over_some_cells_name_them_by_their_place_among_those() -> None:
    among = LINES.among(np.array([1, 2, 4]), 5)
    assert among.start.tolist() == [0, 2, 3]
    assert (among.member.tolist(), among.sign.tolist()) == ([0, 1, 2], [1, 1, 2])


def test_members_are_counted_and_summed_line_by_line() -> None:
    marked = np.array([True, True, False, False, True])
    assert LINES.counts(marked).tolist() == [2, 1]
    assert LINES.counts(marked, sign=-1).tolist() == [1, 0]
    assert LINES.sums(np.array([10, 4, 5, 3, 2])).tolist() == [-1, 1]


def test_complements_are_filled_in_by_subtracting() -> None:
    """Of 20, 7 are of race a and 3 in foster care: 13 and 17 are not."""
    places = Places.of([("", "", "all"), ("", "", "a"), ("", "", "foster")])
    frame = frame_of(places, Relations((("a", "b", "c"),), ()))
    assert frame.filled(np.array([20, 7, 3])).tolist() == [20, 7, 3, 13, 17]


def test_groups_that_overlap_are_filled_in() -> None:
    """Of 20, 8 learn English, 5 have a disability and 2 both: 6 and 3 only one, 9 neither."""
    places = Places.of([("", "", group) for group in ("all", "el", "swd", "both")])
    frame = frame_of(places, Relations((), (("both", ("el", "swd")),)))
    filled = frame.filled(np.array([20, 8, 5, 2])).tolist()
    names = [frame.places.name(place)[2] for place in range(len(frame))]
    assert dict(zip(names, filled, strict=True)) == {
        "all": 20, "el": 8, "swd": 5, "both": 2, "all but both": 18, "all but el": 12,
        "all but swd": 15, "el but both": 6, "swd but both": 3, "all but el swd": 9,
    }  # fmt: skip


def test_a_group_that_two_others_make_up_is_a_line() -> None:
    """Whoever ever learned English does so still or is reclassified, in each school by itself."""
    cells = [(school, "", group) for school in ("", "s") for group in ("ever", "el", "rfep")]
    frame = frame_of(Places.of(cells[:-1]), Relations((), (), (("ever", ("el", "rfep")),)))
    assert [members.tolist() for members, _ in frame.exact] == [[0, 1, 2]]
    assert frame.exact.sign.tolist() == [-1, 1, 1]
