"""How the solver is used: quietly, going on from the last answer, and never past a refusal."""

from __future__ import annotations

from collections.abc import Callable

import highspy
import numpy as np
import pytest

from accord.audit import program
from accord.audit.nearby import Nearby
from accord.audit.program import Program, solver_of
from accord.audit.whole import whole_table
from accord.base.errors import RefusedError
from unit.audit.test_programs import PAIR, part

UP, DOWN = np.array([1.0, -1.0]), np.array([-1.0, 1.0])
Patch = pytest.MonkeyPatch


@pytest.fixture
def runs(monkeypatch: Patch) -> list[str]:
    """Each time that a solver runs or is started anew."""
    found: list[str] = []
    run, clear = highspy.Highs.run, highspy.Highs.clearSolver

    def noted(
        name: str, do: Callable[[highspy.Highs], object]
    ) -> Callable[[highspy.Highs], object]:
        def noting(solver: highspy.Highs) -> object:
            found.append(name)
            return do(solver)

        return noting

    monkeypatch.setattr(highspy.Highs, "run", noted("run", run))
    monkeypatch.setattr(highspy.Highs, "clearSolver", noted("anew", clear))
    return found


def test_one_objective_after_the_other_goes_on_from_the_last_answer(runs: list[str]) -> None:
    both = Program(PAIR)
    tables = [both.best(costs).numbers.tolist() for costs in (UP, DOWN, UP)]
    assert tables == [[7, 0], [0, 7], [7, 0]]
    assert runs == ["run"] * 3


def test_where_the_solver_fails_it_starts_once_more_from_the_beginning(
    runs: list[str], monkeypatch: Patch
) -> None:
    told, status = [highspy.HighsModelStatus.kUnknown], highspy.Highs.getModelStatus
    monkeypatch.setattr(
        highspy.Highs, "getModelStatus", lambda solver: told.pop() if told else status(solver)
    )
    assert Program(PAIR).best(UP).value == 7
    assert runs == ["run", "anew", "run"]


@pytest.mark.parametrize(
    "ask",
    [lambda: Program(PAIR).best(UP), lambda: whole_table(PAIR, UP)],
    ids=["a program", "whole tables"],
)
def test_no_answer_in_time_is_a_refusal(ask: Callable[[], object], monkeypatch: Patch) -> None:
    late = highspy.HighsModelStatus.kTimeLimit
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda _: late)
    with pytest.raises(RefusedError, match="Time limit reached"):
        ask()


def test_a_move_without_an_answer_is_left_to_others(runs: list[str], monkeypatch: Patch) -> None:
    """It is asked by the dual simplex method, then by the primal one, each from the beginning."""
    near = Nearby(PAIR, np.array([4, 3]), 60.0)
    caps = np.array([2.0, np.inf])
    methods = []

    def late(solver: highspy.Highs) -> highspy.HighsModelStatus:
        methods.append(solver.getOptionValue("simplex_strategy")[1])
        return highspy.HighsModelStatus.kTimeLimit

    monkeypatch.setattr(highspy.Highs, "getModelStatus", late)
    assert near.moved(np.array([1.0, 0.0]), caps) is None
    assert runs == ["anew", "run"] * 2
    assert methods == [1, 4]


def test_what_was_asked_before_leaves_no_trace() -> None:
    """After a move up under a cap, a move of the other number is free and cheap again."""
    near = Nearby(PAIR, np.array([4, 3]), 60.0)
    first = near.moved(np.array([1.0, 0.0]), np.array([1.0, np.inf]))
    assert first is not None
    assert first.tolist() == pytest.approx([5, 2])
    other = near.moved(np.array([0.0, 1.0]), np.array([np.inf, 4.0]))
    assert other is not None
    assert other.tolist() == pytest.approx([0, 7])
    again = near.moved(np.array([0.0, -1.0]), np.array([np.inf, 9.0]))
    assert again is not None
    assert again.tolist() == pytest.approx([7, 0])


def test_lines_that_may_be_off_give_so_much_room_to_a_move() -> None:
    """4 + 3 of 6 to 9: the first goes up by two alone, by three only if the second goes down."""
    loose = part([(0, 9), (0, 9)], ([(0, 1), (1, 1)], (6, 9)))
    near = Nearby(loose, np.array([4, 3]), 60.0)
    for cap, told in ((2.0, [6, 3]), (3.0, [7, 2])):
        moved = near.moved(np.array([1.0, 0.0]), np.array([cap, np.inf]))
        assert moved is not None
        assert moved.tolist() == pytest.approx(told)
    moved = near.moved(np.array([-1.0, 0.0]), np.array([2.0, np.inf]))
    assert moved is not None
    assert moved.tolist() == pytest.approx([2, 4])


def test_the_solver_says_nothing_and_stops_when_it_is_told(
    capfd: pytest.CaptureFixture[str],
) -> None:
    solver = solver_of(highspy.HighsLp(), 7.0)
    solver.run()
    assert solver.getOptionValue("time_limit")[1] == 7.0
    assert solver.getOptionValue("threads")[1] == 1
    for _ in range(2):
        Program(PAIR).best(UP)
        whole_table(PAIR, UP)
    assert capfd.readouterr().out == ""
    assert program.SECONDS >= 60
