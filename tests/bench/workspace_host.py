"""A workspace to drill and to load: the demonstration's three years, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import workspace_database as database

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
SEEDED = BUILD / ("workspace-postgresql" if database.SERVER else "workspace")
_STARTS = 300.0
_STUDENTS = "12000"
"""Enough for a dozen schools in each district, so that sixty people have a place."""

_SERVE = """
import sys
from pathlib import Path
from accord.workspace import serving
serving.prepare(Path(sys.argv[1]), demo=True)
serving.run(int(sys.argv[2]))
"""
_LOAD = """
import sys
from pathlib import Path
from accord.base.progress import SILENT
from accord.workspace import serving
serving.prepare(Path(sys.argv[1]), demo=True)
from accord.workspace.demo.loading import load_demo
load_demo(lambda: Path(sys.argv[2]), SILENT)
"""


def seeded() -> Path:
    """The folder of a workspace with the demonstration loaded; made the first time."""
    made = BUILD / "workspace" / "demo"
    exchange = Path(os.environ.get("ACCORD_EXCHANGE", made / "exchange"))
    if not exchange.exists():
        verb = [sys.executable, "-m", "accord.cli.app", "demo", str(made)]
        subprocess.run([*verb, "--students", _STUDENTS], check=True, cwd=ROOT)
    if not database.exists(SEEDED):
        shutil.rmtree(SEEDED / "partnerships", ignore_errors=True)
        database.create(SEEDED)
    arguments = [sys.executable, "-c", _LOAD, str(SEEDED), str(exchange)]
    subprocess.run(arguments, check=True, cwd=ROOT, env=_told(SEEDED))
    return SEEDED


def copy_of(home: Path, name: str) -> Path:
    """A copy of a workspace's folder, to spoil."""
    copied = BUILD / name
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(home, copied, ignore=shutil.ignore_patterns("demo"))
    database.create(copied, of=home)
    return copied


def environment(home: Path) -> Mapping[str, str]:
    """What a command on a workspace's folder is told."""
    return _told(home) | {
        "DJANGO_SETTINGS_MODULE": "accord.workspace.settings",
        "ACCORD_HOME": str(home),
        "ACCORD_SECRET_KEY_FILE": str(home / "secret-key"),
        "ACCORD_ON_THIS_MACHINE": "1",
        "ACCORD_DEMO": "1",
    }


def _told(home: Path) -> dict[str, str]:
    """This environment, with the folder's own database where a server keeps it."""
    told = {"ACCORD_DATABASE": database.address_of(home)} if database.SERVER else {}
    return {**os.environ, **told}


def command(home: Path, *words: str) -> str:
    """What a command of the host prints."""
    run = [sys.executable, "-m", "accord.workspace", *words]
    done = subprocess.run(run, env=environment(home), capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Served:
    """A workspace that is served while the block lasts; `address` is where."""

    def __init__(self, home: Path) -> None:
        self._home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Served:
        arguments = [sys.executable, "-c", _SERVE, str(self._home), str(self.port)]
        self.process = subprocess.Popen(arguments, cwd=ROOT, env=_told(self._home))
        limit = time.monotonic() + _STARTS
        while time.monotonic() < limit:
            try:
                urllib.request.urlopen(f"{self.address}/health", timeout=5)
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return self
        raise TimeoutError("the workspace did not start")

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def kill(self) -> None:
        """`kill -9`."""
        self.process.kill()
