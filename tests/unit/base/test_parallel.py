"""Work on several processors: answers in order, and no worker outlives who asked for it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from accord.base.parallel import in_parallel

_ASKS_FOR_EVER = """
import time
from accord.base import parallel
parallel.os.cpu_count = lambda: 2
def work(task):
    parallel.os.write(1, b"at work\\n")  # in one piece, beside the other's
    time.sleep(600)
for _ in parallel.in_parallel(work, [1, 2]):
    pass
"""


def test_answers_come_in_the_order_of_the_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.base.parallel.os.cpu_count", lambda: 3)
    assert list(in_parallel(str, range(20))) == [str(number) for number in range(20)]


def test_what_goes_wrong_in_a_worker_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.base.parallel.os.cpu_count", lambda: 2)
    with pytest.raises(ValueError, match="invalid literal"):
        list(in_parallel(int, ["1", "two"]))


def test_workers_end_when_their_process_is_killed() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _ASKS_FOR_EVER], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(2):
        assert process.stdout.readline() == "at work\n"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)  # a worker that still held the output would keep this waiting
