"""Whole releases, protected and audited: both demo districts, and a tenth of a state.

    python tests/bench/bench_clearance.py demo     two districts, every indicator, five years
    python tests/bench/bench_clearance.py state    100 districts of 10 schools, 20 indicators

Each district is cleared in a process of its own, so that its memory can be told. Figures go to
build/bench/gate.json. `ACCORD_DEMO` names the folder of an `accord demo` that is there already.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from accord.charter.model import Audience, Charter
from accord.charter.sign import read_signed
from accord.station.clearing import Cleared, clear
from accord.station.engines.measure import current_measure
from accord.station.protect.protect import Gate
from accord.station.protect.raw import Measured
from accord.station.station import Station
from adversary.districts import students
from adversary.gate import catalogue, charter, definitions, measured_of
from bench.figures import Figure, write_figures
from bench.memory import taken_by

MINUTES, GIGABYTES = 10, 2
_EVERY = 0.5
"""Seconds between two looks at the memory."""
DISTRICTS, SCHOOLS, STUDENTS = 100, (7, 2, 1), 6_000
GROWTH = (1, 2, 4, 8, 40)
"""How many times the schools and students of such a district one has."""
_MORE = (
    "advanced-mathematics", "advanced-ela", "advanced-reading", "met-standard-reading",
    "reclassified-success", "test-participation-reading", "grade-3-reading",
    "severe-chronic-absenteeism",
)  # fmt: skip
"""Beside the twelve of the example charter: twenty."""
_BETWEEN_SUBJECTS = 50
"""Points by which a student's scores differ; were they the same, an audit would take the subjects'
sums for one."""


@dataclass(frozen=True)
class Cost:
    """What clearing took: seconds by the clock and of processor, and the most memory, in MB, of
    all its processes together."""

    seconds: float
    processor: float
    memory: float
    hidden: int
    cells: int
    also: int


def cost_of(work: Callable[[], Cleared]) -> Cost:
    """Run some work in a process of its own and tell what it took, its workers included."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)

    def run() -> None:
        began = time.monotonic()
        cleared = work()
        own, workers = (resource.getrusage(who) for who in (
            resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
        spent = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
        table = cleared.protected.table
        sending.send(Cost(time.monotonic() - began, spent, 0.0, cleared.audit.hidden,
                        len(table), len(cleared.also)))  # fmt: skip

    process = context.Process(target=run)
    process.start()
    sending.close()  # so that a process that fails is not waited for
    most = 0.0
    while not receiving.poll(_EVERY):
        most = max(most, taken_by(process.pid or 0))
    found: Cost = receiving.recv()
    process.join()
    return replace(found, memory=most)


def demo(folder: Path) -> list[Figure]:
    """Both demo districts, for both audiences, as first releases."""
    made = Path(os.environ.get("ACCORD_DEMO", folder / "demo"))
    if not made.exists():  # by a process of its own, which leaves nothing in this one's memory
        verb = [sys.executable, "-m", "accord.cli.app", "demo", str(made)]
        subprocess.run(verb, check=True)
    costs = []
    for place in sorted((made / "stations").iterdir()):
        station = Station.open(place)
        gate = Gate(
            Measured.of(current_measure(station), station.district),
            read_signed(station.charter_file).charter,
            catalogue(),
        )
        audiences: tuple[Audience, ...] = ("partners", "public")
        for audience in audiences:
            costs.append(cost_of(lambda gate=gate, audience=audience: clear(gate, audience, [])))
    minutes = sum(each.seconds for each in costs) / 60
    gigabytes = max(each.memory for each in costs) / 1024
    title = "whole demo release, both audiences"
    return [
        Figure(f"{title}: time", round(minutes, 2), "minutes", goal=f"{MINUTES} minutes",
               met=minutes <= MINUTES),
        Figure(f"{title}: memory", round(gigabytes, 2), "GB", goal=f"{GIGABYTES} GB",
               met=gigabytes <= GIGABYTES),
        Figure(f"{title}: hidden numbers attacked", sum(each.hidden for each in costs), "numbers"),
        Figure(f"{title}: cells", sum(each.cells for each in costs), "cells"),
        Figure(f"{title}: hidden for the audit's sake", sum(each.also for each in costs), "cells"),
    ]  # fmt: skip


def state(folder: Path) -> list[Figure]:
    """A hundred districts one after another, and how a district's cost grows with its schools."""
    agreed = _with_more(charter())
    costs = [_district(folder / f"{number}", number, 1, agreed) for number in range(DISTRICTS)]
    grown = {
        sum(SCHOOLS) * times: _district(folder / f"grown-{times}", 0, times, agreed)
        for times in GROWTH
    }
    title = f"{DISTRICTS} districts × {sum(SCHOOLS)} schools × {len(agreed.indicators)} indicators"
    found = [
        Figure(f"{title}: time", round(sum(c.seconds for c in costs) / 60, 2), "minutes"),
        Figure(f"{title}: processor", round(sum(c.processor for c in costs) / 60, 2), "minutes"),
        Figure(f"{title}: memory of one", round(max(c.memory for c in costs)), "MB"),
        Figure(f"{title}: hidden numbers attacked", sum(c.hidden for c in costs), "numbers"),
    ]
    least, first = next(iter(grown.items()))
    for schools, cost in grown.items():
        one, than = f"one district of {schools} schools", f"{least} schools"
        found += [
            Figure(f"{one}: processor", round(cost.processor, 2), "s", than,
                   round(cost.processor / first.processor, 1)),
            Figure(f"{one}: memory", round(cost.memory), "MB", than,
                   round(cost.memory / first.memory, 1)),
            Figure(f"{one}: hidden numbers attacked", cost.hidden, "numbers", than,
                   round(cost.hidden / first.hidden, 1)),
        ]  # fmt: skip
    return found


def _with_more(agreed: Charter) -> Charter:
    like = agreed.indicators[0]
    more = (like.model_copy(update={"definition": f"{each}@1.0"}) for each in _MORE)
    return agreed.model_copy(update={"indicators": (*agreed.indicators, *more)})


def _district(folder: Path, seed: int, times: int, agreed: Charter) -> Cost:
    elementary, middle, high = (times * each for each in SCHOOLS)
    people = students(seed, STUDENTS * times, (elementary, middle, high), moving=0.02)
    chance = np.random.default_rng(seed)
    scores = {
        subject: people.score + chance.normal(0, _BETWEEN_SUBJECTS, len(people)).astype(np.int64)
        for subject in ("ela", "reading")
    }
    made = measured_of(folder, replace(people, scores=scores), definitions(agreed=agreed))
    return cost_of(lambda: clear(Gate(made, agreed, catalogue()), "partners", []))


def main(what: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = {"demo": demo, "state": state}[what](Path(folder))
    write_figures("gate", figures)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo")
