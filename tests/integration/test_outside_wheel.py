"""The wheel without the station has nothing that could read a student row, and does its work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from partnership import CEDAR, Partnership

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outside wheel, unpacked where nothing else of accord is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, env={**os.environ, "ACCORD_OUTSIDE": "1"})
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def accord(installed: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "accord", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        command, cwd=installed, env=environment, text=True, capture_output=True, check=False
    )


def test_there_is_no_station_in_it(installed: Path) -> None:
    names = [path.relative_to(installed) for path in installed.rglob("*")]
    assert any(name.parts[:2] == ("accord", "reports") for name in names)
    assert not [name for name in names if "station" in name.parts or "inside" in name.parts]


def test_its_help_has_the_outside_verbs_and_no_other(installed: Path) -> None:
    shown = accord(installed, "--help").stdout
    for verb in (
        "charter",
        "keys",
        "verify",
        "receive",
        "ledger",
        "exchange",
        "report",
        "cells",
        "catalogue",
        "demo",
        "start",
        "audit",
        "reconcile",
        "serve",
    ):
        assert f"│ {verb} " in shown
    for verb in ("import", "facts", "measure", "release", "synth", "sql"):
        assert f"│ {verb} " not in shown
    assert accord(installed, "import", "x").returncode == 2


def test_every_outside_verb_does_its_work(installed: Path, tmp_path: Path) -> None:
    partnership = Partnership(tmp_path)
    partnership.sign()
    charter, release = partnership.charter_file, tmp_path / "cedar.accord"
    release.write_bytes(partnership.release())
    exchange, reports = tmp_path / "exchange", tmp_path / "reports"
    for arguments in (
        ("keys", "new", tmp_path / "new.pem"),
        ("keys", "show", tmp_path / "new.pem"),
        ("catalogue",),
        ("charter", "draft", "cedar-harbor", tmp_path / "draft.yaml"),
        ("charter", "check", charter),
        ("charter", "diff", charter, charter),
        ("charter", "print", charter, "--to", tmp_path / "charter.pdf"),
        ("verify", release, "--charter", charter),
        ("receive", exchange, "--charter", charter, release),
        ("ledger", "check", exchange / "ledgers" / f"{CEDAR}.jsonl", "--charter", charter),
        ("ledger", "show", exchange / "ledgers" / f"{CEDAR}.jsonl"),
        ("exchange", "show", exchange, "--round", "fall"),
        ("charter", "note", charter, "--to", tmp_path / "note.html"),
        ("report", exchange, "--to", reports),
        ("cells", release, "--csv"),
        ("demo", tmp_path / "public", "--public"),
    ):
        done = accord(installed, *arguments)
        assert done.returncode == 0, (arguments, done.stderr)
    assert (reports / "scorecard.html").stat().st_size > 10_000
    assert (reports / "scorecard.xlsx").stat().st_size > 5_000


def test_a_replayed_release_is_refused_with_its_code(installed: Path, tmp_path: Path) -> None:
    partnership = Partnership(tmp_path)
    partnership.sign()
    release = tmp_path / "cedar.accord"
    release.write_bytes(partnership.release())
    arguments = ("receive", tmp_path / "exchange", "--charter", partnership.charter_file, release)
    assert accord(installed, *arguments).returncode == 0
    again = accord(installed, *arguments, "--json")
    assert again.returncode == 4
    assert "replay" in json.loads(again.stdout)["problems"][0]["what"]
