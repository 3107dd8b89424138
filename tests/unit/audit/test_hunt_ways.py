"""Each way of searching is enough by itself: with the quicker ones switched off, the same is found.

The systems are so small that every table can be written down, and the verdict read off.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from accord.audit.bounds import Bounds, bounds_of
from accord.audit.hunt import Hunt
from accord.audit.propagate import narrowed
from accord.audit.targets import COUNT, MEAN, REST, Targets
from accord.cells.places import Whole
from accord.cells.system import System
from unit.audit.test_propagate import system
from unit.audit.test_targets import targets

SEEDS = 48
FACTORS = (1, 1, 1, -1, 2, 3)
WAYS = {
    "all of them": (),
    "no objective for many": ("_push_many",),
    "no move from the first table": ("_move_some",),
    "a program for each number": ("_push_many", "_move_some"),
    "whole tables alone": ("_push_many", "_move_some", "_keep_near", "_keep_between"),
}


@pytest.fixture(params=WAYS, ids=list(WAYS))
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Some ways of searching switched off."""
    for each in WAYS[request.param]:
        monkeypatch.setattr(Hunt, each, lambda *_: False)
    return str(request.param)


def chance_system(seed: int) -> tuple[System, Targets]:
    """Four numbers of a few students in two lines, some with factors; and what must stay hidden."""
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, 5, 4)
    spread = chance.integers(0, 4, (2, 4))
    ends = list(zip(np.maximum(0, truth - spread[0]).tolist(), (truth + spread[1]).tolist(),
                    strict=True))  # fmt: skip
    lines = []
    for _ in range(2):
        members = np.sort(chance.choice(4, int(chance.integers(2, 4)), replace=False))
        factors = chance.choice(FACTORS, len(members))
        total, off = int((truth[members] * factors).sum()), chance.integers(0, 2, 2)
        line = list(zip(members.tolist(), factors.tolist(), strict=True))
        lines.append((line, (total - int(off[0]), total + int(off[1]))))
    asked = [
        (kind, part, whole, 0, int(chance.integers(1, 5)), int(chance.integers(0, 4)))
        for kind, part, whole in ((COUNT, 0, 3), (REST, 0, 3), (COUNT, 1, 2), (REST, 2, 1))
    ]
    return narrowed(system(ends, *lines)), targets(*asked)


def every_table(some: System) -> Whole:
    """All whole tables that fit, a row each."""
    sizes = some.high - some.low + 1
    tried = some.low + np.indices(sizes).reshape(len(sizes), -1).T
    factors = np.zeros((len(some.lines), len(sizes)), dtype=np.int64)
    factors[some.lines.line, some.lines.member] = some.lines.sign
    sums = tried @ factors.T
    return tried[((sums >= some.least) & (sums <= some.most)).all(axis=1)]


def check_against_every_table(some: System, hidden: Targets, found: Bounds) -> None:
    tables = every_table(some)
    assert {tuple(each) for each in found.tables.tolist()} <= set(map(tuple, tables.tolist()))
    for target in range(len(hidden)):
        one = hidden.only(np.array([target]))
        numbers = np.array([one.values(table)[0] for table in tables])
        wholes = tables[:, one.whole[0]]
        lowest, highest = int(numbers.min()), int(numbers.max())
        fewest = int(wholes[numbers == highest].min())
        wide = highest - lowest >= one.width[0]
        reached = highest >= min(int(one.reach[0]), max(fewest, 1))
        assert found.safe[target] == (wide and reached)
        low, high = found.low[target], found.high[target]
        if not found.safe[target]:
            assert low <= lowest <= highest <= high
            assert high - low < one.width[0] or (low, high) == (lowest, highest)


def test_the_verdict_is_that_of_every_table(way: str) -> None:
    seen = []
    for seed in range(SEEDS):
        some, hidden = chance_system(seed)
        found = bounds_of(some, hidden)
        check_against_every_table(some, hidden, found)
        seen += found.safe.tolist()
    assert 0.2 < sum(seen) / len(seen) < 0.8, way


def mean_system(seed: int) -> tuple[System, Targets]:
    """Points of two groups, with up to five students who have one to four points each."""
    chance = np.random.default_rng(seed)
    students = chance.integers(1, 4, 2)
    points = np.array([int(chance.integers(1, 5, each).sum()) for each in students])
    ranges = [(0, 12), (0, 12), (0, 4), (0, 4)]
    total, size = int(points.sum()), int(students.sum())
    off = int(chance.integers(0, 2))
    lines = [
        ([(0, 1), (1, 1)], (total, total + off)),
        ([(2, 1), (3, 1)], (size - off, size)),
        *(([(at, 1), (2 + at, -1)], (0, 99)) for at in range(2)),
        *(([(at, 1), (2 + at, -4)], (-99, 0)) for at in range(2)),
    ]
    widths = chance.choice([0, 1_000, 2_000, 2_500, 3_000, 3_500], 2).tolist()
    asked = [(MEAN, at, 2 + at, 0, widths[at], 0) for at in range(2)]
    return narrowed(system(ranges, *lines)), targets(*asked)


def check_means_against_every_table(some: System, hidden: Targets, found: Bounds) -> None:
    tables = every_table(some)
    assert {tuple(each) for each in found.tables.tolist()} <= set(map(tuple, tables.tolist()))
    for target, width in enumerate(hidden.width.tolist()):
        part, whole = tables[:, hidden.part[target]], tables[:, hidden.whole[target]]
        means = sorted({Fraction(int(p), int(w)) for p, w in zip(part, whole, strict=True) if w})
        apart = 1000 * (means[-1] - means[0])
        assert found.safe[target] == (apart > 0 and apart >= width)
        low, high = found.low[target], found.high[target]
        if not found.safe[target]:
            assert low - 1e-6 <= means[0] <= means[-1] <= high + 1e-6
            is_end = (low, high) == pytest.approx((float(means[0]), float(means[-1])))
            assert is_end or 1000 * (high - low) < width


def test_a_mean_is_safe_if_two_of_all_tables_say_so(way: str) -> None:
    seen = []
    for seed in range(SEEDS // 2):
        some, hidden = mean_system(seed)
        found = bounds_of(some, hidden)
        check_means_against_every_table(some, hidden, found)
        seen += found.safe.tolist()
    assert 0.2 < sum(seen) / len(seen) < 0.9, way
