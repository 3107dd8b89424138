"""Parts of a system, and the tables that a solver finds in them: small enough to see the answer."""

from __future__ import annotations

import numpy as np
import pytest

from accord.audit.bounds import bounds_of
from accord.audit.parts import parts_of
from accord.audit.program import Part, Program, Unsolvable, shifted
from accord.audit.targets import COUNT, MEAN, REST, Targets
from accord.cells.system import UNBOUNDED, System
from unit.audit.test_propagate import OPEN, Range, system
from unit.audit.test_targets import targets

NONE = Targets.joined([])


def part(ends: list[Range], *lines: tuple[list[tuple[int, int]], Range]) -> Part:
    whole = system(ends, *lines)
    every = np.arange(len(lines))
    return Part(np.arange(len(ends)), whole.low, whole.high, whole.lines, whole.least, whole.most,
                every)  # fmt: skip


PAIR = part([(0, 9), (0, 9)], ([(0, 1), (1, 1)], (7, 7)))
"""Two numbers that are 7 together."""


@pytest.mark.parametrize(
    ("numbers", "fits"), [([7, 0], True), ([0, 7], True), ([7, 1], False), ([-1, 8], False)]
)
def test_a_table_fits_its_ranges_and_lines(numbers: list[int], fits: bool) -> None:
    assert PAIR.fits(np.array(numbers)) is fits


def test_ends_are_included() -> None:
    loose = part([(2, 4)], ([(0, 2)], (4, 8)))
    assert [loose.fits(np.array([each])) for each in (1, 2, 4, 5)] == [False, True, True, False]
    narrow = part([(0, 9)], ([(0, 2)], (4, 8)))
    assert [narrow.fits(np.array([each])) for each in (1, 2, 4, 5)] == [False, True, True, False]


def test_the_best_of_an_objective() -> None:
    program = Program(PAIR)
    assert program.best(np.array([1.0, -1.0])).numbers.tolist() == [7, 0]
    again = program.best(np.array([-1.0, 2.0]))
    assert (again.value, again.numbers.tolist()) == (14, [0, 7])


def test_lines_that_rule_each_other_out_are_named() -> None:
    torn = part([(0, 9), (0, 9)], ([(1, 1)], (0, 5)), ([(0, 1)], (4, 4)), ([(0, 1)], (5, 5)))
    with pytest.raises(Unsolvable) as found:
        Program(torn).best(np.zeros(2))
    assert found.value.lines.tolist() == [1, 2]


def test_an_end_that_is_none_stays_none() -> None:
    ends = np.array([UNBOUNDED, -UNBOUNDED, 5, -5])
    assert shifted(ends, np.array([1, 1, 1, 1])).tolist() == [UNBOUNDED, -UNBOUNDED, 6, -4]


def test_what_is_known_drops_out_of_a_part() -> None:
    """20 less 7 is left for two; another number is in a line of its own with a known one."""
    whole = system(
        [(20, 20), (7, 7), (0, 20), (0, 20), (0, UNBOUNDED), (4, 4)],
        ([(0, -1), (1, 1), (2, 1), (3, 1)], (0, 0)),
        ([(0, 1), (1, 1)], (27, 27)),
        ([(4, 1), (5, 1)], (6, UNBOUNDED)),
    )
    ((found, about),) = parts_of(whole, targets((COUNT, 4, 5, 0, 1, 0), (REST, 1, 0, 0, 1, 0)))
    assert found.variables.tolist() == [2, 3, 4]
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0, 0], [20, 20, 1040])
    assert [members.tolist() for members, _ in found.lines] == [[0, 1], [2]]
    assert (found.least.tolist(), found.most.tolist()) == ([13, 2], [13, UNBOUNDED])
    assert found.origin.tolist() == [0, 2]
    assert about.tolist() == [0]  # of the second both numbers are known


def test_a_line_over_known_numbers_is_in_no_part() -> None:
    """4 + 3 are 7, which says nothing of the first number."""
    some = system([(0, 9), (4, 4), (3, 3)], ([(0, 1), (1, 1)], (5, 9)), ([(1, 1), (2, 1)], (7, 7)))
    ((found, _),) = parts_of(some, NONE)
    assert (found.variables.tolist(), found.origin.tolist()) == ([0], [0])
    assert (found.least.tolist(), found.most.tolist()) == ([1], [5])


LARGE = 400


def two_chains() -> System:
    """Twice four hundred numbers, each the same as the next."""
    chain = [([(each, 1), (each + 1, -1)], (0, 0)) for each in range(LARGE - 1)]
    other = [([(each + LARGE, sign) for each, sign in line], ends) for line, ends in chain]
    return system([(0, 9)] * 2 * LARGE, *chain, *other)


def test_large_parts_stay_apart() -> None:
    found = list(parts_of(two_chains(), NONE))
    assert [each.variables.tolist()[0] for each, _ in found] == [0, LARGE]
    assert [len(each.lines) for each, _ in found] == [LARGE - 1, LARGE - 1]


def test_targets_go_with_their_part_and_tie_two_parts_into_one() -> None:
    """A count in each chain; and one of the first chain of which the second holds the whole."""
    apart = targets((COUNT, 5, 7, 0, 1, 0), (COUNT, LARGE + 5, LARGE, 0, 1, 0))
    assert [about.tolist() for _, about in parts_of(two_chains(), apart)] == [[0], [1]]
    tied = targets((COUNT, 5, 7, 0, 1, 0), (REST, 3, LARGE + 3, 0, 1, 0))
    ((whole, about),) = parts_of(two_chains(), tied)
    assert (len(whole.variables), len(whole.lines)) == (2 * LARGE, 2 * (LARGE - 1))
    assert about.tolist() == [0, 1]


def test_a_range_without_an_end_gets_one_far_above_every_number() -> None:
    """Twice 5,000 and a thousand; above 5,000 at least as far again."""
    open_ended = system([OPEN, (5_000, UNBOUNDED), (0, UNBOUNDED), (-3, 7)])
    ((found, _),) = parts_of(open_ended, NONE)
    far = 11_000
    assert list(zip(found.low.tolist(), found.high.tolist(), strict=True)) == [
        (-far, far), (5_000, 5_000 + far), (0, far), (-3, 7)
    ]  # fmt: skip


def test_a_count_that_can_be_anything_up_to_seven_is_safe() -> None:
    """Two hidden numbers are 7 together, of 20 students each: each can be 0, and 7."""
    both = system([(0, 20), (0, 20), (20, 20)], ([(0, 1), (1, 1)], (7, 7)))
    hidden = targets((COUNT, 0, 2, 0, 3, 3), (REST, 1, 2, 0, 3, 3))
    found = bounds_of(both, hidden)
    assert found.safe.tolist() == [True, True]
    low, high = (
        np.array([each.values(found.tables[row])[0] for each, row in zip(
            (hidden.only(np.array([0])), hidden.only(np.array([1]))), rows.tolist(), strict=True)])
        for rows in (found.low_table, found.high_table)
    )  # fmt: skip
    assert (high - low >= 3).all()
    for table in found.tables:
        assert [len(each) for each in both.broken_by(table)] == [0, 0]


def test_a_count_that_can_only_be_two_numbers_is_told_by_its_ends() -> None:
    """Two numbers are 7 together, and the second is 5 or 6: the first is 1 or 2."""
    both = system([(0, 20), (5, 6), (20, 20)], ([(0, 1), (1, 1)], (7, 7)))
    found = bounds_of(both, targets((COUNT, 0, 2, 0, 3, 3), (REST, 0, 2, 0, 3, 3)))
    assert found.safe.tolist() == [False, False]
    assert (found.low.tolist(), found.high.tolist()) == ([1, 18], [2, 19])


def test_a_number_that_is_known_is_its_own_ends() -> None:
    """Two counts, and a mean of 100 points over eight students, or over a single one."""
    known = system([(7, 7), (20, 20), (100, 100), (8, 8), (1, 1)])
    means = (MEAN, 2, 3, 0, 0, 0), (MEAN, 2, 4, 0, 0, 0)
    found = bounds_of(known, targets((COUNT, 0, 1, 0, 3, 3), (REST, 0, 1, 0, 3, 3), *means))
    assert not found.safe.any()
    assert found.low.tolist() == found.high.tolist() == [7, 13, 12.5, 100]
    assert found.tables.tolist() == [[7, 20, 100, 8, 1]]


def test_every_witness_table_is_whole_where_parts_need_different_numbers_of_them() -> None:
    """Two numbers that are 20 together need two tables. Nothing is asked of 450 others, which are
    five together: they have one, and it stands in both."""
    both = system(
        [(0, 20)] * 2 + [(0, 5)] * 450 + [(20, 20)],
        ([(0, 1), (1, 1)], (20, 20)),
        ([(2 + each, 1) for each in range(450)], (5, 5)),
    )
    found = bounds_of(both, targets((COUNT, 0, 452, 0, 3, 3)))
    assert found.safe.tolist() == [True]
    assert len(found.tables) > 1
    for table in found.tables:
        assert [len(each) for each in both.broken_by(table)] == [0, 0]


def test_fractions_do_not_make_a_number_safe() -> None:
    """2a + 2b = 4, and a is 0 to 2: a program finds halves, students are whole."""
    both = system([(0, 2), (0, 2), (9, 9)], ([(0, 2), (1, 2)], (4, 4)))
    assert bounds_of(both, targets((COUNT, 0, 2, 0, 2, 0))).safe.tolist() == [True]
    assert bounds_of(both, targets((COUNT, 0, 2, 0, 3, 0))).safe.tolist() == [False]


def test_a_mean_is_as_open_as_its_points() -> None:
    """One to two students with 10 to 20 points each: means from 10 to 20, never more apart."""
    scores = system(
        [(10, 40), (1, 2)],
        ([(0, 1), (1, -10)], (0, UNBOUNDED)),
        ([(0, 1), (1, -20)], (-UNBOUNDED, 0)),
    )
    assert bounds_of(scores, targets((MEAN, 0, 1, 0, 10_000, 0))).safe.tolist() == [True]
    found = bounds_of(scores, targets((MEAN, 0, 1, 0, 10_001, 0)))
    assert found.safe.tolist() == [False]
    assert (found.low[0], found.high[0]) == (pytest.approx(10), pytest.approx(20))


def test_figures_that_fit_no_table_name_the_lines() -> None:
    """a + b = 5 and a − b = 0: no whole numbers, and b ≤ 1 leaves no fractions either."""
    torn = system([(0, 5), (0, 1)], ([(0, 1), (1, 1)], (5, 5)), ([(0, 1), (1, -1)], (0, 0)))
    with pytest.raises(Unsolvable) as found:
        bounds_of(torn, NONE)
    assert set(found.value.lines.tolist()) <= {0, 1}
    assert len(found.value.lines)
