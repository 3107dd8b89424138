"""The memory that a process and all that it started take together, shared pages counted once."""

from __future__ import annotations

from pathlib import Path

_PROCESSES = Path("/proc")


def taken_by(process: int) -> float:
    """MB that a process and its descendants hold now; 0 once they are gone. Linux only."""
    here = _PROCESSES / str(process)
    try:
        lines = (here / "smaps_rollup").read_text("ascii").splitlines()
        below = [  # any thread may have started one
            child
            for thread in here.glob("task/*/children")
            for child in thread.read_text("ascii").split()
        ]
    except OSError:
        return 0.0
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return own / 1024 + sum(taken_by(int(child)) for child in below)
