"""Whether students have one school, as the totals tell: two schools and their district."""

from __future__ import annotations

import numpy as np
import pytest

from accord.audit.forms import Column
from accord.audit.membership import off_ranges
from accord.audit.quantities import Quantity
from accord.audit.sightings import ABSENT
from accord.cells.frame import frame_of
from accord.cells.places import Places
from accord.cells.relations import Relations
from accord.cells.system import UNBOUNDED, Link

FRAME = frame_of(
    Places.of([(school, "", group) for group in ("all", "foster") for school in ("", "s", "t")]),
    Relations((), ()),
)
HIDDEN = [ABSENT] * 3
STUDENTS = frozenset({"enrolled"})


def number(
    *values: int, coarse: int | None = None, counted: frozenset[str] | None = STUDENTS
) -> Quantity:
    """All students of district, s and t, then those in foster care."""
    flags = np.arange(6) == (-1 if coarse is None else coarse)
    return Quantity("n", Column("n", True, counted), set(), np.array(values), coarse=flags)


def off(*numbers: Quantity, links: tuple[Link, ...] = ()) -> list[dict[str, tuple[int, int]]]:
    """By number and group, how far the schools may be off."""
    first = FRAME.schools.member[FRAME.schools.start[:-1]].tolist()
    groups = [FRAME.places.name(place)[2] for place in first]
    return [
        dict(zip(groups, zip(least.tolist(), most.tolist(), strict=True), strict=True))
        for least, most in off_ranges(FRAME, numbers, links)
    ]


def alike(least: int, most: int) -> dict[str, tuple[int, int]]:
    return dict.fromkeys(("all", "foster", "all but foster"), (least, most))


@pytest.mark.parametrize(
    ("district", "told"), [(21, (0, 0)), (20, (0, 1)), (18, (0, 3)), (23, (-2, 0))]
)
def test_the_totals_of_all_students_bound_those_of_every_group(
    district: int, told: tuple[int, int]
) -> None:
    """The schools have 12 and 9 students."""
    assert off(number(district, 12, 9, *HIDDEN)) == [alike(*told)]


def test_what_is_shown_of_a_group_is_as_far_off_as_it_is() -> None:
    """The schools have three more, of whom none is in foster care."""
    (found,) = off(number(18, 12, 9, 5, 3, 2))
    assert found == {"all": (0, 3), "foster": (0, 0), "all but foster": (0, 3)}


def test_a_line_of_the_same_grade_widens_the_range() -> None:
    """All students are 1 off; of those in foster care the schools have one less."""
    (found,) = off(number(20, 12, 9, 6, 3, 2))
    assert found == {"all": (-1, 1), "foster": (-1, 1), "all but foster": (-1, 2)}


def test_nothing_speaks_of_students_with_two_schools() -> None:
    assert off(number(*HIDDEN, *HIDDEN)) == [alike(0, 0)]
    assert off(number(*HIDDEN, 5, 3, 2)) == [alike(0, 0)]
    assert off(number(ABSENT, 12, 9, *HIDDEN)) == [alike(0, 0)]


def test_where_some_line_is_off_others_may_be_by_any_number() -> None:
    anything = (-UNBOUNDED, UNBOUNDED)
    assert off(number(*HIDDEN, 5, 3, 3)) == [
        {"all": anything, "foster": (-1, 1), "all but foster": anything}
    ]
    assert off(number(20, 12, 9, *HIDDEN), number(*HIDDEN, *HIDDEN)) == [
        alike(0, 1), alike(*anything)
    ]  # fmt: skip


def test_nobody_is_counted_in_two_schools_who_is_in_one() -> None:
    """Three students have two schools, two of them in foster care; so of those who met the standard
    no more do, and of the points that they have no more than for so many."""
    students = number(18, 12, 9, 3, 3, 2)
    met, points = number(*HIDDEN, *HIDDEN), number(*HIDDEN, *HIDDEN, counted=None)
    links = (Link(1, 0, 0, 1), Link(2, 1, -100, 80))
    assert off(students, met, points, links=links)[1:] == [
        {"all": (-3, 3), "foster": (-2, 2), "all but foster": (-1, 1)},
        {"all": (-300, 300), "foster": (-200, 200), "all but foster": (-100, 100)},
    ]


def test_days_of_one_student_may_make_up_for_those_of_another() -> None:
    """Half a year in each of two schools is no day more than a year in the district."""
    anything = (-UNBOUNDED, UNBOUNDED)
    days, attended = number(18, 12, 9, 3, 3, 2, counted=None), number(*HIDDEN, *HIDDEN)
    assert off(days, attended, links=(Link(1, 0, 0, 1),))[1] == alike(*anything)


def test_a_number_known_to_the_unit_only_tells_nothing() -> None:
    assert off(number(20, 12, 9, *HIDDEN, coarse=1)) == [alike(0, 0)]
