"""How far a reader's interval must reach, for one protected number at a time."""

from __future__ import annotations

import numpy as np
import pytest

from accord.station.protect.quantity import Interval
from unit.protect.small_quantity import quantity

SUM = [(0, -1), (1, 1), (2, 1)]
FIRST = np.array([0])


def test_what_is_protected_and_what_is_hidden_first() -> None:
    some = quantity([5, 3, 2], SUM, width=[0, 3, 0])
    assert some.targets.tolist() == some.primary.tolist() == [False, True, False]


def test_room_is_what_is_left_of_the_range() -> None:
    """3 of 4 at most: three below, one above. A number above its range has no room above."""
    below, above = quantity([3, 6], most=[4, 5]).room
    assert (below.tolist(), above.tolist()) == ([-3, -6], [1, 0])


def test_slack_is_how_far_a_line_may_still_move() -> None:
    """3 + 2 is 1 more than 4, in a line that may be 2 less to 5 more."""
    below, above = quantity([4, 3, 2], SUM, ends=(-2, 5)).slack
    assert (below.tolist(), above.tolist()) == ([-3], [4])


def test_each_number_knows_its_lines() -> None:
    assert quantity([1, 1, 2, 0], SUM, [(2, 1), (1, -1)]).lines_of == [[0], [0, 1], [0, 1], []]


@pytest.mark.parametrize(
    ("down", "up", "holds"),
    [
        (-3.0, 0.0, True),
        (0.0, 3.0, True),
        (-1.0, 2.0, True),
        (-1.0, 1.0, False),
        (0.0, 2.9, False),
        (-0.9, 2.0, False),
        (0.0, 2.9999999, True),
    ],
)
def test_an_interval_is_wide_enough_in_whole_units(down: float, up: float, holds: bool) -> None:
    some = quantity([5], width=[3])
    assert some.holds(FIRST, np.array([down]), np.array([up])).tolist() == [holds]


def test_an_interval_must_reach_its_top_and_its_bottom() -> None:
    """A 2 must seem to be 3 perhaps; a 9 must seem to be 8 perhaps."""
    low = quantity([2], width=[2], top=3)
    assert low.holds(FIRST, np.array([-2.0]), np.array([0.0])).tolist() == [False]
    assert low.holds(FIRST, np.array([-1.0]), np.array([1.0])).tolist() == [True]
    high = quantity([9], width=[2], bottom=8)
    assert high.holds(FIRST, np.array([0.0]), np.array([2.0])).tolist() == [False]
    assert high.holds(FIRST, np.array([-1.0]), np.array([1.0])).tolist() == [True]


def test_a_number_with_nothing_to_protect_always_holds() -> None:
    some = quantity([2], width=[0], top=3)
    assert some.holds(FIRST, np.zeros(1), np.zeros(1)).tolist() == [True]


def test_how_far_is_left_to_go() -> None:
    """4 wide and 1 up already: 3 down. 1 down: 3 up."""
    above, below = quantity([5], width=[4]).far(FIRST, np.array([-1.0]), np.array([1.0]))
    assert (above.tolist(), below.tolist()) == ([3], [3])


def test_intervals_one_after_the_other() -> None:
    one = Interval(np.array([1]), np.array([2]), np.array([3]))
    both = Interval.joined([one, one])
    assert np.stack([both.width, both.top, both.bottom]).tolist() == [[1, 1], [2, 2], [3, 3]]
