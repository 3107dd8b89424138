"""Work on several processors at once.

A worker ends with the process that asked for it, however that ends: nothing goes on in the
background after a kill, and nobody waits for its output.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Any, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_kept: list[Callable[[Any], Any]] = []
"""In a worker: the work, handed over once."""


def in_parallel(work: Callable[[Task], Answer], tasks: Sequence[Task]) -> Iterator[Answer]:
    """What `work` answers to each task, in their order; a single task stays in this process.

    All three must be fit for pickling; what is large belongs in `work`, which each worker is given
    once. Raises what `work` raises.
    """
    workers = min(len(tasks), os.cpu_count() or 1)
    if workers < 2:
        yield from map(work, tasks)
        return
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(work,)) as pool:
        yield from pool.map(_answer, tasks)


def _begin(work: Callable[[Any], Any]) -> None:
    _kept[:] = [work]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _answer(task: Any) -> Any:
    return _kept[0](task)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
