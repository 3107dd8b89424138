"""Proofs that a reader can't tell: for each protected number, moves that lead far enough away.

A proof is a *move*, a table that fits what is published as well as the true one does. Moves are
kept as small as they come: a move whose variables fall apart into several sets, with no line
between them, is as many moves. So showing a cell again spoils only the proofs that go through it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np

from accord.cells.places import Whole
from accord.station.protect.moves import Move, Moves
from accord.station.protect.quantity import Amounts, Quantity

Loop: TypeAlias = dict[int, float]
"""A small move: the variables that move, and how far."""

_AT_ONCE = 30
"""So many numbers are moved by one program; few enough that they seldom get in each other's way."""


class Proofs:
    """The moves found so far, and how far down and up they take each variable."""

    def __init__(self, quantity: Quantity) -> None:
        self._quantity = quantity
        self._through: dict[int, dict[int, Loop]] = {}
        self._count = 0
        self._down, self._up = np.zeros(len(quantity.values)), np.zeros(len(quantity.values))
        self._given_up = np.zeros(len(quantity.values), dtype=bool)

    def open(self, variables: Whole) -> Whole:
        """Those of some variables that are not proved safe."""
        safe = self._quantity.holds(variables, self._down, self._up)
        return variables[~safe & ~self._given_up[variables]]

    def give_up(self, variable: int) -> None:
        """Ask for no proof of a variable any more."""
        self._given_up[variable] = True

    def prove(self, moves: Moves, variables: Whole) -> Whole:
        """Ask `moves` for proofs of some variables; return those that have none.

        Many are asked for at once; who is left then is asked for alone.
        """
        self._together(moves, variables)
        failed = [each for each in self.open(variables).tolist() if not self.alone(moves, each)]
        return np.array(failed, dtype=np.int64)

    def can_prove(self, moves: Moves, variables: Whole) -> bool:
        """Whether `moves` has proofs of all of some variables; stops at the first that has none."""
        self._together(moves, variables)
        return all(self.alone(moves, each) for each in self.open(variables).tolist())

    def alone(self, moves: Moves, variable: int) -> bool:
        """Ask `moves` for proofs of one variable, upwards and, if need be, downwards."""
        one = np.array([variable])
        for side in (1, -1):
            wanted = self._wanted(one)[side]
            if len(self.open(one)) and wanted[0]:
                self.add(self._loops(moves.towards(one, wanted)))
        return not len(self.open(one))

    def drop(self, variable: int) -> list[Loop]:
        """Forget the moves through a variable, and return them."""
        dropped = dict(self._through.get(variable, {}))
        for number, loop in dropped.items():
            for each in loop:
                del self._through[each][number]
        for each in {each for loop in dropped.values() for each in loop}:
            amounts = [0.0, *(loop[each] for loop in self._through[each].values())]
            self._down[each], self._up[each] = min(amounts), max(amounts)
        return list(dropped.values())

    def add(self, loops: Iterable[Loop]) -> None:
        """Take small moves in."""
        for loop in loops:
            self._count += 1
            for variable, amount in loop.items():
                self._through.setdefault(variable, {})[self._count] = loop
                self._down[variable] = min(self._down[variable], amount)
                self._up[variable] = max(self._up[variable], amount)

    def through(self, variable: int) -> list[Loop]:
        """The small moves that a variable takes part in."""
        return list(self._through.get(variable, {}).values())

    def _together(self, moves: Moves, variables: Whole) -> None:
        left = self.open(variables)
        stride = -(-len(left) // _AT_ONCE)
        for first in range(stride if len(left) > 1 else 0):
            batch = self.open(left[first::stride])
            if len(batch):
                self.add(self._loops(moves.towards(batch, self._easier(batch))))

    def _easier(self, variables: Whole) -> Amounts:
        """How far to move each variable, to the side where it has more room."""
        wanted = self._wanted(variables)
        below, above = (side[variables] for side in self._quantity.room)
        falls = (wanted[1] == 0) | ((-below > above) & (wanted[-1] < 0))
        chosen: Amounts = np.where(falls, wanted[-1], wanted[1])
        return chosen

    def _wanted(self, variables: Whole) -> dict[int, Amounts]:
        """How far each variable must move for its interval, up (1) or else down (-1).

        As far as it can where it can't so far, and zero where it can't at all.
        """
        far = self._quantity.far(variables, self._down, self._up)
        below, above = (side[variables] for side in self._quantity.room)
        return {1: np.clip(far[0], 0, above), -1: -np.clip(far[1], 0, -below)}

    def _loops(self, move: Move) -> list[Loop]:
        """The parts of a move that no line ties together, each a move by itself."""
        leader: dict[int, int] = {}

        def lead(node: int) -> int:
            while leader.setdefault(node, node) != node:
                leader[node] = leader[leader[node]]
                node = leader[node]
            return node

        variables = move.variables.tolist()
        for variable in variables:
            for line in self._quantity.lines_of[variable]:
                leader[lead(variable)] = lead(-1 - line)
        loops: dict[int, Loop] = {}
        for variable, amount in zip(variables, move.amounts.tolist(), strict=True):
            loops.setdefault(lead(variable), {})[variable] = amount
        return list(loops.values())
