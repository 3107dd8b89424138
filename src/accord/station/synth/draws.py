"""Named streams of random numbers, and the few draws that the district's parts share.

Each part draws from a stream of its own, named by what it decides: to change how absences are
drawn moves no test score. The same seed gives the same numbers on every run.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]
Dates = NDArray[np.datetime64]


def stream(seed: int, *names: object) -> np.random.Generator:
    """The random numbers of one subject, such as ``stream(7, "99100010000000", "absence")``."""
    words = [
        int.from_bytes(hashlib.sha256(str(name).encode()).digest()[:8], "big") for name in names
    ]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def choose(rng: np.random.Generator, weights: Floats, rows: Ints) -> Ints:
    """For each entry of `rows`, a column of `weights` drawn in proportion to that row's weights."""
    cumulative = np.cumsum(weights, axis=1)
    cumulative /= cumulative[:, -1:]
    width = weights.shape[1]
    # One search in a single rising line: row r's choices stand between r and r + 1.
    line = (cumulative + np.arange(len(weights))[:, None]).ravel()
    found = np.searchsorted(line, rng.random(len(rows)) + rows, side="right")
    return np.asarray(np.minimum(found - rows * width, width - 1))


def pick(rng: np.random.Generator, shares: dict[str, float], size: int) -> Ints:
    """Positions in `shares`, drawn in proportion to its values."""
    weights = np.array([list(shares.values())], dtype=float)
    return choose(rng, weights, np.zeros(size, dtype=np.int64))


def chance(logit: Floats) -> Floats:
    """The probability that has this log-odds."""
    return np.asarray(1 / (1 + np.exp(-logit)))


def level_for(mean: float, logit: Floats, weights: Floats | None = None) -> float:
    """What to add to every `logit` so that the (weighted) mean probability is `mean`."""
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        if np.average(chance(logit + middle), weights=weights) < mean:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def share_out(total: int, weights: Floats) -> Ints:
    """Whole numbers in proportion to `weights` that add up to `total`: largest remainders first."""
    exact = total * weights / weights.sum()
    whole: Ints = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole
