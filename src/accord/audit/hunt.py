"""The search in one connected part: objectives, the tables they lead to, and what those show.

Every optimum of a linear program is a table that fits, and widens the known range of *all* hidden
numbers at once. So objectives push many of them in random directions first; those that are still
too narrow are moved from a known table, some at a time; and only the last get programs of their
own. A number is called safe on the strength of two tables
of whole numbers that differ there by enough, never on a solver's word.
"""

from __future__ import annotations

import numpy as np

from accord.audit.inside import innermost
from accord.audit.nearby import Nearby
from accord.audit.program import SECONDS, Floats, Part, Program
from accord.audit.targets import COUNT, MEAN, THOUSAND, Targets
from accord.audit.whole import beside, between, no_whole_table, repaired, rounded, whole_table
from accord.cells.places import Flags, Whole
from accord.cells.system import System

_WORTH = 50
"""An objective that makes fewer numbers safe than one in so many variables takes longer than moving
them from a known table."""
_MOST_STEPS = 8
"""Towards an extreme mean; each step solves exactly in the direction that the last one found."""
_SLACK = 1e-6
_AT_ONCE = 40
"""So many are moved by one program; few enough that they seldom get in each other's way."""
_SEED = 20260701
_FIRST = 100.0
_BOTH = (1.0, -1.0)
"""Up and down."""
_ELSEWHERE = -1


class Hunt:
    """The search in one part for its `targets`.

    After `run`, `safe`, `low` and `high` are as in `Bounds`, and `tables` has every table found,
    as numbers of the part's variables.
    """

    def __init__(self, system: System, part: Part, targets: Targets) -> None:
        self.part, self.targets = part, targets
        self.tables: list[Whole] = []
        self.safe: Flags = np.zeros(len(targets), dtype=bool)
        self.low: Floats = np.full(len(targets), np.inf)
        self.high: Floats = np.full(len(targets), -np.inf)
        self._low_at = np.zeros(len(targets), dtype=np.int64)
        self._high_at = np.zeros(len(targets), dtype=np.int64)
        self._low_pair = np.zeros((len(targets), 2), dtype=np.int64)
        self._high_pair = np.zeros((len(targets), 2), dtype=np.int64)
        at = np.full(len(system), _ELSEWHERE, dtype=np.int64)
        at[part.variables] = np.arange(len(part.variables))
        self._at = np.stack([at[targets.part], at[targets.whole]], axis=1)
        self._known = np.stack([system.low[targets.part], system.low[targets.whole]], axis=1)
        self._program = Program(part)
        self._chance = np.random.default_rng(_SEED)

    def run(self) -> None:
        """Search. Raises `Unsolvable` when no table fits, `RefusedError` when HiGHS gives up."""
        self._begin()
        self._push_many()
        self._move_some()
        for target in range(len(self.targets)):
            if not self.safe[target]:
                self._settle(target)

    def used(self) -> list[int]:
        """The tables that safe targets name, and the first; in order."""
        named = {0, *self._low_at[self.safe].tolist(), *self._high_at[self.safe].tolist()}
        return sorted(named)

    def numbered(self) -> tuple[Whole, Whole]:
        """Each target's two tables, counted among those that are used."""
        used = np.array(self.used())
        return np.searchsorted(used, self._low_at), np.searchsorted(used, self._high_at)

    def _begin(self) -> None:
        """A first table of whole numbers, in which means are about somebody.

        In a corner of all tables that fit, where that is whole; in their middle, where whole
        numbers have room on every side; or else near a corner.
        """
        nothing = np.zeros(len(self.part.variables))
        costs = nothing.copy()
        wholes = self._at[self.targets.kind == MEAN, 1]
        costs[wholes[wholes != _ELSEWHERE]] = 1.0
        corners = []
        for wanted in (costs, nothing):
            corners.append(self._program.best(wanted).numbers)
            if self._keep_rounded(corners[-1]):
                return
        middle, room = innermost(self.part)
        if room >= 1 and self._keep_beside(middle):
            return
        if any(self._keep_near(corner) or self._keep_beside(corner) for corner in corners):
            return
        self._keep_best(nothing)

    def _push_many(self) -> None:
        gained = worth = 1 + len(self.part.variables) // _WORTH
        while gained >= worth and not self.safe.all():
            before = int(self.safe.sum())
            unsafe = np.flatnonzero(~self.safe)
            direction = self._chance.choice(_BOTH, len(unsafe))
            costs = np.zeros(len(self.part.variables))
            for target, sign in zip(unsafe.tolist(), direction.tolist(), strict=True):
                self._add_costs(costs, target, sign)
            for sign in _BOTH:
                self._keep_near(self._program.best(sign * costs).numbers)
            gained = int(self.safe.sum()) - before

    def _move_some(self) -> None:
        """Move those that are left from the first table, up and then down, some at a time."""
        if self.safe.all():
            return
        nearby = Nearby(self.part, self.tables[0], SECONDS)
        for sign in _BOTH:
            unsafe = np.flatnonzero(~self.safe)
            stride = -(-len(unsafe) // _AT_ONCE)
            for first in range(stride):
                batch = unsafe[first::stride]
                batch = batch[~self.safe[batch]]
                if len(batch):
                    self._move(nearby, batch, sign)
        for target in np.flatnonzero(~self.safe).tolist():
            for sign in _BOTH:
                if not self.safe[target]:
                    self._move(nearby, np.array([target]), sign)

    def _move(self, nearby: Nearby, batch: Whole, sign: float) -> None:
        """Move some targets by their width from the first table; what comes of it is kept."""
        size = len(self.part.variables)
        costs, caps = np.zeros(size), np.full(size, np.inf)
        first = self._pair(self.tables[0])
        value = self._values(first)
        for target in batch.tolist():
            part, whole = self._at[target].tolist()
            wanted = float(self.targets.width[target])
            if self.targets.kind[target] == MEAN and part != _ELSEWHERE:
                students = int(first[target, 1])
                if students:  # as many as there are in the first table
                    costs[part] += sign
                    caps[part] = np.ceil(wanted * students / THOUSAND) + 1
                elif whole != _ELSEWHERE:  # one, with many points or with few
                    costs[whole], caps[whole] = 1.0, 1.0
                    costs[part] = max(sign, 0.0)
                continue
            self._add_costs(costs, target, sign)
            if whole == _ELSEWHERE:
                if sign > 0:
                    wanted = max(wanted, self.targets.reach[target] - value[target])
                caps[part] = wanted
        numbers = nearby.moved(costs, caps)
        if numbers is None:
            return
        if not self._keep_rounded(numbers):
            self._keep_between(numbers, costs)

    def _settle(self, target: int) -> None:
        """Find out about one target: safe after all, or the ends that a reader can prove."""
        if self.targets.kind[target] == MEAN:
            self._settle_mean(target)
            return
        solutions = [self._program.best(self._costs(target, sign)) for sign in _BOTH]
        most, least = (
            sign * solution.value + self._constant(target)
            for sign, solution in zip(_BOTH, solutions, strict=True)
        )
        high, low = np.floor(most + _SLACK), np.ceil(least - _SLACK)
        if high - low < self.targets.width[target]:
            self.low[target], self.high[target] = low, high
            return
        for solution in solutions:
            self._keep_near(solution.numbers)
        if not self.safe[target]:  # perhaps with fewer students
            self._keep_near(self._program.best(self._least_costs(target)).numbers)
        for sign, solution in zip(_BOTH, solutions, strict=True):
            if not self.safe[target]:
                self._keep_between(solution.numbers, self._costs(target, sign))
        if not self.safe[target]:  # only with fractions, perhaps: whole tables tell
            self._keep_best(self._costs(target, -1.0))
            self._keep_best(self._least_costs(target))

    def _settle_mean(self, target: int) -> None:
        if not np.isfinite(self.high[target]):  # nobody so far, whose mean it could be
            students = np.zeros(len(self.part.variables))
            students[self._at[target, 1]] = 1.0
            self._keep_best(students)
            if not np.isfinite(self.high[target]):
                return
        ends = []
        for sign, found in zip(_BOTH, (self.high, self.low), strict=True):
            best = float(found[target])
            for _ in range(_MOST_STEPS):
                costs = self._costs(target, sign, best)
                solution = self._program.best(costs)
                self._keep_near(solution.numbers)
                if not self.safe[target]:
                    self._keep_between(solution.numbers, costs)
                if self.safe[target]:
                    return
                part, whole = self._numbers(target, solution.numbers)
                if whole < _SLACK or sign * (part / whole - best) < _SLACK:
                    break
                best = part / whole
            ends.append(best)
        if (ends[0] - ends[1]) * THOUSAND < max(self.targets.width[target], 1) - _SLACK:
            self.high[target], self.low[target] = ends
            return
        for sign, found in zip(_BOTH, (self.high, self.low), strict=True):
            self._keep_best_means(target, sign, found)

    def _keep_best_means(self, target: int, sign: float, found: Floats) -> None:
        """Keep whole tables with means ever further than what was `found`, up to the furthest."""
        for _ in range(_MOST_STEPS):
            before = float(found[target])
            if not self.safe[target]:
                self._keep_best(self._costs(target, sign, before))
            if found[target] == before:
                return

    def _costs(self, target: int, sign: float, mean: float | None = None) -> Floats:
        costs = np.zeros(len(self.part.variables))
        self._add_costs(costs, target, sign, mean)
        return costs

    def _add_costs(
        self, costs: Floats, target: int, weight: float, mean: float | None = None
    ) -> None:
        """Push a target up by `weight`."""
        part, whole = self._at[target].tolist()
        if mean is None:
            points, students = self._pair(self.tables[0])[target].tolist()
            mean = points / max(students, 1)
        of_part, of_whole = self.targets.factors(target, mean)
        if part != _ELSEWHERE:
            costs[part] += weight * of_part
        if whole != _ELSEWHERE:
            costs[whole] += weight * of_whole

    def _least_costs(self, target: int) -> Floats:
        """Push a count or rest up first of all, and then its whole down."""
        costs = self._costs(target, _FIRST)
        whole = int(self._at[target, 1])
        if whole != _ELSEWHERE:
            costs[whole] -= 1.0
        return costs

    def _constant(self, target: int) -> float:
        """What the known one of a target's two numbers adds to it."""
        part, whole = np.where(self._at[target] == _ELSEWHERE, self._known[target], 0).tolist()
        return float(part if self.targets.kind[target] == COUNT else whole - part)

    def _numbers(self, target: int, numbers: Floats) -> tuple[float, float]:
        at, known = self._at[target], self._known[target]
        part, whole = np.where(at == _ELSEWHERE, known, numbers[np.maximum(at, 0)]).tolist()
        return part, whole

    def _keep_rounded(self, numbers: Floats) -> bool:
        """Keep the whole table that the solver meant; whether there was one."""
        return self._kept(rounded(self.part, numbers))

    def _keep_near(self, numbers: Floats) -> bool:
        """Keep that one, or one that has its whole numbers; whether there was one."""
        return self._keep_rounded(numbers) or self._kept(repaired(self.part, numbers))

    def _keep_beside(self, numbers: Floats) -> bool:
        """Keep a whole table that is like one with fractions; whether there was one."""
        return self._kept(beside(self.part, numbers, np.zeros(len(numbers))))

    def _keep_between(self, numbers: Floats, costs: Floats) -> None:
        """Keep a whole table on the way from the first one to one with fractions."""
        self._kept(between(self.part, self.tables[0], numbers, costs))

    def _keep_best(self, costs: Floats) -> None:
        """Keep the best table of whole numbers."""
        table = whole_table(self.part, costs)
        if table is None:
            raise no_whole_table()
        self._keep(table)

    def _kept(self, table: Whole | None) -> bool:
        if table is not None:
            self._keep(table)
        return table is not None

    def _keep(self, table: Whole) -> None:
        """Take in a table: wider ranges, and targets that it makes safe."""
        number = len(self.tables)
        self.tables.append(table)
        pair = self._pair(table)
        value = self._values(pair)
        open_ = ~self.safe
        fewer = (value == self.high) & (pair[:, 1] < self._high_pair[:, 1])
        lower = open_ & (value < self.low)
        higher = open_ & ((value > self.high) | fewer)
        for better, ends, at, pairs in (
            (lower, self.low, self._low_at, self._low_pair),
            (higher, self.high, self._high_at, self._high_pair),
        ):
            ends[better], at[better], pairs[better] = value[better], number, pair[better]
        moved = np.flatnonzero(lower | higher)
        met = self.targets.only(moved).met_by(self._low_pair[moved], self._high_pair[moved])
        self.safe[moved[met]] = True

    def _pair(self, table: Whole) -> Whole:
        """Each target's part and whole in a table."""
        here = table[np.maximum(self._at, 0)]
        pair: Whole = np.where(self._at == _ELSEWHERE, self._known, here)
        return pair

    def _values(self, pair: Whole) -> Floats:
        """Each target's number; a mean of nobody is none."""
        part, whole = pair[:, 0].astype(np.float64), pair[:, 1].astype(np.float64)
        mean = np.full(len(part), np.nan)
        np.divide(part, whole, out=mean, where=whole > 0)
        return np.select([self.targets.kind == COUNT, self.targets.kind == MEAN],
                         [part, mean], whole - part)  # fmt: skip
