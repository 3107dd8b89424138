"""The long runs that CI takes a sample of: their size, their time and whether they passed.

    python tests/bench/on_demand.py cases     20,000 generated cases on both engines
    python tests/bench/on_demand.py kills     200 kill -9 at random points
    python tests/bench/on_demand.py fuzz      10,000 spoiled inputs of each kind
    python tests/bench/on_demand.py corrupted 10,000 corrupted files in the formats districts have
    python tests/bench/on_demand.py refusals  10,000 altered, replayed, downgraded or wrongly signed

Each is the test that CI runs, told by an environment variable to go further.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from figures import Figure, write_figures

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Run:
    """A long run: what is counted, how many by how many, and which tests do it."""

    figure: str
    variable: str
    size: int
    unit: str
    goal: str
    tests: tuple[str, ...]
    report: str = "engine"
    """The file of figures in build/bench that the run is written to."""


RUNS = {
    "cases": Run(
        "engines agree on generated cases",
        "ACCORD_CASES",
        20_000,
        "cases",
        "20,000 cases, 0 disagreements",
        ("tests/generative/test_agreement.py",),
    ),
    "kills": Run(
        "kill -9 of import, measure, release, approve, receive and ledger entries",
        "ACCORD_KILLS",
        200,
        "kills",
        "200 kills: nothing committed lost, nothing half done",
        ("tests/recovery/test_verbs_killed.py",),
    ),
    "fuzz": Run(
        "spoiled charters, mappings, definitions, files and releases",
        "ACCORD_FUZZ",
        10_000,
        "of each kind",
        "no traceback, none over 5 s, no value in a message",
        ("tests", "-k", "fuzz or bad_definitions or mutat"),
    ),
    "corrupted": Run(
        "corrupted CALPADS, state test, OneRoster, Ed-Fi and Clearinghouse files",
        "ACCORD_FUZZ",
        10_000,
        "files",
        "10,000 variants: no traceback, every line accounted for",
        ("tests/unit/readers/test_formats_fuzz.py",),
        "readers",
    ),
    "refusals": Run(
        "releases altered, replayed, downgraded or wrongly signed: all refused with the reason",
        "ACCORD_REFUSALS",
        10_000,
        "releases",
        "10,000 releases, every one refused with its own reason",
        ("tests/unit/exchange/test_refused_releases.py",),
        "gate",
    ),
}


def main(name: str) -> int:
    """Run one of `RUNS` and write its figures; the exit code is that of the tests."""
    run = RUNS[name]
    size = int(os.environ.get(run.variable, run.size))
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *run.tests],
        cwd=ROOT,
        env={**os.environ, run.variable: str(size)},
        check=False,
    )
    passed = done.returncode == 0
    write_figures(
        run.report,
        [
            Figure(run.figure, size, run.unit, goal=run.goal, met=passed and size >= run.size),
            Figure(f"{run.figure}: time", round(time.monotonic() - began, 1), "s"),
        ],
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
