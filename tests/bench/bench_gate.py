"""What the gate hides, how long it takes and what a reader can still tell: build/bench/gate.json.

Run by ``make bench-gate``. The contender, LP flow, runs beside it on the same tables.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

from accord.cells.places import Flags
from accord.station.protect.hiding import hide
from accord.station.protect.plain import suppress
from accord.station.protect.quantity import Quantity

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.bounds import told
from bench.figures import Figure, write_figures
from bench.gate_tables import district
from bench.instances import INSTANCES
from bench.lp_flow import lp_flow
from bench.tau_argus import TauArgus

SEEDS = range(5)
SCHOOLS = 80
GROWTH = (10, 50, 110, 400)
DATA = Path(os.environ.get("ACCORD_SUPPRESSION_DATA", "../shared/data/suppression"))


def main() -> None:
    figures = [*_shape(), *_instances(), *_growth()]
    write_figures("gate", figures)


def _shape() -> list[Figure]:
    """One district of 80 schools and 15 groups, five times: what is told, hidden, and how fast."""
    totals: dict[str, float] = {}
    for seed in SEEDS:
        quantity = district(SCHOOLS, seed)
        started = time.process_time()
        ours = hide(quantity)
        gate = time.process_time()
        theirs = lp_flow(quantity)
        flow = time.process_time()
        found = told(quantity, ours)
        for name, value in (
            ("gate s", gate - started), ("flow s", flow - gate),
            ("exact", found.exact), ("pinned", found.pinned), ("narrow", found.narrow),
            ("targets", quantity.targets.sum()),
            ("gate", _beside(quantity, ours)), ("flow", _beside(quantity, theirs)),
            ("district", _in_sight(quantity, ours, school=False) / len(SEEDS)),
            ("school", _in_sight(quantity, ours, school=True) / len(SEEDS)),
        ):  # fmt: skip
            totals[name] = totals.get(name, 0) + float(value)
    beside = f"LP flow: {totals['flow']:.0f}"
    title = f"{SCHOOLS} schools × 15 groups, {len(SEEDS)} seeds"
    hidden, seconds = totals["gate"] / totals["flow"], totals["gate s"] / totals["flow s"]
    return [
        *(
            Figure(f"{title}: {what}", totals[key], "numbers", f"of {totals['targets']:.0f}",
                   goal="0", met=totals[key] == 0)
            for key, what in (("exact", "told exactly"), ("pinned", "pinned by bounds"),
                              ("narrow", "too narrow"))
        ),
        Figure(f"{title}: hidden beside", totals["gate"], "cells", beside, hidden,
               "no more than LP flow", hidden <= 1),
        Figure(f"{title}: time", totals["gate s"], "s", f"LP flow: {totals['flow s']:.1f} s",
               seconds, "a third of LP flow", seconds <= 1 / 3),
        Figure(f"{title}: students in sight, districts", totals["district"], "%"),
        Figure(f"{title}: students in sight, schools", totals["school"], "%"),
    ]  # fmt: skip


def _instances() -> list[Figure]:
    """Published instances, which others have been measured on."""
    found = []
    for instance in INSTANCES:
        if not (DATA / f"{instance.name}.csv").exists():
            continue
        keys, table, primary = instance.read(DATA)
        started = time.process_time()
        beside = suppress(table, primary) & ~primary
        seconds = time.process_time() - started
        cells, cost = int(beside.sum()), int(table.counts[beside].sum())
        oracle = TauArgus(instance, instance.rows(DATA))
        other = oracle.pattern
        unsafe = oracle.unsafe(keys[cell] for cell in beside.nonzero()[0])
        found += [
            Figure(f"{instance.name}: hidden beside, and by τ-Argus", cells, "cells",
                   f"τ-Argus: {other.beside}", cells / other.beside, "no more",
                   cells <= other.beside),
            Figure(f"{instance.name}: cost, and τ-Argus's", cost, "counts",
                   f"τ-Argus: {other.cost}", cost / other.cost, "no more", cost <= other.cost),
            Figure(f"{instance.name}: unsafe by τ-Argus's audit", unsafe, "cells", goal="0",
                   met=not unsafe),
        ]  # fmt: skip
        found += [
            Figure(f"{instance.name}: hidden beside", cells, "cells",
                   goal=f"{instance.most} or fewer", met=cells <= instance.most),
            Figure(f"{instance.name}: cost", cost, "counts",
                   goal=f"{instance.most_cost:,} or less", met=cost <= instance.most_cost),
            Figure(f"{instance.name}: time", seconds, "s", goal="5 s", met=seconds < 5),
        ]  # fmt: skip
    return found


def _growth() -> list[Figure]:
    found = []
    for schools in GROWTH:
        quantity = district(schools, 0)
        started = time.process_time()
        hidden = hide(quantity)
        seconds = time.process_time() - started
        found += [
            Figure(f"{schools} schools: time", seconds, "s"),
            Figure(f"{schools} schools: hidden beside", _beside(quantity, hidden), "cells"),
        ]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*found, Figure("400 schools: memory", most, "MB", goal="2 GB", met=most < 2048)]


def _beside(quantity: Quantity, hidden: Flags) -> int:
    return int((hidden & ~quantity.primary).sum())


def _in_sight(quantity: Quantity, hidden: Flags, *, school: bool) -> float:
    """The share of students in cells that are shown, in percent; once in each of their groups."""
    students = quantity.system.high
    here = quantity.open & ((quantity.cost >= 1e6) != school)
    return 100 * float(students[here & ~hidden].sum() / students[here].sum())


if __name__ == "__main__":
    main()
