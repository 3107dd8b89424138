"""The engine against hand-written SQL and against pandas, on a made-up state, in one run.

    python tests/bench/bench_engine.py             60,000 and 600,000 students × 5 years
    python tests/bench/bench_engine.py --state     6,000,000 too, from about 575 million absences

Every measurement is a process of its own that reads the same facts and writes the same sums; the
engine and the hand-written SQL take turns, so that whatever else the machine does hits both. The
sums of the two are compared cell by cell. Figures go to build/bench/engine.json.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from figures import Figure, write_figures
from pandas_way import measure as measure_in_pandas
from state import YEARS, make_state

from accord.base.progress import SILENT
from accord.indicators.catalogue import load_catalogue
from accord.station.engines.duckdb import measure
from accord.station.engines.request import MeasureRequest

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "build" / "bench-data"
FACTS = ("student_year", "test_result")
SMALL, MIDDLE, STATE = 60_000, 600_000, 6_000_000
TURNS = 3
MOST_OF_HAND, LEAST_OF_PANDAS, MOST_MEMORY = 1.25, 2.5, 5.0
STRAIGHT = 1.3  # ten times the students in at most this times ten times the time


@dataclass(frozen=True)
class Cost:
    """What one process came to: seconds by the clock and of processor time, and gigabytes."""

    wall: float
    cpu: float
    peak: float


def by_engine(facts: Path, out: Path) -> None:
    """The whole catalogue, as `accord measure` computes it."""
    catalogue = load_catalogue()
    definitions = tuple(catalogue.definitions.values())
    measure(
        MeasureRequest(facts, YEARS, definitions, tuple(catalogue.groups.values())), out, SILENT
    )


def by_hand(facts: Path, out: Path) -> None:
    """The same sums by the best SQL that we could write for them."""
    with duckdb.connect() as connection:
        for fact in FACTS:
            text = (HERE / "hand_written" / f"{fact}.sql").read_text(encoding="utf-8")
            (out / fact).mkdir(parents=True)
            for period in YEARS:
                source, target = (folder / fact / f"{period}.parquet" for folder in (facts, out))
                connection.execute(
                    text.replace("$source", str(source)).replace("$target", str(target))
                )


def by_pandas(facts: Path, out: Path) -> None:
    """The same sums in pandas."""
    for period in YEARS:
        (out / period).mkdir(parents=True)
        measure_in_pandas(facts, period, out / period)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "engine": by_engine,
    "hand": by_hand,
    "pandas": by_pandas,
}


def cost_of(way: str, facts: Path) -> Cost:
    """Run one way in a process of its own."""
    out = DATA / "out" / way
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    command = [sys.executable, __file__, "--way", way, "--facts", str(facts), "--out", str(out)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Cost(**json.loads(printed))


def _run_way(way: str, facts: Path, out: Path) -> None:
    load_catalogue()  # read once a process, whoever measures: not part of measuring
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    WAYS[way](facts, out)
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    wall = time.perf_counter() - began
    print(json.dumps({"wall": wall, "cpu": spent, "peak": after.ru_maxrss / 1e6}))


def differing_cells() -> int:
    """Cells of the last two outputs in which the engine and the hand-written SQL differ."""
    definitions = load_catalogue().definitions
    differing = 0
    for fact in FACTS:
        for period in YEARS:
            ours, theirs = (
                DATA / "out" / way / fact / f"{period}.parquet" for way in WAYS_COMPARED
            )
            names = [
                row[0]
                for row in duckdb.sql(f"describe from '{theirs}'").fetchall()
                if "." in row[0]
            ]
            place = 'level, organisation, grade, "group"'
            keys = [
                definitions[f"{name.partition('.')[0]}@1.0"].sum_keys[name.partition(".")[2]]
                for name in names
            ]
            own = ", ".join(f'"{key}"::decimal(38, 2)' for key in keys)
            other = ", ".join(f'"{name}"::decimal(38, 2)' for name in names)
            left, right = (
                f"select {place}, {own} from '{ours}'",
                f"select {place}, {other} from '{theirs}'",
            )
            found = duckdb.sql(
                f"select count(*) from (({left} except all {right}) union all "
                f"({right} except all {left}))"
            ).fetchall()
            differing += found[0][0]
    return differing


WAYS_COMPARED = ("engine", "hand")


def compare(students: int) -> tuple[list[Figure], Cost]:
    """The engine against the hand-written SQL at one size."""
    facts = DATA / str(students)
    make_state(students, facts)
    turns = [[cost_of(way, facts) for way in WAYS_COMPARED] for _ in range(TURNS)]
    own = _median([turn[0] for turn in turns])
    ratio = statistics.median(turn[0].wall / turn[1].wall for turn in turns)
    title = f"engine, {students:,} students × 5 years"
    differing = differing_cells()
    return [
        Figure(
            f"{title}: time",
            round(own.wall, 2),
            "s",
            "hand-written SQL",
            round(ratio, 3),
            f"at most {MOST_OF_HAND} × the hand-written SQL",
            ratio <= MOST_OF_HAND,
        ),
        Figure(f"{title}: processor time", round(own.cpu, 2), "s"),
        Figure(f"{title}: memory", round(own.peak, 2), "GB"),
        Figure(
            f"{title}: cells that differ from the hand-written SQL",
            differing,
            "cells",
            "hand-written SQL",
            goal="none",
            met=differing == 0,
        ),
    ], own


def against_pandas(students: int, own: Cost) -> list[Figure]:
    """The engine against pandas, at a size that pandas can hold."""
    facts = DATA / str(students)
    pandas = cost_of("pandas", facts)
    beside = cost_of("engine", facts)
    ratio = pandas.wall / beside.wall
    return [
        Figure(
            f"pandas, {students:,} students × 5 years: time",
            round(pandas.wall, 2),
            "s",
            "engine",
            round(ratio, 2),
            f"at least {LEAST_OF_PANDAS} × the engine's",
            ratio >= LEAST_OF_PANDAS,
        ),
        Figure(
            f"pandas, {students:,} students × 5 years: memory",
            round(pandas.peak, 2),
            "GB",
            "engine",
            round(pandas.peak / own.peak, 2),
            "more than the engine's",
            pandas.peak > own.peak,
        ),
    ]


def growth(small: Cost, large: Cost, name: str) -> Figure:
    """Ten times the students: how many times the processor time."""
    ratio = large.cpu / small.cpu
    return Figure(
        f"growth of the engine's processor time, {name}",
        round(ratio, 2),
        "times",
        "ten times fewer students",
        round(ratio / 10, 3),
        "linear: about ten times at most",
        ratio <= 10 * STRAIGHT,
    )


def whole_state(middle: Cost) -> list[Figure]:
    """A state: 6 million students, their facts added up from single absences."""
    facts = DATA / str(STATE)
    events = make_state(STATE, facts, events=True)
    own = cost_of("engine", facts)
    return [
        Figure(f"absences added up for {STATE:,} students", events.events, "events"),
        Figure("adding them up", round(events.seconds, 1), "s"),
        Figure(f"engine, {STATE:,} students × 5 years: time", round(own.wall, 1), "s"),
        Figure(
            f"engine, {STATE:,} students × 5 years: memory",
            round(own.peak, 2),
            "GB",
            goal=f"at most {MOST_MEMORY:g} GB",
            met=own.peak <= MOST_MEMORY,
        ),
        growth(middle, own, "600,000 to 6,000,000"),
    ]


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        *(
            statistics.median(getattr(cost, name) for cost in costs)
            for name in ("wall", "cpu", "peak")
        )
    )


def main() -> None:
    """Measure, compare and write the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--state", action="store_true")
    arguments.add_argument("--way", choices=WAYS)
    arguments.add_argument("--facts", type=Path)
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    if asked.way:
        _run_way(asked.way, asked.facts, asked.out)
        return
    figures, small = compare(SMALL)
    more, middle = compare(MIDDLE)
    figures += [*more, *against_pandas(MIDDLE, middle), growth(small, middle, "60,000 to 600,000")]
    write_figures("engine", figures)
    if asked.state:
        write_figures("engine", whole_state(middle))
    shutil.rmtree(DATA)


if __name__ == "__main__":
    main()
