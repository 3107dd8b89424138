"""What one line after the other tells of a hidden number, without any solver."""

from __future__ import annotations

import numpy as np
import pytest

from accord.audit.propagate import Contradiction, narrowed
from accord.cells.frame import lines_of
from accord.cells.system import UNBOUNDED, System

Range = tuple[int, int]
OPEN: Range = (-UNBOUNDED, UNBOUNDED)


def system(ranges: list[Range], *lines: tuple[list[tuple[int, int]], Range]) -> System:
    """From the range of each variable, and lines of (variable, factor) with theirs."""
    low, high = np.array(ranges, dtype=np.int64).T
    ends = np.array([end for _, end in lines], dtype=np.int64).reshape(-1, 2)
    return System(len(ranges), low, high, lines_of([line for line, _ in lines]), *ends.T)


def ranges(found: System) -> list[Range]:
    return list(zip(found.low.tolist(), found.high.tolist(), strict=True))


SUM = [(0, -1), (1, 1), (2, 1)]


def test_the_last_hidden_part_of_a_sum_is_pinned() -> None:
    assert ranges(narrowed(system([(20, 20), (7, 7), (0, UNBOUNDED)], (SUM, (0, 0)))))[2] == (
        13,
        13,
    )


def test_a_hidden_whole_lies_between_the_sums_of_its_parts() -> None:
    assert ranges(narrowed(system([OPEN, (7, 9), (4, 5)], (SUM, (0, 0)))))[0] == (11, 14)


def test_two_hidden_parts_are_at_most_the_whole() -> None:
    parts = (0, UNBOUNDED)
    assert ranges(narrowed(system([(20, 20), parts, parts], (SUM, (0, 0)))))[1:] == [(0, 20)] * 2


def test_a_sum_that_may_be_off_leaves_so_much_room() -> None:
    """The parts are together 1 less to 3 more than 20; one of them is 7."""
    found = narrowed(system([(20, 20), (7, 7), OPEN], (SUM, (-1, 3))))
    assert ranges(found)[2] == (12, 16)


@pytest.mark.parametrize(
    ("factor", "ends", "told"),
    [(2, (3, 7), (2, 3)), (-3, (-10, -4), (2, 3)), (1, (-5, 4), (0, 4)), (2, (-9, 4), (0, 2))],
)
def test_numbers_are_whole(factor: int, ends: Range, told: Range) -> None:
    """2x from 3 to 7 makes x 2 or 3; so does −3x from −10 to −4."""
    assert ranges(narrowed(system([(0, 9)], ([(0, factor)], ends)))) == [told]


@pytest.mark.parametrize(
    ("ends", "told"), [((2, UNBOUNDED), (2, 9)), ((-UNBOUNDED, 4), (0, 4)), (OPEN, (0, 9))]
)
def test_a_line_may_have_one_end_or_none(ends: Range, told: Range) -> None:
    assert ranges(narrowed(system([(0, 9)], ([(0, 1)], ends)))) == [told]


@pytest.mark.parametrize(
    ("other", "ends", "told"),
    [
        (-50, (-UNBOUNDED, 4), (-UNBOUNDED, 54)),
        (50, (4, UNBOUNDED), (-46, UNBOUNDED)),
        (50, (-UNBOUNDED, 4), (-UNBOUNDED, -46)),
        (-50, (4, UNBOUNDED), (54, UNBOUNDED)),
    ],
)
def test_a_line_without_an_end_gives_none(other: int, ends: Range, told: Range) -> None:
    """What is known of another member makes no end of one that isn't there."""
    both = system([OPEN, (other, other)], ([(0, 1), (1, 1)], ends))
    assert ranges(narrowed(both))[0] == told


def test_one_open_member_is_told_by_the_others_and_two_are_not() -> None:
    same = ([(0, 1), (1, -1)], (0, 0))
    assert ranges(narrowed(system([(5, 9), OPEN], same)))[1] == (5, 9)
    assert ranges(narrowed(system([OPEN, OPEN], same))) == [OPEN, OPEN]


def test_one_line_leads_to_the_next() -> None:
    """a = b, b = c, c = d, and d is 4."""
    lines = [([(each, 1), (each + 1, -1)], (0, 0)) for each in range(3)]
    assert ranges(narrowed(system([(0, 9), (0, 9), (0, 9), (4, 4)], *lines))) == [(4, 4)] * 4


def test_upper_ends_go_on_while_lower_ones_stay() -> None:
    """a ≤ b ≤ c ≤ d, and d is 4 at most."""
    lines = [([(each, 1), (each + 1, -1)], (-UNBOUNDED, 0)) for each in range(3)]
    assert ranges(narrowed(system([(0, 9)] * 3 + [(0, 4)], *lines))) == [(0, 4)] * 4


def test_nothing_is_told_without_lines() -> None:
    assert ranges(narrowed(system([(0, 9)]))) == [(0, 9)]


def test_parts_that_exceed_their_whole_contradict_it() -> None:
    """7 + 14 is not 20; the 5 beside them has nothing to do with it."""
    with pytest.raises(Contradiction) as found:
        narrowed(system([(20, 20), (7, 7), (14, 14), (5, 5)], (SUM, (0, 0))))
    assert found.value.variables.tolist() == [0, 1, 2]


def test_numbers_that_become_known_at_once_must_still_add_up() -> None:
    """x is 3 and y is 5, by a line each; together they can't be 10, nor 7."""
    for total in (10, 7):
        lines = [([(0, 1)], (3, 3)), ([(1, 1)], (5, 5)), ([(0, 1), (1, 1)], (total, total))]
        with pytest.raises(Contradiction) as found:
            narrowed(system([(0, 20), (0, 20)], *lines))
        assert found.value.variables.tolist() == [0, 1]


def test_numbers_that_become_known_from_below_must_still_add_up() -> None:
    """Both are 5 at least and at most, and together no more than 9."""
    lines = [
        ([(0, 1)], (5, UNBOUNDED)),
        ([(1, 1)], (5, UNBOUNDED)),
        ([(0, 1), (1, 1)], (-UNBOUNDED, 9)),
    ]
    with pytest.raises(Contradiction):
        narrowed(system([(0, 5), (0, 5)], *lines))
