"""One solver that is asked many times: each answer depends on the question alone."""

from __future__ import annotations

import highspy
import numpy as np
import pytest

from accord.base.errors import RefusedError
from accord.station.protect import moves as module
from accord.station.protect.moves import Moves
from accord.station.protect.quantity import Quantity
from unit.protect.small_quantity import quantity
from unit.protect.test_closing import SUM, moved

UP, DOWN = np.array([3.0]), np.array([-3.0])


def some(cost: list[float] | None = None) -> Quantity:
    """5 + 8 + 9 are 22; each is 20 at most, and the sum 40."""
    return quantity([22, 5, 8, 9], SUM, most=[40, 20, 20, 20], cost=cost or [9, 1, 5, 4])


def every(asked: Quantity) -> Moves:
    return Moves(asked, np.ones(len(asked.values), dtype=bool), asked.cost)


def one(number: int) -> np.ndarray:  # type: ignore[type-arg]
    return np.array([number])


def test_a_number_that_was_asked_for_is_no_dearer_and_no_cheaper_afterwards() -> None:
    """After 1 moved up or down, 2 still takes the cheapest with it, as if it were asked first."""
    first = moved(every(some()).towards(one(2), UP))
    assert first == {1: -3, 2: 3}
    for wanted in (UP, DOWN):
        asked = every(some())
        asked.towards(one(1), wanted)
        assert moved(asked.towards(one(2), UP)) == first
        assert moved(asked.towards(one(2), DOWN)) == {1: 3, 2: -3}


def test_a_number_moves_again_as_far_as_it_can_after_it_was_asked_to_move_a_little() -> None:
    asked = every(some())
    assert moved(asked.towards(one(1), np.array([1.0]))) == {1: 1, 3: -1}
    assert moved(asked.towards(one(3), np.array([9.0]))) == {1: -5, 2: -4, 3: 9}
    assert moved(asked.towards(one(1), np.array([15.0]))) == {1: 15, 2: -6, 3: -9}


def test_what_is_fixed_moves_neither_up_nor_down_and_what_is_freed_both() -> None:
    asked = every(some())
    asked.fix(3)
    assert moved(asked.towards(one(1), UP)) == {1: 3, 2: -3}
    assert moved(asked.towards(one(1), DOWN)) == {1: -3, 2: 3}
    asked.free(3)
    assert moved(asked.towards(one(1), UP)) == {1: 3, 3: -3}
    assert moved(asked.towards(one(1), DOWN)) == {1: -3, 3: 3}


def test_another_price_holds_in_both_directions_and_stays() -> None:
    asked = every(some())
    asked.reprice(np.array([3, 0]), np.array([7.0, 8.0]))
    for _ in range(2):
        assert moved(asked.towards(one(1), UP)) == {1: 3, 2: -3}
        assert moved(asked.towards(one(1), DOWN)) == {1: -3, 2: 3}
    assert moved(asked.towards(one(3), UP)) == {1: -3, 3: 3}
    assert moved(asked.towards(one(1), UP)) == {1: 3, 2: -3}


def test_several_are_asked_for_at_once_each_its_own_way() -> None:
    asked = every(some())
    found = asked.towards(np.array([1, 2]), np.array([3.0, -2.0]))
    assert moved(found) == {1: 3, 2: -2, 3: -1}


def test_a_whole_goes_where_its_parts_go() -> None:
    """With the two others fixed only the sum is left, which is 22 of 40."""
    asked = every(some())
    asked.fix(2)
    asked.fix(3)
    assert moved(asked.towards(one(1), UP)) == {0: 3, 1: 3}
    assert moved(asked.towards(one(0), np.array([30.0]))) == {0: 15, 1: 15}


def test_the_solver_is_asked_in_two_ways_from_the_beginning_and_then_given_up(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    asked, found = every(some()), []
    clear = highspy.Highs.clearSolver

    def anew(solver: highspy.Highs) -> object:
        found.append("anew")
        return clear(solver)

    def late(solver: highspy.Highs) -> highspy.HighsModelStatus:
        left = solver.getOptionValue("time_limit")[1] - solver.getRunTime()
        found.append((solver.getOptionValue("simplex_strategy")[1], left > module.SECONDS / 2))
        return highspy.HighsModelStatus.kTimeLimit

    monkeypatch.setattr(highspy.Highs, "clearSolver", anew)
    monkeypatch.setattr(highspy.Highs, "getModelStatus", late)
    with pytest.raises(RefusedError, match="nothing may leave"):
        asked.towards(one(1), UP)
    assert found == ["anew", (1, True), "anew", (4, True)]
    assert capfd.readouterr().out == ""
