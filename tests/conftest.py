"""A small demo, made once: two made-up districts from extract files to scorecard."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from accord.base.errors import StateError
from accord.base.locks import exclusive
from accord.cli.app import run
from demonstration import Accord, Outcome

# A busy machine is slow, not wrong: what must be quick is measured on purpose.
settings.register_profile("accord", deadline=None)
settings.load_profile("accord")

pytest_plugins = ["district"]

STUDENTS = 1500


@pytest.fixture
def accord(capfd: pytest.CaptureFixture[str]) -> Accord:
    """Run the command in this process: `accord("verify", path, "--charter", charter)`."""

    def call(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished demo, made once for all who run tests. No test may change it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, finished = shared / "demo", shared / "demo.finished"
    with _in_turn(shared / "demo.lock"):
        if not finished.exists():
            assert run(["demo", str(folder), "--students", str(STUDENTS)]) == 0
            finished.touch()
    return folder


@contextmanager
def _in_turn(lock: Path) -> Iterator[None]:
    """Hold a lock, after whoever holds it."""
    while True:
        try:
            with exclusive(lock):
                yield
                return
        except StateError:
            time.sleep(0.2)
