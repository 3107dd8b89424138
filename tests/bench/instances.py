"""Published instances of cell suppression, as tables: what other tools have been measured on.

From the R package SSBtools (MIT). A file holds inner cells; every subtotal is derived. The optimum,
or the best that is known, is that of the literature that comes with them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from accord.cells.frame import lines_of
from accord.cells.places import Flags
from accord.station.protect.plain import PlainTable

_TOTAL = "total"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Instance:
    """`levels` are each dimension's columns from the finest on; cells of 1 to `threshold` are
    primary. `most` and `most_cost` are what a good pattern may hide beside, in cells and counts."""

    name: str
    levels: tuple[tuple[str, ...], ...]
    count: str
    threshold: int
    most: int
    most_cost: int

    def rows(self, folder: Path) -> list[dict[str, str]]:
        with (folder / f"{self.name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def read(self, folder: Path) -> tuple[tuple[Key, ...], PlainTable, Flags]:
        """The cells' keys, the table and the primary cells."""
        keys, table = crossed(self.rows(folder), self.levels, self.count)
        return keys, table, (table.counts > 0) & (table.counts <= self.threshold)


INSTANCES = (
    Instance("d2", (("region", "county"), ("main_income",)), "freq", 10, 12, 233),
    Instance("z1", (("region",), ("hovedint",)), "ant", 3, 3, 29),
    Instance("z3", (("region", "fylke"), ("hovedint",), ("mnd", "mnd2")), "ant", 5, 110, 1300),
)


def crossed(
    rows: Sequence[dict[str, str]], levels: Sequence[Sequence[str]], count: str
) -> tuple[tuple[Key, ...], PlainTable]:
    """The table of all crossings of some dimensions, with every subtotal, from its inner cells.

    Each dimension is its columns from the finest level to the coarsest; above that is the total.
    """
    counts: defaultdict[Key, int] = defaultdict(int)
    above: list[dict[str, str]] = [{} for _ in levels]
    for row in rows:
        paths = [[*(f"{column} {row[column]}" for column in each), _TOTAL] for each in levels]
        for key in product(*paths):
            counts[key] += int(row[count])
        for parents, path in zip(above, paths, strict=True):
            parents.update(pairwise(path))
    keys = tuple(sorted(counts))
    at = {key: number for number, key in enumerate(keys)}
    terms = []
    for axis, parents in enumerate(above):
        parts = defaultdict(list)
        for child in sorted(parents):
            parts[parents[child]].append(child)
        for before, after in sorted({(key[:axis], key[axis + 1 :]) for key in keys}):
            for whole, children in sorted(parts.items()):
                members = [(whole, -1), *((child, 1) for child in children)]
                terms.append([(at[(*before, code, *after)], sign) for code, sign in members])
    return keys, PlainTable(np.array([counts[key] for key in keys]), lines_of(terms))
