"""Importing CALPADS-shaped files of 70,000 students over five years: time and memory.

Recognised, not mapped: every line typed, checked, pseudonymised and accounted for.

    python tests/bench/bench_calpads_import.py [--students 70000] [--years 5]
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from pathlib import Path

import psutil
from calpads_files import write_calpads
from figures import Figure, write_figures

from accord.station.records import ImportedFile, import_intakes
from accord.station.records.formats import (
    Asked,
    confirm,
    recognised_intakes,
    shipped_formats,
)
from accord.station.station import Station

GOAL = 60.0
FIRST_YEAR = 2019


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=70_000)
    parser.add_argument("--years", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        years = range(FIRST_YEAR, FIRST_YEAR + asked.years)
        files = write_calpads(folder, asked.students, years)
        station = Station.create(folder / "station", "99100010000000", "Bench")
        for each in shipped_formats():
            for layout in each.layouts:
                confirm(station, layout, "Bench")
        seconds, processor, memory, done = _measured(station, files)
    lines = sum(one.manifest.lines.read for one in done)
    loaded = sum(one.manifest.lines.loaded for one in done)
    whole = (asked.students, asked.years) == (70_000, 5)
    about = f"{asked.students:,} students × {asked.years} years"
    goal = f"under {GOAL:.0f} s" if whole else ""
    write_figures(
        "readers",
        [
            Figure(
                f"CALPADS-shaped files, {about}: import",
                round(seconds, 1),
                "s",
                goal=goal,
                met=seconds < GOAL if whole else None,
            ),
            Figure(f"CALPADS-shaped files, {about}: processor time", round(processor, 1), "s"),
            Figure(f"CALPADS-shaped files, {about}: peak memory", round(memory / 1e6), "MB"),
            Figure(f"CALPADS-shaped files, {about}: lines", lines, "lines"),
            Figure(f"CALPADS-shaped files, {about}: lines loaded", loaded, "lines"),
        ],
    )


def _measured(station: Station, files: list[Path]) -> tuple[float, float, int, list[ImportedFile]]:
    """Seconds, processor seconds and the most memory that an import takes, and its result."""
    process = psutil.Process()
    peak, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            peak[0] = max(peak[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began, worked = time.monotonic(), time.process_time()
    intakes = recognised_intakes(station, files, Asked())
    done = list(import_intakes(station, intakes).files)
    seconds, processor = time.monotonic() - began, time.process_time() - worked
    stop.set()
    watcher.join()
    return seconds, processor, peak[0], done


if __name__ == "__main__":
    main()
