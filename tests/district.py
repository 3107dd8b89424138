"""A copy of a made-up district's station, for tests that release from it again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from accord.cli.app import run
from demonstration import CEDAR, Accord, Outcome


@dataclass
class District:
    """A copy of Cedar Valley's station, with the keys of both districts beside it."""

    accord: Accord
    folder: Path

    @property
    def station(self) -> Path:
        return self.folder / "station"

    @property
    def charter(self) -> Path:
        return self.folder / "charter.yaml"

    @property
    def ledger(self) -> Path:
        return self.station / "ledger.jsonl"

    def key(self, role: str = "", district: str = CEDAR) -> Path:
        return self.folder / "keys" / f"{district}{role and '-' + role}.pem"

    def release(self, *arguments: object) -> Outcome:
        return self.accord("release", self.station, *arguments)

    def step(self, step: str, role: str = "", *arguments: object) -> Outcome:
        key = ("--key", self.key(role)) if role else ()
        return self.release(f"--{step}", *key, *arguments)

    def done(self, *arguments: object) -> Outcome:
        outcome = self.accord(*arguments)
        assert outcome.code == 0, outcome.err
        return outcome


@pytest.fixture
def district(accord: Accord, demo: Path, tmp_path: Path) -> District:
    """A district with the demo's release behind it."""
    return _copy(demo, demo / "stations" / CEDAR, tmp_path, accord)


@pytest.fixture
def prepared(accord: Accord, demo: Path, drafted: Path, tmp_path: Path) -> District:
    """A district with a draft waiting."""
    return _copy(demo, drafted, tmp_path, accord)


@pytest.fixture(scope="session")
def drafted(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station with a draft waiting, prepared once: that takes a while."""
    station = tmp_path_factory.mktemp("drafted") / "station"
    shutil.copytree(demo / "stations" / CEDAR, station)
    key = demo / "keys" / f"{CEDAR}-preparer.pem"
    assert run(["release", str(station), "--prepare", "--key", str(key)]) == 0
    return station


def _copy(demo: Path, station: Path, folder: Path, accord: Accord) -> District:
    shutil.copytree(station, folder / "station")
    shutil.copytree(demo / "keys", folder / "keys")
    for name in ("charter.yaml", "charter.signatures.json"):
        shutil.copyfile(demo / name, folder / name)
    return District(accord, folder)
