"""The search needs few programs: an objective serves many numbers, and only the last get their own.

How many are solved is what decides whether a large district can be audited at all.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from accord.audit import hunt
from accord.audit.bounds import Bounds, bounds_of
from accord.audit.nearby import Nearby
from accord.audit.program import Program
from accord.audit.targets import COUNT, MEAN, REST
from accord.cells.system import UNBOUNDED
from unit.audit.test_programs import part
from unit.audit.test_propagate import system
from unit.audit.test_targets import targets

Solved = Counter[str]


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> Solved:
    """How many programs of each kind are solved."""
    count: Solved = Counter()
    best, moved, whole = Program.best, Nearby.moved, hunt.whole_table

    def counted(name: str, solve):  # type: ignore[no-untyped-def]
        def solving(*arguments):  # type: ignore[no-untyped-def]
            count[name] += 1
            return solve(*arguments)

        return solving

    monkeypatch.setattr(Program, "best", counted("best", best))
    monkeypatch.setattr(Nearby, "moved", counted("moved", moved))
    monkeypatch.setattr(hunt, "whole_table", counted("whole", whole))
    return count


def widths(found: Bounds, *variables: int) -> list[int]:
    """How far some variables lie apart in the two tables of their target."""
    return [
        int(found.tables[high, each] - found.tables[low, each])
        for each, low, high in zip(variables, found.low_table, found.high_table, strict=True)
    ]


def test_sixty_pairs_are_safe_after_one_push_each_way(solved: Solved) -> None:
    """Two numbers are 20 together, sixty times over: one program for a table, and two more."""
    pairs = 60
    apart = system(
        [(0, 20)] * (2 * pairs) + [(20, 20)],
        *(([(2 * each, 1), (2 * each + 1, 1)], (20, 20)) for each in range(pairs)),
    )
    hidden = targets(*((COUNT, 2 * each, 2 * pairs, 0, 3, 3) for each in range(pairs)))
    found = bounds_of(apart, hidden)
    assert found.safe.all()
    assert widths(found, *range(0, 2 * pairs, 2)) == [20] * pairs
    assert solved == {"best": 3}
    assert len(found.tables) <= 3


def test_numbers_that_share_little_are_moved_some_at_a_time(solved: Solved) -> None:
    """Of sixty groups three students are counted in all; whoever a push gives them to, the others
    have none. So each takes a program or so, and none a search over whole numbers."""
    groups = 60
    shared = system(
        [(0, 20)] * groups + [(20, 20)], ([(each, 1) for each in range(groups)], (3, 3))
    )
    found = bounds_of(shared, targets(*((COUNT, each, groups, 0, 3, 3) for each in range(groups))))
    assert found.safe.all()
    assert widths(found, *range(groups)) == [3] * groups
    assert solved["whole"] == 0
    assert solved["best"] + solved["moved"] <= groups + 5


def test_a_narrow_number_is_pushed_and_moved_both_ways_before_it_is_told(solved: Solved) -> None:
    """Two are counted in two groups: 0 to 2 of each, and 18 to 20 who are not."""
    two = system([(0, 20), (0, 20), (20, 20)], ([(0, 1), (1, 1)], (2, 2)))
    found = bounds_of(two, targets((COUNT, 0, 2, 0, 3, 3), (REST, 0, 2, 0, 3, 3)))
    assert not found.safe.any()
    assert (found.low.tolist(), found.high.tolist()) == ([0, 18], [2, 20])
    assert solved == {"best": 1 + 2 + 2 * 2, "moved": 2 + 2 * 2}


def test_ends_are_whole_where_a_program_finds_fractions() -> None:
    """3a + 3b is 7 to 11, b is 1 at most: a is 4/3 to 11/3 for a program, 2 or 3 for students."""
    thirds = system([(0, 9), (0, 1), (9, 9)], ([(0, 3), (1, 3)], (7, 11)))
    found = bounds_of(thirds, targets((COUNT, 0, 2, 0, 3, 0), (REST, 0, 2, 0, 3, 0)))
    assert not found.safe.any()
    assert (found.low.tolist(), found.high.tolist()) == ([2, 6], [3, 7])


def test_few_may_be_all_there_are() -> None:
    """Two at most are counted, of nobody knows how many: in the table with two there are two."""
    few = system([(0, 2), (0, 40)], ([(0, 1), (1, -1)], (-UNBOUNDED, 0)))
    found = bounds_of(few, targets((COUNT, 0, 1, 0, 2, 3)))
    assert found.safe.tolist() == [True]
    high = found.tables[found.high_table[0]]
    assert high.tolist() == [2, 2]
    assert found.tables[found.low_table[0], 0] == 0
    known = system([(0, 2), (40, 40)])
    assert bounds_of(known, targets((COUNT, 0, 1, 0, 2, 3))).safe.tolist() == [False]


def scores(points: tuple[int, int], students: tuple[int, int]) -> Bounds:
    """A mean of so many points over so many students, who have 10 to 20 each; it must stay open by
    five points."""
    each = system(
        [points, students],
        ([(0, 1), (1, -10)], (0, UNBOUNDED)),
        ([(0, 1), (1, -20)], (-UNBOUNDED, 0)),
    )
    return bounds_of(each, targets((MEAN, 0, 1, 0, 5_000, 0)))


@pytest.mark.parametrize(
    ("points", "students", "ends"),
    [
        ((40, 80), (4, 4), None),
        ((50, 60), (4, 4), (12.5, 15)),
        ((60, 60), (3, 6), None),
        ((60, 60), (4, 5), (12, 15)),
        ((60, 64), (4, 5), (12, 16)),
        ((0, 80), (0, 4), None),
    ],
)
def test_a_mean_is_as_open_as_points_and_students_let_it(
    points: tuple[int, int], students: tuple[int, int], ends: tuple[float, float] | None
) -> None:
    """60 points are a mean of 12 over five students and of 15 over four."""
    found = scores(points, students)
    assert found.safe.tolist() == [ends is None]
    if ends:
        assert (found.low[0], found.high[0]) == (pytest.approx(ends[0]), pytest.approx(ends[1]))
    else:
        tables = [found.tables[row[0]] for row in (found.low_table, found.high_table)]
        low, high = (int(table[0]) / int(table[1]) for table in tables)
        assert high - low >= 5


def test_the_nearest_table_that_goes_far_enough() -> None:
    """From 4 + 3: two more of the first are 6 + 1, and none beyond the cap or the range."""
    both = part([(0, 9), (0, 9)], ([(0, 1), (1, 1)], (7, 7)))
    near = Nearby(both, np.array([4, 3]), 60.0)
    caps = np.full(2, np.inf)
    up = np.array([1.0, 0.0])
    for _ in range(2):  # an answer depends on the question alone
        for wanted, cap, told in (
            (up, 2.0, [6, 1]), (up, 9.0, [7, 0]), (-up, 1.0, [3, 4]), (-up, 9.0, [0, 7])
        ):  # fmt: skip
            capped = caps.copy()
            capped[0] = cap
            moved = near.moved(wanted, capped)
            assert moved is not None
            assert moved.tolist() == pytest.approx(told)


def test_numbers_that_nobody_asks_to_move_stay() -> None:
    """The first can be had from the second or from both others: the fewest changes count."""
    three = part([(0, 9)] * 4, ([(0, 1), (1, 1)], (7, 7)), ([(2, 1), (3, 1)], (5, 5)))
    near = Nearby(three, np.array([4, 3, 2, 3]), 60.0)
    moved = near.moved(np.array([1.0, 0, 0, 0]), np.array([2.0, np.inf, np.inf, np.inf]))
    assert moved is not None
    assert moved.tolist() == pytest.approx([6, 1, 2, 3])
