"""Whether students have one school, as the totals tell: two schools and their district."""

from __future__ import annotations

import numpy as np
import pytest

from accord.audit.forms import Column
from accord.audit.membership import off_ranges
from accord.audit.quantities import Quantity
from accord.audit.sightings import ABSENT
from accord.cells.equations import Relations
from accord.cells.frame import frame_of
from accord.cells.places import Places
from accord.cells.system import UNBOUNDED

FRAME = frame_of(
    Places.of([(school, "", group) for group in ("all", "foster") for school in ("", "s", "t")]),
    Relations((), ()),
)
HIDDEN = [ABSENT] * 3


def number(*values: int, coarse: int | None = None) -> Quantity:
    """All students of district, s and t, then those in foster care."""
    flags = np.arange(6) == (-1 if coarse is None else coarse)
    return Quantity("n", Column("n", True, None), set(), np.array(values), coarse=flags)


def off(*numbers: Quantity) -> list[tuple[int, int]]:
    """By number, how far the schools may be off."""
    return [(int(least[0]), int(most[0])) for least, most in off_ranges(FRAME, numbers)]


@pytest.mark.parametrize(
    ("district", "told"), [(21, (0, 0)), (20, (0, 1)), (18, (0, 3)), (23, (-2, 0))]
)
def test_the_totals_of_all_students_bound_those_of_every_group(
    district: int, told: tuple[int, int]
) -> None:
    """The schools have 12 and 9 students."""
    assert off(number(district, 12, 9, *HIDDEN)) == [told]


def test_a_line_of_the_same_grade_widens_the_range() -> None:
    """All students are 1 off. Foster care adds up."""
    assert off(number(20, 12, 9, 5, 3, 2)) == [(0, 1)]


def test_nothing_speaks_of_students_with_two_schools() -> None:
    assert off(number(*HIDDEN, *HIDDEN)) == [(0, 0)]
    assert off(number(*HIDDEN, 5, 3, 2)) == [(0, 0)]
    assert off(number(ABSENT, 12, 9, *HIDDEN)) == [(0, 0)]


def test_where_some_line_is_off_others_may_be_by_any_number() -> None:
    anything = (-UNBOUNDED, UNBOUNDED)
    assert off(number(*HIDDEN, 5, 3, 3)) == [anything]
    assert off(number(20, 12, 9, *HIDDEN), number(*HIDDEN, *HIDDEN)) == [(0, 1), anything]


def test_a_number_known_to_the_unit_only_tells_nothing() -> None:
    assert off(number(20, 12, 9, *HIDDEN, coarse=1)) == [(0, 0)]
