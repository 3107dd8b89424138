"""Which tests reach which lines and what each costs, learned by running every test once.

That takes longer than planting a few dozen faults, so it is kept in build/bench: the tests of a
folder are run again only when something changed in the sources, in that folder or in what tests
share.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planting import Fault

_TIMES, _AT_LEAST = 8, 3  # of a test's usual processor time, and seconds


@dataclass(frozen=True)
class Reach:
    """Which tests reach which lines of which file, and each test's processor seconds."""

    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    @classmethod
    def joined(cls, parts: Iterable[Reach]) -> Reach:
        """What the tests of some reach together."""
        lines: dict[str, dict[int, list[str]]] = {}
        seconds: dict[str, float] = {}
        for part in parts:
            seconds |= part.seconds
            for path, here in part.lines.items():
                for line, tests in here.items():
                    lines.setdefault(path, {}).setdefault(line, []).extend(tests)
        return cls(lines, seconds)

    def tests(self, fault: Fault) -> list[str]:
        """The tests that reach a fault, cheapest first; all of its file where it acts on import."""
        here = self.lines.get(str(fault.path), {})
        lines = fault.lines if fault.function else here
        found = {test for line in lines for test in here.get(line, ()) if test in self.seconds}
        return sorted(found, key=lambda test: (self.seconds[test], test))

    def limits(self, tests: Sequence[str]) -> dict[str, int]:
        """How many processor seconds each of some tests may take, in their order."""
        return {test: _AT_LEAST + int(_TIMES * self.seconds[test]) for test in tests}

    def written(self) -> str:
        """As JSON; `read` reads it."""
        return json.dumps([self.lines, self.seconds])

    @classmethod
    def read(cls, text: str) -> Reach:
        """What `written` wrote."""
        lines, seconds = json.loads(text)
        return cls(
            {path: {int(line): tests for line, tests in here.items()}
             for path, here in lines.items()},
            seconds,
        )  # fmt: skip


class Kept:
    """What was learned of each folder's tests, in a folder of files named by what it holds for."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder, self._root = folder, root
        helpers = (each for each in _files(root / "tests", ".py") if each.name[:5] != "test_")
        self._shared = _digest([*_files(root / "src", ".py", ".yaml"), *helpers])

    def by_folder(self, tests: Sequence[str]) -> Mapping[Path, list[str]]:
        """Some tests by the file that keeps what is known of them."""
        folders: dict[str, list[str]] = {}
        for test in tests:
            folders.setdefault(test.partition("::")[0].rpartition("/")[0], []).append(test)
        found = {}
        for folder, some in folders.items():
            own = _digest(self._root.joinpath(folder).glob("test_*.py"))
            key = hashlib.sha256("\n".join([self._shared, own, *sorted(some)]).encode())
            found[self._folder / f"{key.hexdigest()[:16]}.json"] = some
        return found


def _files(folder: Path, *endings: str) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.suffix in endings)


def _digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(path.read_bytes())
    return found.hexdigest()
