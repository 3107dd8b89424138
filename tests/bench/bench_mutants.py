"""How many planted faults the tests catch, in what decides what stays hidden.

    python tests/bench/bench_mutants.py [--sample 300] [--seed 1] [--minutes 30]
        [--only audit/bounds] [--tests tests/unit/audit] [--again]

Every test is run once to learn which lines it reaches and what it costs. Then one fault at a time
is planted, and the tests that reach its statement are run, cheapest first, until one fails: quick
ones about a module, then slower ones that attack whole publications. A run is a fork of a process
that has collected the tests already: a fault inside a function replaces that function's code alone;
one on import (a constant, a default) takes a new process. A test that crashes, or needs many times
its usual processor time, has failed.

Faults that change nothing anybody can see are listed with the reason in equivalent_faults.yaml, and
are not counted; an entry that fits no fault any more is an error. Survivors are printed and kept in
build/bench/mutants_survived.json; `--again` plants only those.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml
from figures import FOLDER, Figure, write_figures
from mutant_runs import CAUGHT, ROOT, Session
from planting import Fault, faults_in

PACKAGES = ("cells", "audit", "station/protect")
TESTS = ("tests/unit/cells", "tests/unit/audit", "tests/unit/protect",
         "tests/adversary/test_attacks.py")  # fmt: skip
"""Those that are about one module each, and quick."""
SLOWER = (
    "tests/adversary/test_traps.py", "tests/adversary/test_random_sets.py",
    "tests/adversary/test_history.py",
    "tests/adversary/test_against_every_table.py::test_the_verdict_is_that_of_every_table[160]",
)  # fmt: skip
"""Those that enumerate or generate, as far as they catch much for their time. Being dearer they
come last, when no quick one has failed."""
GOAL = 95.0

_ACCORD = ROOT / "src" / "accord"
_EQUIVALENT = Path(__file__).with_name("equivalent_faults.yaml")
_SURVIVED = FOLDER / "mutants_survived.json"


def every_fault() -> list[Fault]:
    """All faults of the three packages, module by module."""
    found: list[Fault] = []
    for package in PACKAGES:
        for path in sorted((_ACCORD / package).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
            found += faults_in(path, module)
    return found


def without_equivalent(faults: Sequence[Fault]) -> list[Fault]:
    """The faults that change something. Raises `SystemExit` on an entry that fits none."""
    listed = yaml.safe_load(_EQUIVALENT.read_text(encoding="utf-8")) or []
    names = {(f"accord.{each['module']}", each["function"], each["change"]) for each in listed}
    if stale := names - {fault.name for fault in faults}:
        raise SystemExit("\n".join(f"No such fault any more: {name}" for name in sorted(stale)))
    return [fault for fault in faults if fault.name not in names]


def sample(faults: Sequence[Fault], size: int, seed: int) -> list[Fault]:
    """So many of them, in an order of chance: what a run gets through is a fair sample as well."""
    return random.Random(seed).sample(faults, min(size, len(faults)))


def main() -> int:
    """Plant, run, tell; 0 if the goal is met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a part of a module's path: audit/bounds")
    parser.add_argument("--minutes", type=float, default=10**6, help="plant no more after these")
    parser.add_argument("--tests", nargs="*", default=(*TESTS, *SLOWER), help="these tests alone")
    parser.add_argument("--again", action="store_true", help="the survivors of the last run")
    wanted = parser.parse_args()
    every = every_fault()
    counted = without_equivalent(every)
    chosen = sample(counted, wanted.sample, wanted.seed)
    chosen = [fault for fault in chosen if wanted.only in str(fault.path)]
    if wanted.again:
        last = json.loads(_SURVIVED.read_text(encoding="utf-8"))
        names = {tuple(each) for each in last}
        chosen = [fault for fault in counted if fault.name in names]
    chosen, survived = planted(chosen, wanted.tests, wanted.minutes)
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps([fault.name for fault in survived], indent=1, ensure_ascii=False)
    _SURVIVED.write_text(text + "\n", encoding="utf-8")
    if (
        wanted.again or wanted.only or wanted.tests != (*TESTS, *SLOWER)
    ):  # a part: no figure of the whole
        return 0
    share = told(chosen, survived, len(every) - len(counted))
    return 0 if share >= GOAL else 1


def planted(
    faults: Sequence[Fault], tests: Sequence[str], minutes: float
) -> tuple[list[Fault], list[Fault]]:
    """Plant one fault after the other: those that there was time for, and whom no test notices."""
    session = Session(tests, [_ACCORD / each for each in PACKAGES])
    done: list[Fault] = []
    survived: list[Fault] = []
    last = time.monotonic() + 60 * minutes
    for fault, verdict in zip(faults, session.verdicts(faults), strict=False):
        done.append(fault)
        if verdict != CAUGHT:
            survived.append(fault)
            where = f"{fault.path.relative_to(_ACCORD)}:{fault.lines.start} {fault.function}"
            print(f"{len(done):5} survives: {where}: {fault.change}", flush=True)
        if time.monotonic() > last:
            break
    print(f"{len(done):5} planted, {len(survived)} survive", flush=True)
    return done, survived


def told(faults: Sequence[Fault], survived: Sequence[Fault], equivalent: int) -> float:
    """Write the figures; the share of all that were caught, in percent."""
    size, left = (
        Counter(
            package for each in some for package in PACKAGES if f"/{package}/" in str(each.path)
        )
        for some in (faults, survived)
    )
    figures = [
        Figure(f"faults planted in {package} that the tests catch",
               100 * (1 - left[package] / size[package]), "%", f"{size[package]} faults")
        for package in PACKAGES if size[package]
    ]  # fmt: skip
    share = 100 * (1 - len(survived) / len(faults))
    write_figures(
        "mutants",
        [
            *figures,
            Figure("faults planted that the tests catch", share, "%", f"{len(faults)} faults",
                   goal=f"{GOAL:g} % or more", met=share >= GOAL),
            Figure("faults listed as changing nothing, with the reason", equivalent, "faults"),
        ],
    )  # fmt: skip
    return share


if __name__ == "__main__":
    sys.exit(main())
