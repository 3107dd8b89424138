"""What the scores of a place's students can add up to, place by place: worked by hand.

Smarter Balanced mathematics goes from 2190 to 2660 in grade 3, from 2205 to 2700 in grade 4.
"""

from __future__ import annotations

import numpy as np
import pytest

from accord.cells.places import Places
from accord.station.protect.scores import Reach, reach_of
from adversary.gate import catalogue, definitions

(MEAN,) = definitions("mean-scale-score-mathematics")
THREE, FOUR = (2190, 2660), (2205, 2700)


def reach(
    rows: dict[tuple[str, str, str], tuple[int, int]], *, known: bool = True
) -> tuple[Places, Reach]:
    """From the students and the points of each place."""
    places = Places.of(list(rows))
    students, points = np.array(list(rows.values())).T
    tests = catalogue().tests if known else {}
    return places, reach_of(MEAN, "2023-24", places, tests, (points, students))


def test_grades_are_put_together_by_organisation_and_group() -> None:
    """Students of grades 3 and 4 in the district and in a school, all and in foster care."""
    numbers = {
        ("", "all"): (50, 40), ("", "foster"): (3, 2),
        ("s", "all"): (20, 10), ("s", "foster"): (1, 2),
    }  # fmt: skip
    rows = {}
    for (school, group), (three, four) in numbers.items():
        for grade, students in (("", three + four), ("3", three), ("4", four)):
            rows[school, grade, group] = students, 2450 * students
    places, found = reach(rows)
    at = {places.name(place): place for place in range(len(places))}
    for (school, group), (three, four) in numbers.items():
        whole = at[school, "", group]
        assert found.least[whole] == three * THREE[0] + four * FOUR[0]
        assert found.most[whole] == three * THREE[1] + four * FOUR[1]
        assert found.furthest[whole] == 495
        for grade, students, (low, high) in (("3", three, THREE), ("4", four, FOUR)):
            place = at[school, grade, group]
            assert (found.least[place], found.most[place]) == (students * low, students * high)
            assert found.furthest[place] == high - low


def test_the_furthest_is_that_of_grades_with_somebody_in_them() -> None:
    places, found = reach({("", "", "all"): (2, 4900), ("", "3", "all"): (2, 4900),
                           ("", "4", "all"): (0, 0)})  # fmt: skip
    assert places.name(0) == ("", "", "all")
    assert (found.least[0], found.most[0], found.furthest[0]) == (4380, 5320, 470)


@pytest.mark.parametrize(("points", "fits"), [(2190, True), (2660, True), (2189, False),
                                              (2661, False)])  # fmt: skip
def test_a_single_student_tells_whose_test_it_is(points: int, fits: bool) -> None:
    _, found = reach({("", "3", "all"): (1, points)})
    assert ((found.least[0], found.most[0]) == THREE) is fits
    assert found.least[0] <= points <= found.most[0]


def test_where_no_test_is_known_and_nobody_took_it_nothing_can_be_had() -> None:
    _, found = reach({("", "", "all"): (0, 0), ("", "", "foster"): (0, 0)}, known=False)
    assert (found.least.tolist(), found.most.tolist()) == ([0, 0], [0, 0])
    _, found = reach({("", "", "all"): (0, 0), ("", "", "foster"): (2, 301)}, known=False)
    assert (found.least.tolist(), found.most.tolist()) == ([0, 300], [0, 302])
    assert found.furthest.tolist() == [0, 1]
