"""`make published`: the state's published figures, made again; build/bench/published.json.

python tests/bench/bench_published.py [FOLDER OF THE DOWNLOADS]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from figures import Figure, exit_code, write_figures

sys.path.insert(0, str(Path(__file__).parents[1]))

from published.rebuilds import (
    Rebuilt,
    cohort,
    elpi,
    graduates,
    incidents,
    pupil_counts,
    suspension,
)
from real_data import BESIDE


def main(arguments: list[str]) -> int:
    """Rebuild everything, write the figures; 1 where something differs from what was published."""
    folder = (
        Path(arguments[0])
        if arguments
        else Path(os.environ.get("ACCORD_REAL_DATA", BESIDE)) / "cde"
    )
    if not folder.is_dir():
        sys.stderr.write(f"The state's downloads are not in {folder}; set ACCORD_REAL_DATA.\n")
        return 3
    found = [*suspension()]
    for check in (elpi, cohort, pupil_counts, graduates, incidents):
        found += check(folder)
    write_figures("published", [_figure(each) for each in found])
    return exit_code(found)


def _figure(rebuilt: Rebuilt) -> Figure:
    return Figure(
        figure=rebuilt.what,
        value=rebuilt.right,
        unit="rows",
        compared_with=f"{rebuilt.rows:,} published",
        ratio=rebuilt.right / rebuilt.rows,
        goal=f"all of {rebuilt.goal or rebuilt.rows:,}",
        met=rebuilt.met,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
