"""How a benchmark says what it found: a list of figures in build/bench, and a table to read."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

FOLDER = Path(__file__).parents[2] / "build" / "bench"

_WIDTH = 160  # where nobody says how wide the page is


@dataclass(frozen=True)
class Figure:
    """One measured number.

    `compared_with` says what it was measured against in the same run, and `ratio` is this over
    that. `goal` is in words; `met` is `None` where there is no goal.
    """

    figure: str
    value: float
    unit: str
    compared_with: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None


def exit_code(figures: Sequence[Figure]) -> int:
    """1 where a goal was missed; a figure without one misses none."""
    return int(any(each.met is False for each in figures))


def write_figures(name: str, figures: Sequence[Figure]) -> Path:
    """Put figures into build/bench/NAME.json, over older ones of the same title, and show them."""
    path = FOLDER / f"{name}.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    new = {figure.figure: asdict(figure) for figure in figures}
    merged = {old["figure"]: old for old in kept} | new
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(list(merged.values()), indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    Console(width=None if sys.stdout.isatty() else _WIDTH).print(_table(name, figures))
    return path


def _table(name: str, figures: Sequence[Figure]) -> Table:
    table = Table(title=name)
    for title in ("figure", "value", "unit", "compared with", "ratio", "goal", "met"):
        table.add_column(title, justify="right" if title in ("value", "ratio") else "left")
    for each in figures:
        met = {None: "", True: "yes", False: "NO"}[each.met]
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        shown = f"{each.value:,.3g}" if each.value < 1000 else f"{each.value:,.0f}"
        table.add_row(each.figure, shown, each.unit, each.compared_with, ratio, each.goal, met)
    return table
