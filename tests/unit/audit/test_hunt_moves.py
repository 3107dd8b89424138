"""What the search asks of a move from its first table: which way, and no further than is needed.

Objectives for many and programs for each are switched off, and no move is granted.
"""

from __future__ import annotations

import numpy as np
import pytest

from accord.audit.bounds import bounds_of
from accord.audit.hunt import Hunt
from accord.audit.nearby import Nearby
from accord.audit.program import Floats
from accord.audit.targets import COUNT, MEAN, REST
from accord.cells.system import UNBOUNDED, System
from unit.audit.test_propagate import system
from unit.audit.test_targets import targets

FAR = np.inf
Question = tuple[list[int], list[float], list[float]]
"""The table that it starts from, the weight of each number, and how far each may move."""


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    found: list[Question] = []

    def moved(near: Nearby, wanted: Floats, caps: Floats) -> None:
        found.append((near.table.tolist(), wanted.tolist(), caps.tolist()))

    monkeypatch.setattr(Nearby, "moved", moved)
    for each in ("_push_many", "_settle"):
        monkeypatch.setattr(Hunt, each, lambda *_: None)
    return found


def asked(questions: list[Question]) -> list[tuple[list[float], list[float]]]:
    """All together up, together down, then each by itself up and down."""
    return [(wanted, caps) for _, wanted, caps in questions]


TWENTY = system([(0, 20), (0, 20), (20, 20)], ([(0, 1), (1, 1)], (20, 20)))
"""Two numbers that are 20 together, of 20 students."""


@pytest.mark.parametrize(("kind", "way"), [(COUNT, 1.0), (REST, -1.0)])
@pytest.mark.parametrize("reach", [0, 18])
def test_a_number_moves_by_its_width_and_up_as_far_as_it_must_reach(
    kind: int, way: float, reach: int, questions: list[Question]
) -> None:
    """Who is not counted is pushed up by pushing down who is."""
    bounds_of(TWENTY, targets((kind, 0, 2, 0, 3, reach)))
    counted = questions[0][0][0]
    number = counted if kind == COUNT else 20 - counted
    up = ([way, 0.0], [max(3.0, reach - number), FAR])
    down = ([-way, 0.0], [3.0, FAR])
    assert asked(questions) == [up, down, up, down]


@pytest.mark.parametrize(("kind", "up"), [(COUNT, [1.0, 0.0]), (REST, [-1.0, 1.0])])
def test_where_the_whole_is_hidden_too_nothing_limits_a_move(
    kind: int, up: list[float], questions: list[Question]
) -> None:
    some = system([(0, 20), (0, 40)], ([(0, 1), (1, -1)], (-UNBOUNDED, 0)))
    bounds_of(some, targets((kind, 0, 1, 0, 3, 3)))
    down = [0.0 - each for each in up]
    assert asked(questions) == [(up, [FAR, FAR]), (down, [FAR, FAR])] * 2


@pytest.mark.parametrize(
    ("width", "students", "cap"), [(5_000, 4, 21.0), (2_500, 3, 9.0), (0, 4, 1.0)]
)
def test_the_points_of_a_mean_move_by_its_width_for_each_student_and_one(
    width: int, students: int, cap: float, questions: list[Question]
) -> None:
    """Half a point more or less makes up for what was rounded."""
    some = system([(0, 80), (students, students)])
    bounds_of(some, targets((MEAN, 0, 1, 0, width, 0)))
    assert asked(questions) == [([1.0], [cap]), ([-1.0], [cap])] * 2


def one_student(*groups: int) -> System:
    """Points and students of some groups, of which one has a student, with 10 to 20 points."""
    size = len(groups)
    each = [line for at in groups for line in (
        ([(at, 1), (size + at, -10)], (0, UNBOUNDED)),
        ([(at, 1), (size + at, -20)], (-UNBOUNDED, 0)),
    )]  # fmt: skip
    shared = [(size + at, 1) for at in groups]
    return system([(0, 20)] * size + [(0, 1)] * size, (shared, (0, 1)), *each)


def test_a_mean_of_nobody_asks_for_a_student_with_many_points_or_with_few(
    questions: list[Question],
) -> None:
    """The first table has as many students as can be; the group that has none is given one."""
    bounds_of(one_student(0, 1), targets((MEAN, 0, 2, 0, 5_000, 0), (MEAN, 1, 3, 0, 5_000, 0)))
    table = questions[0][0]
    assert sorted(table[2:]) == [0, 1]
    here, empty = (0, 1) if table[2] else (1, 0)
    wanted, caps = np.zeros(4), np.full(4, FAR)
    wanted[[here, empty, 2 + empty]] = 1.0
    caps[[here, 2 + empty]] = 6.0, 1.0
    assert asked(questions)[0] == (wanted.tolist(), caps.tolist())
    wanted[[here, empty]] = -1.0, 0.0
    assert asked(questions)[1] == (wanted.tolist(), caps.tolist())


def test_forty_at_a_time_and_then_each_by_itself(questions: list[Question]) -> None:
    """Of 81 numbers three batches go up and three down, 27 in each."""
    size = 81
    apart = system([(0, 20)] * size + [(20, 20)])
    bounds_of(apart, targets(*((COUNT, each, size, 0, 3, 0) for each in range(size))))
    sizes = [int(np.count_nonzero(wanted)) for _, wanted, _ in questions]
    assert sizes == [27] * 6 + [1] * 2 * size
    up = [wanted for _, wanted, _ in questions[:3]]
    assert np.sum(up, axis=0).tolist() == [1.0] * size
    assert np.sum([wanted for _, wanted, _ in questions[3:6]], axis=0).tolist() == [-1.0] * size
