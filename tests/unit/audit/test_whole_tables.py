"""Tables of whole numbers: in the middle of all, near one with fractions, on the way to it."""

from __future__ import annotations

import numpy as np
import pytest

from accord.audit import whole
from accord.audit.inside import innermost
from accord.audit.program import Floats, Program, Unsolvable
from accord.audit.whole import beside, between, repaired, rounded, whole_table
from unit.audit.test_programs import PAIR, part

FIRST_UP = np.array([1.0, 0.0])
ODD = part([(0, 99)] * 3, ([(0, 1), (1, 1)], (7, 7)), ([(1, 1), (2, -2)], (0, 0)))
"""Two numbers that are 7 together, of which the second is twice a third."""


def test_whole_tables_only() -> None:
    """Twice a number is 7 at most: 3.5 for a program, 3 for students."""
    half = part([(0, 9)], ([(0, 2)], (0, 7)))
    assert Program(half).best(np.ones(1)).numbers.tolist() == [3.5]
    table = whole_table(half, np.ones(1))
    assert table is not None
    assert table.tolist() == [3]
    assert whole_table(part([(0, 9)], ([(0, 2)], (7, 7))), np.ones(1)) is None
    assert rounded(half, np.array([2.9999999])) == np.array([3])
    assert rounded(half, np.array([3.7])) is None


def test_a_table_with_fractions_is_repaired_where_it_has_them() -> None:
    three = part([(0, 9)] * 3, ([(0, 1), (1, 1), (2, 1)], (7, 7)))
    table = repaired(three, np.array([4.0, 1.5, 1.5]))
    assert table is not None
    assert (table[0], table.sum()) == (4, 7)
    assert repaired(three, np.array([4.0, 2.0, 1.0])) is None


def test_the_best_table_on_the_way_from_one_to_another() -> None:
    """From 4 + 3 towards 6.5 + 0.5; no further than 7 + 0."""
    table = between(PAIR, np.array([4, 3]), np.array([6.5, 0.5]), FIRST_UP)
    assert table is not None
    assert table.tolist() == [7, 0]


def test_in_wide_ranges_it_is_the_nearest_to_the_end_of_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Towards 6.5 + 0.5: beside it is 7 + 0, and none other is asked for."""
    monkeypatch.setattr(whole, "_WIDE", 0)
    searched: list[float] = []
    asked = whole.beside

    def beside_told(part, numbers, *rest):  # type: ignore[no-untyped-def]
        searched.append(float(numbers[0]))
        return asked(part, numbers, *rest)

    monkeypatch.setattr(whole, "beside", beside_told)
    up = np.array([1.0, 0.0, 0.0])
    table = between(ODD, np.array([3, 4, 2]), np.array([6.5, 0.5, 0.25]), up)
    assert table is not None
    assert ODD.fits(table)
    assert table[0] == 7
    assert searched == [6.5]


def test_where_none_lies_beside_the_way_all_between_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole, "_WIDE", 0)
    tried: list[Floats] = []
    monkeypatch.setattr(whole, "beside", lambda _, numbers, *rest: tried.append(numbers))
    table = between(PAIR, np.array([4, 3]), np.array([6.5, 0.5]), FIRST_UP)
    assert table is not None
    assert table.tolist() == [7, 0]
    assert [numbers[0] for numbers in tried] == [6.5, 6.1875, 5.25, 4.3125]


def test_a_table_beside_is_within_one_or_a_share_of_each_number() -> None:
    """A million points for a thousand students: the points have ten thousand more to go."""
    scores = part([(0, 9_999), (0, 9_999_999)], ([(0, 2_400), (1, -1)], (0, 0)))
    table = beside(scores, np.array([1_000.4, 2_400_960.0]), np.zeros(2))
    assert table is not None
    assert table.tolist() in ([1_000, 2_400_000], [1_001, 2_402_400])
    assert beside(scores, np.array([1_000.4, 2_500_000.0]), np.zeros(2)) is None
    assert beside(PAIR, np.array([20.0, 0.0]), np.zeros(2)) is None


def test_the_middle_has_as_much_room_as_there_is() -> None:
    """4 to 10, and twice it 10 to 16: 6.3 can move by 1.3 in both directions before it is 5."""
    narrow = part([(4, 10)], ([(0, 2)], (10, 16)))
    numbers, room = innermost(narrow)
    assert numbers.tolist() == pytest.approx([6.5])
    assert room == pytest.approx(1.5)


def test_an_equation_takes_no_room_and_lines_over_more_take_more() -> None:
    numbers, room = innermost(PAIR)
    assert (numbers.sum(), room) == (pytest.approx(7), pytest.approx(3.5))
    capped = part([(0, 9), (0, 9)], ([(0, 1), (1, 1)], (0, 8)))
    assert innermost(capped)[1] == pytest.approx(2)


def test_a_range_without_a_middle_has_no_room() -> None:
    known = part([(0, 9), (0, 9)], ([(0, 1)], (9, 12)), ([(0, 1), (1, 1)], (7, 14)))
    numbers, room = innermost(known)
    assert (numbers[0], room) == (9, 0)
    with pytest.raises(Unsolvable):
        innermost(part([(0, 9)], ([(0, 1)], (10, 12))))


def test_nobody_needs_more_room_than_the_most() -> None:
    assert innermost(part([(0, 10**9)]))[1] == 100


def test_numbers_in_the_thousands_of_millions_are_as_good_as_small_ones() -> None:
    """Two sums of points that are 20,000,000,007 together, the first a multiple of five."""
    far = 10**10
    large = part(
        [(far, far + 9), (far, far + 9), (0, 10**10)],
        ([(0, 1), (1, 1)], (2 * far + 7, 2 * far + 7)),
        ([(0, 1), (2, -5)], (0, 0)),
    )
    table = whole_table(large, np.array([1.0, 0.0, 0.0]))
    assert table is not None
    assert table.tolist() == [far + 5, far + 2, (far + 5) // 5]
