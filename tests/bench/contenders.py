"""Ways to the same sums, each run in a process of its own so that its memory is its own.

    python tests/bench/contenders.py engine|hand|pandas FACTS OUT

prints the wall and processor seconds of the work and the most memory the process ever held, as
JSON. Importing is not counted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Seconds of wall and processor time, and gigabytes at the peak."""

    wall: float
    processor: float
    peak: float


def cost_of(contender: str, facts: Path, out: Path) -> Cost:
    """Run a contender over a folder of facts."""
    command = [sys.executable, __file__, contender, str(facts), str(out)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Cost(**json.loads(done.stdout))


def _peak() -> float:
    """The most memory this process ever held, in gigabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # the other measure can count the parent's memory too
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e9
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def _main() -> None:
    contender, facts, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    way = import_module(f"{contender}_way")
    out.mkdir(parents=True, exist_ok=True)
    wall, processor = time.perf_counter(), time.process_time()
    way.measure(facts, out)
    cost = {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "peak": _peak(),
    }
    print(json.dumps(cost))


if __name__ == "__main__":
    _main()
