"""Closing, line by line, what a single line gives away."""

from __future__ import annotations

import numpy as np
import pytest

from accord.cells.places import Whole
from accord.station.protect.closing import close_lines, tells_by_itself
from accord.station.protect.moves import Move, Moves
from accord.station.protect.proofs import Proofs
from accord.station.protect.quantity import Amounts, Least, Quantity
from unit.protect.small_quantity import quantity

SUM = [(0, -1), (1, 1), (2, 1), (3, 1)]
"""Number 0 is the sum of the three others."""


def hidden_after(some: Quantity, *hidden: int) -> list[int]:
    """What is hidden once the lines are closed."""
    flags = np.isin(np.arange(len(some.values)), hidden)
    close_lines(some, flags)
    return np.flatnonzero(flags).tolist()


def test_a_lone_hidden_number_takes_the_cheapest_beside_it() -> None:
    some = quantity([19, 2, 8, 9], SUM, width=[0, 3, 0, 0], cost=[9, 1, 5, 4])
    assert hidden_after(some, 1) == [1, 3]
    assert hidden_after(some, 1, 2) == [1, 2]
    assert hidden_after(some) == []


def test_of_two_that_cost_the_same_the_first_is_hidden() -> None:
    assert hidden_after(quantity([19, 2, 8, 9], SUM, width=[0, 3, 0, 0]), 1) == [0, 1]


def test_a_number_that_would_stand_alone_elsewhere_is_dearer() -> None:
    """2 is cheaper by itself, but alone in another line; then that line needs one more."""
    lines = (SUM, [(2, 1), (4, -1)])
    some = quantity([19, 2, 8, 9, 8], *lines, width=[0, 3, 0, 0, 0], cost=[9, 1, 3, 4, 9])
    assert hidden_after(some, 1) == [1, 3]


@pytest.mark.parametrize(("off", "beside"), [(1, True), (2, True), (3, False)])
def test_a_line_that_is_off_by_the_width_tells_nothing(off: int, beside: bool) -> None:
    some = quantity([19, 2, 8, 9], SUM, width=[0, 3, 0, 0], ends=(0, off), blur=9)
    assert (len(hidden_after(some, 1)) > 1) is beside


def least(values: list[int], number: int) -> tuple[Least, ...]:
    return (Least(np.array(values), number),)


@pytest.mark.parametrize(("smallest", "told"), [(10, False), (11, True)])
def test_hidden_parts_are_together_a_group(smallest: int, told: bool) -> None:
    """2 and 8 of a shown 19: together ten."""
    some = quantity([19, 2, 8, 9], SUM, groups=least([19, 2, 8, 9], smallest))
    flags = np.array([False, True, True, False])
    assert tells_by_itself(some, flags, [0]) is told


def test_parts_of_a_hidden_whole_are_no_group_and_blur_hides_them() -> None:
    groups = least([19, 2, 8, 9], 99)
    some = quantity([19, 2, 8, 9], SUM, groups=groups)
    assert not tells_by_itself(some, np.array([True, True, True, False]), [0])
    blurred = quantity([19, 2, 8, 9], SUM, groups=groups, ends=(0, 1), blur=1)
    assert not tells_by_itself(blurred, np.array([False, True, True, False]), [0])
    nobody = quantity([9, 0, 0, 9], SUM, groups=groups, most=[20, 0, 0, 20])
    assert not tells_by_itself(nobody, np.array([False, True, True, False]), [0])


def test_only_the_lines_that_are_asked_for_tell() -> None:
    some = quantity([19, 2, 8, 9, 2], [(1, 1), (4, -1)], SUM, width=[0, 3, 0, 0, 0])
    flags = np.arange(5) == 1
    assert tells_by_itself(some, flags, [0])
    assert tells_by_itself(some, flags, [1])
    both = np.isin(np.arange(5), [1, 4])
    assert not tells_by_itself(some, both, [0])
    assert tells_by_itself(some, both, [1])


def mover(some: Quantity, *movable: int) -> Moves:
    return Moves(some, np.isin(np.arange(len(some.values)), movable), some.cost)


def moved(move: Move) -> dict[int, float]:
    return dict(zip(move.variables.tolist(), move.amounts.tolist(), strict=True))


def test_a_move_goes_through_the_cheapest_numbers() -> None:
    """Number 1 goes up by 3, so 3 goes down by 3; dearer ones stay."""
    some = quantity([19, 2, 8, 9], SUM, width=[0, 3, 0, 0], cost=[9, 1, 5, 4])
    moves = mover(some, 0, 1, 2, 3)
    up = np.array([3.0])
    assert moved(moves.towards(np.array([1]), up)) == {1: 3, 3: -3}
    assert moved(moves.towards(np.array([1]), -up)) == {1: -2, 3: 2}  # below nothing is nobody
    moves.fix(3)
    assert moved(moves.towards(np.array([1]), up)) == {1: 3, 2: -3}
    moves.free(3)
    moves.reprice(np.array([3]), np.array([7.0]))
    assert moved(moves.towards(np.array([1]), up)) == {1: 3, 2: -3}


def test_numbers_that_stay_shown_do_not_move() -> None:
    some = quantity([19, 2, 8, 9], SUM, width=[0, 3, 0, 0])
    assert moved(mover(some, 1).towards(np.array([1]), np.array([3.0]))) == {}
    off = quantity([19, 2, 8, 9], SUM, width=[0, 3, 0, 0], ends=(-1, 2))
    assert moved(mover(off, 1).towards(np.array([1]), np.array([3.0]))) == {1: 2}


def test_a_proof_holds_until_one_of_its_numbers_is_shown() -> None:
    """1 moves with 2 by three; once 2 is shown, the proof is gone for both."""
    some = quantity([19, 2, 8, 9], SUM, width=[0, 3, 3, 0])
    proofs, both = Proofs(some), np.array([1, 2])
    assert proofs.open(both).tolist() == [1, 2]
    assert proofs.prove(mover(some, 1, 2), both).tolist() == []
    assert proofs.open(both).tolist() == []
    dropped = proofs.drop(2)
    assert all(set(loop) == {1, 2} for loop in dropped)
    assert proofs.through(1) == []
    assert proofs.open(both).tolist() == [1, 2]
    proofs.add(dropped)
    assert proofs.open(both).tolist() == []
    assert len(proofs.through(1)) == len(dropped)


def test_what_has_no_proof_is_said() -> None:
    some = quantity([19, 2, 8, 9], SUM, width=[0, 3, 0, 0])
    proofs, one = Proofs(some), np.array([1])
    alone = mover(some, 1)
    assert proofs.prove(alone, one).tolist() == [1]
    assert not proofs.can_prove(alone, one)
    proofs.give_up(1)
    assert proofs.open(one).tolist() == []


def test_moves_that_no_line_ties_together_are_proofs_apart() -> None:
    """1 with 2 and 4 with 5: showing 5 again spoils only the second."""
    lines = [(0, -1), (1, 1), (2, 1)], [(3, -1), (4, 1), (5, 1)]
    some = quantity([10, 2, 8, 10, 2, 8], *lines, width=[0, 3, 0, 0, 3, 0])
    proofs = Proofs(some)
    assert proofs.can_prove(mover(some, 1, 2, 4, 5), np.array([1, 4]))
    proofs.drop(5)
    assert proofs.open(np.array([1, 4])).tolist() == [4]


class Counted(Moves):
    """Moves that say how often they were asked."""

    asked = 0

    def towards(self, variables: Whole, wanted: Amounts) -> Move:
        self.asked += 1
        return super().towards(variables, wanted)


@pytest.mark.parametrize(
    ("first", "most", "second"),
    [(20, 20, 2), (0, 20, 9), (15, 20, 0), (4, 20, 19)],
    ids=["all are counted", "nobody is", "more room below", "more room above"],
)
def test_several_numbers_are_moved_at_once_to_the_side_where_they_have_room(
    first: int, most: int, second: int
) -> None:
    """Two lines alike, each with a protected number and one that can only go the other way."""
    lines = [(0, -1), (1, 1), (2, 1)], [(3, -1), (4, 1), (5, 1)]
    whole = first + second
    some = quantity(
        [whole, first, second] * 2, *lines, width=[0, 3, 0] * 2, most=[40, most, 20] * 2
    )
    moves = Counted(some, np.isin(np.arange(6), [1, 2, 4, 5]), some.cost)
    assert Proofs(some).prove(moves, np.array([1, 4])).tolist() == []
    assert moves.asked == 1


def test_a_number_with_little_room_on_either_side_is_moved_both_ways() -> None:
    """Of 4 at most 2 are counted: two down and two up are four wide."""
    line = [(0, -1), (1, 1), (2, 1)]
    some = quantity([10, 2, 8], line, width=[0, 4, 0], most=[20, 4, 20])
    proofs = Proofs(some)
    assert proofs.alone(mover(some, 1, 2), 1)
    assert sorted(loop[1] for loop in proofs.through(1)) == [-2, 2]
    wider = quantity([10, 2, 8], line, width=[0, 5, 0], most=[20, 4, 20])
    assert not Proofs(wider).alone(mover(wider, 1, 2), 1)


def test_a_number_takes_part_in_the_proofs_of_others() -> None:
    """1 is protected by moves through 2 and 3; when 2 is shown those through 3 are kept."""
    some = quantity([19, 2, 8, 9], SUM, width=[0, 3, 0, 0])
    proofs = Proofs(some)
    proofs.add([{1: 3.0, 2: -3.0}, {1: 3.0, 3: -3.0}, {1: -1.0, 3: 1.0}])
    assert [len(proofs.through(each)) for each in range(4)] == [0, 3, 1, 2]
    assert proofs.drop(2) == [{1: 3.0, 2: -3.0}]
    assert [len(proofs.through(each)) for each in range(4)] == [0, 2, 0, 2]
    assert not len(proofs.open(np.array([1])))
    proofs.drop(3)
    assert proofs.open(np.array([1])).tolist() == [1]
