"""Running the tests that reach a planted fault, each fault in a process of its own.

A session collects the tests once, and forks. In the fork a fault inside a function replaces that
function's code alone, wherever it is in use already; a fault that acts on import (a constant, a
default) takes a process that imports everything anew.

Whatever a fault makes of a run is a verdict: a test that fails, a crash of the solver, an import
that doesn't end, a test that takes far more time than it does. Only tests that fail without any
fault stop a session.
"""

from __future__ import annotations

import gc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, TextIO

import coverage
import pytest
from hypothesis import settings
from planting import Fault

ROOT = Path(__file__).parents[2]
CAUGHT, SURVIVES, _BROKEN, _NOT_HERE = 1, 0, 3, 4
_TIMES, _AT_LEAST = 8, 3  # of a test's usual processor time, and seconds
_IMPORTS = 60  # processor seconds to import everything anew
_HANGS = 30  # times the processor's limit, for a run that waits and uses none
_QUIET = ("-s", "-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:xdist",
          "-p", "no:faulthandler", "-o", "addopts=")  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """Which tests reach which lines, and each test's processor seconds."""

    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    def tests(self, fault: Fault) -> list[str]:
        """The tests that reach a fault, cheapest first; all of its file where it acts on import."""
        here = self.lines.get(str(fault.path), {})
        lines = fault.lines if fault.function else here
        found = {test for line in lines for test in here.get(line, ()) if test}
        return sorted(found, key=lambda test: (self.seconds[test], test))

    def limits(self, tests: Sequence[str]) -> dict[str, int]:
        """How many processor seconds each of some tests may take, in their order."""
        return {test: _AT_LEAST + int(_TIMES * self.seconds[test]) for test in tests}


class Session:
    """Collects some tests once, and tells of each fault whether one of them fails."""

    def __init__(self, tests: Sequence[str], watched: Sequence[Path]) -> None:
        self._tests, self._watched = tests, watched

    def verdicts(self, faults: Sequence[Fault]) -> Iterator[int]:
        """`CAUGHT` or `SURVIVES` for each fault in turn, as soon as it is known.

        Raises `RuntimeError` when a test fails without any fault.
        """
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            with os.fdopen(write, "w") as pipe:
                _pytest(_Run(lambda run: run.all(faults, self._watched, pipe)), self._tests)
            os._exit(0)
        os.close(write)
        judged, any_anew = 0, False
        with os.fdopen(read) as pipe:
            for line in pipe:
                verdict = json.loads(line)
                if isinstance(verdict, list):  # these tests must import everything anew
                    number, limits = verdict
                    if not any_anew and _forked(partial(_anew, None, limits)) != SURVIVES:
                        raise RuntimeError("tests that import everything anew fail by themselves")
                    any_anew = True
                    verdict = _forked(partial(_anew, faults[number], limits))
                judged += 1
                yield SURVIVES if verdict == SURVIVES else CAUGHT
        os.waitpid(child, 0)
        if judged < len(faults):
            raise RuntimeError("a test fails without any fault, or can't be collected")


class _Run:
    """What runs inside pytest, as a plugin of it."""

    def __init__(self, work: Callable[[_Run], None]) -> None:
        self._work = work
        self.failed = False
        self.why = ""
        self.items: dict[str, pytest.Item] = {}

    def pytest_collection(self) -> None:
        """The same examples each time, and none remembered: a fault must not teach the next."""
        settings.register_profile("mutants", deadline=None, derandomize=True, database=None)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self._work(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._see(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._see(report)

    def _see(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed:
            self.failed, self.why = True, report.longreprtext

    def tests(self, names: Sequence[str], before: Callable[[str], None] = lambda _: None) -> int:
        """Run some tests here until one fails."""
        for name, after in zip(names, [*names[1:], None], strict=True):
            before(name)
            item, following = self.items[name], self.items[after] if after else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return CAUGHT
        return SURVIVES

    def all(self, faults: Sequence[Fault], watched: Sequence[Path], pipe: TextIO) -> None:
        """Write a line for each fault: the verdict, or what must be run anew."""
        reach = self.reach(watched)
        for number, fault in enumerate(faults):
            limits = reach.limits(reach.tests(fault))
            verdict = _NOT_HERE if limits else SURVIVES
            if limits and fault.function:
                verdict = _forked(partial(self._with, fault, limits))
            line = [number, limits] if verdict == _NOT_HERE else verdict
            print(json.dumps(line), file=pipe, flush=True)

    def _with(self, fault: Fault, limits: Mapping[str, int]) -> int:
        if not _swap(fault):
            return _NOT_HERE
        return self.limited(limits)

    def limited(self, limits: Mapping[str, int]) -> int:
        """Run some tests here until one fails or takes more than its processor seconds."""
        return self.tests(list(limits), lambda test: _allow(limits[test]))

    def reach(self, watched: Sequence[Path]) -> Reach:
        """What every test reaches. Raises `RuntimeError` when one fails without any fault."""
        with tempfile.NamedTemporaryFile("w+") as said:
            if _forked(partial(self._watch, watched, said.name)) != SURVIVES:
                failed = Path(said.name).read_text(encoding="utf-8")
                raise RuntimeError(f"a test fails without any fault: {failed}")
            lines, seconds = json.load(said)
        by_path = {
            path: {int(line): tests for line, tests in here.items()} for path, here in lines.items()
        }
        return Reach(by_path, seconds)

    def _watch(self, watched: Sequence[Path], said: str) -> int:
        watch = coverage.Coverage(data_file=None, source=[str(each) for each in watched])
        began: dict[str, float] = {}

        def before(test: str) -> None:
            watch.switch_context(test)
            began[test] = time.process_time()

        watch.start()
        done = self.tests(list(self.items), before)
        watch.stop()
        if done != SURVIVES:
            Path(said).write_text(f"{list(began)[-1]}\n{self.why}", encoding="utf-8")
            return done
        ends = [*list(began.values())[1:], time.process_time()]
        seconds = {
            test: end - start for (test, start), end in zip(began.items(), ends, strict=True)
        }
        data = watch.get_data()
        lines = {path: data.contexts_by_lineno(path) for path in data.measured_files()}
        Path(said).write_text(json.dumps([lines, seconds]), encoding="utf-8")
        return SURVIVES


def _forked(run: Callable[[], int]) -> int:
    """The exit code of `run` in a fork; what ends it from outside is a failure."""
    child = os.fork()
    if not child:
        code = _BROKEN
        try:
            code = run()
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return CAUGHT if ended < 0 else ended


def _allow(seconds: int) -> None:
    """End this process when it has used so many more processor seconds, or waits without end."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds, hard))
    signal.alarm(_HANGS * seconds)


def _swap(fault: Fault) -> bool:
    """Give the function that a fault is in its faulty code; whether it is there to be given."""
    code = next((each for each in _codes(fault.code()) if each.co_qualname == fault.function), None)
    found = [
        each
        for each in gc.get_objects()
        if code is not None
        and isinstance(each, FunctionType)
        and each.__code__.co_filename == code.co_filename
        and each.__code__.co_qualname == code.co_qualname
    ]
    for function in found:
        function.__code__ = code
    return bool(found)


def _codes(code: Any) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


class _Import(importlib.machinery.SourceFileLoader):
    """Imports one module with a fault in it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.module, str(fault.path))
        self._fault = fault

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self._fault.module:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(self._fault.code(), vars(module))  # type: ignore[call-overload]


def _anew(fault: Fault | None, limits: Mapping[str, int]) -> int:
    """Import everything, with a fault in it, and run some tests."""
    if fault:
        sys.meta_path.insert(0, _Import(fault))
    _allow(_IMPORTS)
    run = _Run(lambda run: None if run.failed else run.limited(limits))  # type: ignore[func-returns-value]
    ended = _pytest(run, list(limits))
    return SURVIVES if ended == pytest.ExitCode.OK and not run.failed else CAUGHT


def _pytest(run: _Run, tests: Sequence[str]) -> int:
    return pytest.main([*_QUIET, "--rootdir", str(ROOT), *tests], plugins=[run])
