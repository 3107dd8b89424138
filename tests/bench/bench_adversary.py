"""The attacker set on what the gate lets out: random districts, linked tables, several years.

    python tests/bench/bench_adversary.py 20      so many table sets (2,000 on demand)

Counts what is recovered exactly, what is bounded too narrowly, and what is shown to be extreme.
Figures go to build/bench/adversary.json.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from figures import Figure, write_figures

sys.path.insert(0, str(Path(__file__).parents[1]))

from accord.audit.attacks import Audit, Kind, audit
from accord.audit.sources import source_of_table
from accord.cells.cell import Cell, State
from accord.cells.table import CellTable
from accord.station.protect.protect import protect_release
from adversary.gate import catalogue, charter, measured, narrowed, relations

IDS = (
    "met-standard-mathematics",
    "advanced-mathematics",
    "test-participation-mathematics",
    "suspension-rate",
)
YEARS = ("2021-22", "2022-23", "2023-24")
MOVING = (0.0, 0.03, 0.2)


def table_set(seed: int, folder: Path) -> CellTable:
    """Partner cells of a made-up district over some years, as the gate lets them out."""
    chance = np.random.default_rng(seed)
    cells: list[Cell] = []
    for year in YEARS[: int(chance.integers(1, len(YEARS) + 1))]:
        number = int(chance.integers(1 << 30))
        protected = protect_release(
            measured(
                folder / f"{seed}-{year}",
                number,
                size=int(chance.choice([300, 800, 1500])),
                schools=(int(chance.integers(1, 4)), 1, 1),
                moving=MOVING[seed % 3],
                ids=IDS,
            ),
            charter=narrowed(charter(school_grades=seed % 2 == 1), *IDS),
            catalogue=catalogue(),
            audience="partners",
        )
        cells += [replace(one, period=year) for one in protected.table]
    return CellTable.of(cells)


def attacked(table: CellTable) -> Audit:
    """An audit of a table under the example charter's rules."""
    return audit(
        [source_of_table(table, "set", charter().disclosure)],
        relations=relations(),
        most_formulas=0,
    )


def caught(table: CellTable, truth: dict[tuple[str, ...], Cell]) -> Iterator[bool]:
    """For each hidden cell of a pattern, whether publishing it alone is caught.

    `truth` has every cell unprotected, by period, definition, school, grade and group. In a
    pattern without superfluous cells each one is caught.
    """
    before = {(a.indicator, a.period, a.place, a.what) for a in attacked(table).attacks}
    for hidden in table.where(state=State.SUPPRESSED):
        key = (hidden.period, hidden.definition, hidden.school, hidden.grade, hidden.group)
        if key in truth:
            cells = [truth[key] if one == hidden else one for one in table]
            found = attacked(CellTable.of(cells)).attacks
            yield bool({(a.indicator, a.period, a.place, a.what) for a in found} - before)


def main(sets: int) -> None:
    """Attack so many table sets and write the figures."""
    kinds: Counter[Kind] = Counter()
    hidden, exposed_sets, began = 0, 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(sets):
            found = attacked(table_set(seed, Path(folder)))
            hidden += found.hidden
            exposed_sets += not found.is_safe
            kinds.update(attack.kind for attack in found.attacks)
    goal = "0"
    write_figures(
        "adversary",
        [
            Figure("table sets attacked", sets, "sets", goal="2,000", met=sets >= 2000),
            Figure("hidden numbers attacked", hidden, "numbers"),
            *(
                Figure(f"hidden numbers exposed: {kind}", kinds[kind], "numbers", goal=goal,
                       met=not kinds[kind])
                for kind in Kind
            ),
            Figure("table sets with an attack", exposed_sets, "sets", goal=goal,
                   met=not exposed_sets),
            Figure("time of the attacks, gate included", round(time.monotonic() - began, 1), "s"),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
