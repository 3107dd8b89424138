"""How the terminal speaks: progress bars, tables, errors and `--json`.

People's output goes to the terminal with colour where it has any; with `--json` each verb prints
one JSON document on standard output and nothing else. Progress and errors always go to standard
error, so that output can be piped.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, current_thread, main_thread
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from accord.base.errors import AccordError, Problem
from accord.base.progress import Step

JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document instead of text for people.")
]

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)

_BULLET = "  "


def say(text: str = "") -> None:
    """A line for people."""
    out.print(Text.from_markup(text) if "[" in text else Text(text))


def note(text: str) -> None:
    """A line that people must not miss, on standard error, whatever is printed besides."""
    err.print(Text(text))


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def show_table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: Collection[str] = (),
) -> None:
    """A table for people; the columns named in `right` hold numbers."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for column in columns:
        table.add_column(
            column, justify="right" if column in right else "left", header_style="bright_black"
        )
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    out.print(table)


def show_problems(error: AccordError) -> None:
    """What went wrong, each problem with its place and what to do, on standard error."""
    shown = list(error.problems)[:_MOST_PROBLEMS]
    for problem in shown:
        _show_problem(problem)
    if len(error.problems) > len(shown):
        err.print(f"… and {len(error.problems) - len(shown)} more of the same kind of trouble.")


_MOST_PROBLEMS = 25


def problems_as_json(error: AccordError) -> dict[str, Any]:
    """The same, for programs."""
    return {
        "error": type(error).__name__,
        "exit_code": error.exit_code,
        "problems": [
            {
                "what": problem.what,
                "remedy": problem.remedy,
                "file": problem.file,
                "line": problem.line,
                "field": problem.field,
            }
            for problem in error.problems
        ],
    }


def _show_problem(problem: Problem) -> None:
    err.print(Text("✗ ", style="bold red").append(problem.what, style="bold not red"))
    if problem.where:
        err.print(Text(f"{_BULLET}{problem.where}", style="bright_black"))
    if problem.remedy:
        err.print(Text(f"{_BULLET}{problem.remedy}"))


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)


class TerminalProgress:
    """Draws a bar for each step while it runs, and a line with its time when it is done.

    Steps may be nested, and inner ones may run in threads: all that are under way are shown, and
    the outermost leave a line.
    """

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._open = 0  # steps under way
        self._outer = 0  # those of them that the main thread opened
        self._lock = Lock()

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Step]:
        began, main = time.monotonic(), current_thread() is main_thread()
        with self._lock:
            bars = self._bars or self._display()
            step = _RichStep(bars, bars.add_task(title, total=total))
            self._open += 1
            self._outer += main
        done = False
        try:
            yield step
            done = True
        finally:
            with self._lock:
                self._open -= 1
                self._outer -= main
                bars.remove_task(step.task)
                if not self._open:
                    bars.stop()
                    self._bars = None
                if done and not self._outer:
                    err.print(_finished(title, time.monotonic() - began, step.text))

    def _display(self) -> Bars:
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            TaskProgressColumn(),
            console=err,
            transient=True,
        )
        self._bars.start()
        return self._bars


class _RichStep:
    def __init__(self, bars: Bars, task: TaskID) -> None:
        self.task = task
        self.text = ""
        self._bars = bars

    def advance(self, amount: int = 1) -> None:
        self._bars.advance(self.task, amount)

    def note(self, text: str) -> None:
        self.text = text


def _finished(title: str, seconds: float, text: str) -> Text:
    line = Text("✓ ", style="green").append(f"{title:<44}", style="default not bold")
    return line.append(f"{seconds:6.1f} s  ", style="bright_black").append(text)


def home_relative(path: Path) -> str:
    """A path as people would type it from where they stand."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
