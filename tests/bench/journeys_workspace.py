"""The numbered journeys in a real browser; how many passed goes to build/bench/workspace.json.

python tests/bench/journeys_workspace.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import workspace_database as database
from figures import Figure, write_figures

ROOT = Path(__file__).parents[2]


def main() -> int:
    """All journeys; the exit code is that of the tests."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/browser/test_workspace_journeys.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    print(done.stdout[-3000:])
    passed, failed = (
        int(found.group(1)) if (found := re.search(rf"(\d+) {word}", done.stdout)) else 0
        for word in ("passed", "failed")
    )
    taken = f"{passed + failed} journeys in {time.monotonic() - began:.0f} s"
    figure = Figure(
        f"journeys in a browser, on {database.KIND}",
        passed,
        "passed",
        taken,
        goal="all pass",
        met=done.returncode == 0,
    )
    write_figures("workspace", [figure])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
