"""The last way of searching, a program for each number: whole tables are sought only where the
program finds fractions, and then between two tables first.

What comes before it is switched off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from accord.audit import hunt, whole
from accord.audit.bounds import bounds_of
from accord.audit.hunt import Hunt
from accord.audit.nearby import Nearby
from accord.audit.targets import COUNT, MEAN, REST
from accord.cells.system import UNBOUNDED, System
from unit.audit.test_hunt_moves import one_student
from unit.audit.test_propagate import system
from unit.audit.test_targets import targets

Searched = Counter[str]
ANYWHERE, BETWEEN = "anywhere", "between two tables"


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> Searched:
    """How often whole numbers are searched for, and where."""
    for each in ("_push_many", "_move_some"):
        monkeypatch.setattr(Hunt, each, lambda _: None)
    count: Searched = Counter()
    for module, where in ((hunt, ANYWHERE), (whole, BETWEEN)):

        def counted(*arguments, name=where, search: Callable = module.whole_table):  # type: ignore[no-untyped-def,type-arg]
            count[name] += 1
            return search(*arguments)

        monkeypatch.setattr(module, "whole_table", counted)
    return count


@pytest.mark.parametrize("kind", [COUNT, REST])
def test_where_the_program_finds_whole_tables_none_is_searched_for(
    kind: int, searched: Searched
) -> None:
    pair = system([(0, 20), (0, 20), (20, 20)], ([(0, 1), (1, 1)], (20, 20)))
    found = bounds_of(pair, targets((kind, 0, 2, 0, 3, 18)))
    assert found.safe.tolist() == [True]
    assert sorted(found.tables[:, 0].tolist())[0::2] in ([0, 20], [0], [20])
    assert searched == {}


def few(most: int) -> System:
    """Up to `most` are counted of up to forty, whose points the first table gives them all."""
    return system(
        [(0, most), (0, 40), (0, 4000)],
        ([(0, 1), (1, -1)], (-UNBOUNDED, 0)),
        ([(2, 1), (1, -100)], (-UNBOUNDED, 0)),
    )


@pytest.mark.parametrize(("most", "safe"), [(2, True), (3, True), (1, False)])
def test_few_may_be_all_there_are_in_a_table_with_few_students(
    most: int, safe: bool, searched: Searched
) -> None:
    """The program that counts the most leaves forty students; the next one asks for few."""
    found = bounds_of(few(most), targets((COUNT, 0, 1, 0, 2, 3), (MEAN, 2, 1, 0, 0, 0)))
    assert found.safe.tolist() == [safe, True]
    if safe:
        high = found.tables[found.high_table[0]]
        assert high[0] == most
        assert high[1] == most or most == 3
        assert found.tables[found.low_table[0], 0] == 0
    assert searched == {}


def test_of_tables_that_count_as_many_the_one_with_the_fewest_students_is_kept(
    searched: Searched,
) -> None:
    """Two of forty are nearly nobody, two of two are all."""
    found = bounds_of(few(2), targets((COUNT, 0, 1, 0, 2, 3), (MEAN, 2, 1, 0, 0, 0)))
    assert found.tables[0, 1] == 40
    assert found.tables[found.high_table[0]].tolist()[:2] == [2, 2]


@pytest.mark.parametrize(("kind", "width"), [(COUNT, 3), (REST, 3), (MEAN, 3_000)])
def test_where_it_finds_fractions_a_table_between_is_enough(
    kind: int, width: int, searched: Searched
) -> None:
    """Twice a number and a hidden rest are 13 together: the program makes it 6.5 of 13, and
    students are 6. Two students have them as points, known to be two."""
    odd = system([(0, 9), (0, 20), (9, 9), (1, 1)], ([(0, 2), (1, 1)], (13, 13)))
    whole = 3 if kind == MEAN else 2
    halves = system([(0, 9), (0, 9), (9, 9), (1, 1)], ([(0, 2), (1, 2)], (9, 13)),
                    ([(0, 3), (1, -1)], (0, UNBOUNDED)))  # fmt: skip
    for some in (odd, halves):
        found = bounds_of(some, targets((kind, 0, whole, 0, width, 0)))
        assert found.safe.tolist() == [True]
        for table in found.tables:
            assert not any(map(len, some.broken_by(table)))
    assert searched[ANYWHERE] == 0


def test_a_program_that_promises_more_than_whole_tables_hold_is_not_believed(
    searched: Searched,
) -> None:
    """2a + 2b is 3 to 5, so it is 4, and a is 0 to 2; a program thinks of 0 to 2.5."""
    some = system([(0, 9), (0, 9), (9, 9)], ([(0, 2), (1, 2)], (3, 5)))
    found = bounds_of(some, targets((COUNT, 0, 2, 0, 2, 0)))
    assert found.safe.tolist() == [True]
    narrow = bounds_of(some, targets((COUNT, 0, 2, 0, 3, 0)))
    assert (narrow.safe.tolist(), narrow.low.tolist(), narrow.high.tolist()) == ([False], [0], [2])


def test_a_mean_that_a_program_shows_to_be_narrow_is_not_searched_for(searched: Searched) -> None:
    """50 to 60 points over four students: 12.5 to 15."""
    some = system([(50, 60), (4, 4)])
    found = bounds_of(some, targets((MEAN, 0, 1, 0, 5_000, 0)))
    assert (found.safe.tolist(), found.low.tolist(), found.high.tolist()) == ([False], [12.5], [15])
    assert searched[ANYWHERE] == 0


def test_a_mean_of_somebody_is_found_where_the_first_table_has_nobody(searched: Searched) -> None:
    """Of two groups one has a student, with 10 to 20 points; whose is open."""
    both = targets((MEAN, 0, 2, 0, 10_000, 0), (MEAN, 1, 3, 0, 10_000, 0))
    assert bounds_of(one_student(0, 1), both).safe.tolist() == [True, True]
    wider = targets((MEAN, 0, 2, 0, 10_001, 0), (MEAN, 1, 3, 0, 10_001, 0))
    found = bounds_of(one_student(0, 1), wider)
    assert found.safe.tolist() == [False, False]
    assert found.low.tolist() == pytest.approx([10, 10])
    assert found.high.tolist() == pytest.approx([20, 20])
    assert searched[ANYWHERE] <= 2  # for a student in each system


def test_a_move_with_fractions_leads_to_a_table_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is granted half a student less than seven; the table between has all seven."""
    for each in ("_push_many", "_settle"):
        monkeypatch.setattr(Hunt, each, lambda *_: None)
    pair = system([(0, 9), (0, 9), (9, 9)], ([(0, 1), (1, 1)], (7, 7)))
    ends = np.array([[6.5, 0.5], [0.5, 6.5]])
    monkeypatch.setattr(Nearby, "moved", lambda _, wanted, __: ends[0 if wanted[0] > 0 else 1])
    found = bounds_of(pair, targets((COUNT, 0, 2, 0, 7, 0)))
    assert found.safe.tolist() == [True]
    assert found.tables[found.high_table[0]].tolist() == [7, 0, 9]
    assert found.tables[found.low_table[0]].tolist() == [0, 7, 9]
