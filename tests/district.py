"""A copy of a made-up district's station, for tests that release from it again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import CEDAR, Accord, Outcome


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
    shutil.copytree(demo / "stations" / CEDAR, tmp_path / "station")
    shutil.copytree(demo / "keys", tmp_path / "keys")
    for name in ("charter.yaml", "charter.signatures.json"):
        shutil.copyfile(demo / name, tmp_path / name)
    return District(accord, tmp_path)


@pytest.fixture
def prepared(district: District) -> District:
    """A district with a draft waiting."""
    outcome = district.step("prepare", "preparer")
    assert outcome.code == 0, outcome.err
    return district
