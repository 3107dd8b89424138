"""The engine's figures: against SQL written by hand and against pandas, and how it grows.

    python tests/bench/bench_engine.py [STUDENTS …] [--keep]

measures every indicator of the catalogue × every group × district and school × grade and all ×
five years, at 60,000 and 600,000 students unless told otherwise (6,000,000 takes twenty minutes and
20 GB of disk). Contenders take turns, each in a process of its own, and a ratio is the median over
the turns; every cell of their answers is compared. Figures go to build/bench/engine.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
from statistics import median

from contenders import Cost, cost_of
from equality import cells_equal
from figures import FOLDER, Figure, write_figures
from state import EventCost, make_state

DATA = FOLDER.parent / "bench-data"
SIZES = (60_000, 600_000)
LARGEST = 6_000_000
TURNS = {60_000: 7, 600_000: 5}
PANDAS_AT = 600_000

MOST_OVER_HAND = 1.25
LEAST_OVER_PANDAS = 2.5
MOST_MEMORY = 5.0
MOST_GROWTH = 12.0


def measure_size(students: int) -> list[Figure]:
    """Every figure of a state of some size."""
    facts, out = DATA / str(students), DATA / f"out-{students}"
    events = make_state(students, facts, events=students >= LARGEST)
    contenders = ["engine", "hand", *(["pandas"] if students == PANDAS_AT else [])]
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    for _ in range(TURNS.get(students, 1)):
        for name in contenders:
            costs[name].append(cost_of(name, facts, out / name))
    cells = cells_equal(out / "engine", out / "hand")
    figures = [
        *_against_hand(students, costs["engine"], costs["hand"], cells),
        *_growth(students, costs["engine"]),
        *_of_events(students, events),
    ]
    if "pandas" in costs:
        cells_equal(out / "engine", out / "pandas", hundredths=True)
        figures += _against_pandas(students, costs["engine"], costs["pandas"])
    return figures


def _against_hand(students: int, engine: list[Cost], hand: list[Cost], cells: int) -> list[Figure]:
    size = _size(students)
    wall = _ratio(engine, hand, "wall")
    peak = _median(engine, "peak")
    bounded = students >= LARGEST
    return [
        Figure(
            f"engine, time, {size}",
            _median(engine, "wall"),
            "s",
            f"hand-written SQL, {_median(hand, 'wall'):.2f} s",
            wall,
            f"at most {MOST_OVER_HAND} ×",
            wall <= MOST_OVER_HAND,
        ),
        Figure(
            _processor_title(students),
            _median(engine, "processor"),
            "s",
            f"hand-written SQL, {_median(hand, 'processor'):.2f} s",
            _ratio(engine, hand, "processor"),
        ),
        Figure(
            f"engine, peak memory, {size}",
            peak,
            "GB",
            f"hand-written SQL, {_median(hand, 'peak'):.2f} GB",
            _ratio(engine, hand, "peak"),
            f"at most {MOST_MEMORY:g} GB" if bounded else "",
            peak <= MOST_MEMORY if bounded else None,
        ),
        Figure(
            f"sums equal to the hand-written SQL's, {size}", cells, "sums", goal="all", met=True
        ),
    ]


def _against_pandas(students: int, engine: list[Cost], pandas: list[Cost]) -> list[Figure]:
    size = _size(students)
    wall, peak = _ratio(engine, pandas, "wall"), _ratio(engine, pandas, "peak")
    return [
        Figure(
            f"engine against pandas, time, {size}",
            _median(engine, "wall"),
            "s",
            f"pandas, {_median(pandas, 'wall'):.2f} s",
            wall,
            f"pandas at least {LEAST_OVER_PANDAS} × as long",
            wall <= 1 / LEAST_OVER_PANDAS,
        ),
        Figure(
            f"engine against pandas, processor time, {size}",
            _median(engine, "processor"),
            "s",
            f"pandas, {_median(pandas, 'processor'):.2f} s",
            _ratio(engine, pandas, "processor"),
        ),
        Figure(
            f"engine against pandas, peak memory, {size}",
            _median(engine, "peak"),
            "GB",
            f"pandas, {_median(pandas, 'peak'):.2f} GB",
            peak,
            "less than pandas",
            peak < 1,
        ),
    ]


def _growth(students: int, engine: list[Cost]) -> list[Figure]:
    """Against a tenth of the students, where that was measured before.

    In processor time: another run may have met a busier machine.
    """
    smaller = _measured_before(students // 10)
    if smaller is None:
        return []
    grown = _median(engine, "processor") / smaller
    return [
        Figure(
            f"growth of processor time from {students // 10:,} to {students:,} students",
            grown,
            "×",
            "10 × the students",
            grown / 10,
            f"at most {MOST_GROWTH:g} ×",
            grown <= MOST_GROWTH,
        )
    ]


def _measured_before(students: int) -> float | None:
    path = FOLDER / "engine.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    found = [each["value"] for each in kept if each["figure"] == _processor_title(students)]
    return float(found[0]) if found else None


def _of_events(students: int, events: EventCost) -> list[Figure]:
    if not events.events:
        return []
    return [
        Figure(
            f"{events.events:,} absences added up by student, {_size(students)}",
            events.seconds,
            "s",
        )
    ]


def _size(students: int) -> str:
    return f"{students:,} students × 5 years"


def _processor_title(students: int) -> str:
    return f"engine, processor time, {_size(students)}"


def _median(costs: list[Cost], what: str) -> float:
    return float(median(getattr(cost, what) for cost in costs))


def _ratio(first: list[Cost], second: list[Cost], what: str) -> float:
    """The median over turns of what one took over what the other took in the same turn."""
    pairs = zip(first, second, strict=True)
    return float(median(getattr(one, what) / getattr(other, what) for one, other in pairs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("students", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--keep", action="store_true", help="keep the made-up facts")
    options = parser.parse_args()
    try:
        for students in options.students:
            write_figures("engine", measure_size(students))
    finally:
        if not options.keep:
            shutil.rmtree(DATA, ignore_errors=True)


if __name__ == "__main__":
    main()
