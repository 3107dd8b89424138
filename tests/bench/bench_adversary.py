"""The attackers set on what the gate lets out: random districts, linked tables, several years.

    python tests/bench/bench_adversary.py 20      so many table sets (2,000 on demand)

Each set is cleared, and attacked from its file alone, with every group's size, and with the grades
that each school serves. A tiny sister of each set goes to the exact reader; every cell that the
gate hid beside is shown again, and a second release is made under opposite preferences. Figures go
to build/bench/adversary.json; what was found, set by set, to build/bench/adversary-found.txt. A run
that is stopped goes on where it was, as long as no source has changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from figures import FOLDER, Figure, write_figures
from kept_trials import KeptTrials

sys.path.insert(0, str(Path(__file__).parents[1]))

from accord.base.errors import RefusedError
from accord.station.clearing import clear
from adversary.random_sets import table_set
from adversary.trials import Outcome, exactly, let_out, shown_again, two_releases

WORKERS = 2
_WITH_PARTICIPATION = 10
"""One set in so many publishes participation beside the results."""
_REGISTERED = 5
"""One set in so many is cleared once more with what its schools' grades and sizes tell."""


@dataclass(frozen=True)
class Trial:
    """All that came of one seed; counts of what was tried, and lists of what went wrong."""

    let_out: Outcome
    seconds: float
    moving: float = 0.0
    tiny_refused: str = ""
    asked: int = 0
    learned: list[str] = field(default_factory=list)
    learned_with_spans: list[str] = field(default_factory=list)
    learned_with_unions: list[str] = field(default_factory=list)
    shown_again: int = 0
    unnoticed: list[str] = field(default_factory=list)
    unsafe_together: bool = False
    repaired: bool | None = None
    learned_from_both: list[str] = field(default_factory=list)


def trial(seed: int) -> Trial:
    """Everything that is tried with one seed."""
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        each = table_set(seed, Path(folder), participation=_publishes_participation(seed))
        outcome = let_out(each, seed, register=seed % _REGISTERED == _REGISTERED - 1)
    seconds = time.process_time() - began
    with tempfile.TemporaryDirectory() as folder:
        tiny = table_set(seed, Path(folder), tiny=True)
        try:
            table = clear(tiny.gate, "partners", []).protected.table
            unsafe, repaired, both = two_releases(tiny)
        except RefusedError as error:
            return Trial(outcome, seconds, tiny.moving, error.problems[0].what)
        asked, with_unions = exactly(tiny, table, unions=True)
        tried, unnoticed = shown_again(tiny)
        return Trial(
            outcome,
            seconds,
            tiny.moving,
            asked=asked,
            learned=exactly(tiny, table)[1] if with_unions else [],  # who knows less learns less
            learned_with_spans=exactly(tiny, table, spans=True)[1],
            learned_with_unions=with_unions,
            shown_again=tried,
            unnoticed=unnoticed,
            unsafe_together=unsafe,
            repaired=repaired,
            learned_from_both=both,
        )


def main(sets: int) -> None:
    """Try so many seeds and write the figures."""
    kept = KeptTrials("adversary-trials", Trial, lambda each: each.let_out.seed)
    left = kept.left(range(sets))
    with ProcessPoolExecutor(WORKERS, initializer=_alone) as pool:
        kept.keep(_counted(pool.map(trial, left), len(left)))
    done = kept.done()
    trials = [done[seed] for seed in range(sets)]
    _write_found(trials)
    out = [each for each in trials if not each.let_out.refused]
    participation = [each for each in out if _publishes_participation(each.let_out.seed)]
    results = [each for each in out if not _publishes_participation(each.let_out.seed)]
    registered = [each for each in out if each.let_out.registered is not None]
    unsafe = [each for each in trials if each.unsafe_together]
    write_figures(
        "adversary",
        [
            Figure("table sets tried", sets, "sets", goal="2,000", met=sets >= 2000),
            Figure("table sets refused", sets - len(out), "sets", goal="0", met=len(out) == sets),
            Figure("sets that the gate alone made safe", _count(e.let_out.alone_safe for e in out),
                   "sets", compared_with=f"{len(out)} let out"),
            Figure("cells that the audit had hidden", sum(e.let_out.also for e in out), "cells"),
            Figure("hidden numbers attacked", sum(e.let_out.hidden for e in out), "numbers"),
            _none("numbers exposed by the file alone", out, lambda e: e.let_out.from_file),
            _none("protected numbers exposed to who knows all sizes", results,
                  lambda e: e.let_out.with_sizes),
            _told("exposed where participation is published, to who knows who was expected",
                  participation, lambda e: e.let_out.with_sizes),
            _told("exposed to who knows each school's grades and sizes, unregistered", out,
                  lambda e: e.let_out.with_spans),
            _none("exposed to who knows them, registered", registered,
                  lambda e: e.let_out.registered or []),
            Figure("cells shown where they are registered",
                   sum(e.let_out.shown_registered for e in registered), "cells",
                   compared_with=f"{sum(e.let_out.shown for e in registered)} where they are not"),
            Figure("tiny sets refused", _count(e.tiny_refused for e in trials), "sets"),
            Figure("protected numbers, exact reader", sum(e.asked for e in trials), "numbers"),
            _none("protected numbers learned by the exact reader", trials, lambda e: e.learned),
            _told("learned by the exact reader who knows schools' grades, unregistered", trials,
                  lambda e: e.learned_with_spans),
            _none("learned by the exact reader who knows what unions mean", trials,
                  lambda e: e.learned_with_unions),
            Figure("cells hidden beside that were shown again", sum(e.shown_again for e in trials),
                   "cells"),
            _none("cells whose showing nobody minds, students of one school", trials,
                  lambda e: [] if e.moving else e.unnoticed),
            _none("cells whose showing nobody minds, students who move", trials,
                  lambda e: e.unnoticed if e.moving else []),
            Figure("pairs of releases unsafe together", len(unsafe), "pairs"),
            Figure("of these repaired", _count(e.repaired for e in unsafe), "pairs",
                   compared_with=f"refused {_count(e.repaired is None for e in unsafe)}",
                   goal="all", met=all(e.repaired for e in unsafe)),
            _none("protected numbers learned from both, repaired", trials,
                  lambda e: e.learned_from_both),
            Figure("processor time for each set, protected and attacked",
                   round(sum(e.seconds for e in trials) / max(sets, 1), 2), "s"),
        ],
    )  # fmt: skip


def _publishes_participation(seed: int) -> bool:
    return seed % _WITH_PARTICIPATION == _WITH_PARTICIPATION - 1


def _counted(trials: Iterator[Trial], of: int) -> Iterator[Trial]:
    """The trials, with a line for every hundred."""
    for number, each in enumerate(trials, start=1):
        if number % 100 == 0:
            print(f"{number} of {of}", flush=True)
        yield each


def _alone() -> None:
    """Sets are tried in processes of their own: within one, no more are begun."""
    os.cpu_count = lambda: 1  # type: ignore[assignment]


def _count(flags: Iterable[object]) -> int:
    return sum(bool(flag) for flag in flags)


def _told(title: str, trials: Sequence[Trial], of: Callable[[Trial], list[str]]) -> Figure:
    """How many numbers, and in how many sets."""
    found = [len(of(each)) for each in trials]
    compared = f"in {_count(found)} of {len(trials)} sets"
    return Figure(title, sum(found), "numbers", compared_with=compared)


def _none(title: str, trials: Sequence[Trial], of: Callable[[Trial], list[str]]) -> Figure:
    """The same, where it should be zero."""
    told = _told(title, trials, of)
    return replace(told, goal="0", met=not told.value)


def _write_found(trials: Sequence[Trial]) -> None:
    lines = []
    for each in trials:
        told = vars(each) | vars(each.let_out)
        for name, value in told.items():
            some = value if isinstance(value, list) else [value] if isinstance(value, str) else []
            lines += [f"set {each.let_out.seed}, {name}: {one}" for one in some if one]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "adversary-found.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
