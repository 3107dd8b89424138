"""`kill -9` at random points of an import: what counted still counts, and nothing is half there.

A few kills here; ACCORD_KILLS says how many. The kill falls anywhere between the command's first
and last work, so it meets the reading, the writing, the rename and the journal.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from accord.base.files import PARTIAL
from accord.station.records import current
from accord.station.records.snapshot import read_journal
from accord.station.station import Station

KILLS = int(os.environ.get("ACCORD_KILLS", "3"))
FILES = 3
LINES = 20_000

MAPPING = """
mapping: 1
as_of: 2024-06-30
data_status: certified
sources:
  - name: results
    files: "*.csv"
    student: Id
    tables:
      - table: tests
        columns:
          school: School
          school_year: {constant: 2023-24}
          test: {constant: sbac}
          subject: {constant: ela}
          grade: {constant: "5"}
          tested: {constant: true}
          scale_score: Score
      - table: names
        columns: {last_name: Last}
"""

RUN = """
import sys
from pathlib import Path
from accord.station.records import import_files
from accord.station.station import Station
folder, mapping, *files = map(Path, sys.argv[1:])
print("ready", flush=True)
import_files(Station.open(folder), mapping, files)
"""


@pytest.fixture
def station(tmp_path: Path) -> Station:
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    return Station.create(tmp_path / "station", "470", "Apple Valley")


def write_files(folder: Path, generation: int) -> list[Path]:
    """Three files of another generation; each has one line that will be refused."""
    paths = []
    for number in range(FILES):
        rows = "".join(f"{number}-{row},7001,{2000 + generation},Oak\n" for row in range(LINES - 1))
        path = folder / f"{number}.csv"
        path.write_text(f"Id,School,Score,Last\n{rows}{number}-x,7001,none,Oak\n")
        paths.append(path)
    return paths


def start(station: Station, paths: list[Path]) -> subprocess.Popen[bytes]:
    """Begin an import in another process; returns when its work begins."""
    mapping = station.folder.parent / "mapping.yaml"
    arguments = [str(path) for path in (station.folder, mapping, *paths)]
    command = [sys.executable, "-c", RUN, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def generations(station: Station) -> set[int]:
    """Which generations of the files count now; every file that counts is whole and readable."""
    found = set()
    for manifest in current(station).manifests:
        folder = station.imports_folder / manifest.snapshot
        assert manifest.lines.read == LINES
        assert manifest.lines.quarantined == 1
        assert (folder / "quarantine.xlsx").stat().st_size > 0
        names = station.names_folder / f"{manifest.snapshot}.parquet"
        assert duckdb.sql(f"SELECT count(*) FROM '{names}'").fetchall() == [(LINES - 1,)]
        ((rows, low, high),) = duckdb.sql(
            f"SELECT count(*), min(scale_score), max(scale_score) FROM '{folder}/tests.parquet'"
        ).fetchall()
        assert rows == LINES - 1
        assert low == high
        found.add(low - 2000)
    return found


def test_killed_at_any_point(station: Station, tmp_path: Path) -> None:
    chance = random.Random(470)
    began = time.monotonic()
    assert start(station, write_files(tmp_path, 0)).wait() == 0
    longest = time.monotonic() - began
    killed = 0
    for generation in range(KILLS):
        paths = write_files(tmp_path, generation + 1)
        before = read_journal(station)
        process = start(station, paths)
        time.sleep(chance.uniform(0, longest))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL

        assert read_journal(station)[: len(before)] == before
        assert generations(station) in ({generation}, {generation + 1})  # all files or none

        assert start(station, paths).wait() == 0
        assert generations(station) == {generation + 1}
        assert not list(station.folder.rglob(f"*{PARTIAL}*"))
        counted = {entry.snapshot for entry in read_journal(station)}
        assert {path.name for path in station.imports_folder.iterdir()} == counted
        assert {path.stem for path in station.names_folder.iterdir()} == counted
    assert killed > 0


def test_killed_between_the_rename_and_the_journal(station: Station, tmp_path: Path) -> None:
    """The worst moment: a whole snapshot is there, and no line says that it counts."""
    paths = write_files(tmp_path, 0)
    stopped = RUN.replace(
        "import_files(Station",
        "import os\nimport accord.station.records.importing as importing\n"
        "importing.take_slots = lambda *_: os.kill(os.getpid(), 9)\nimport_files(Station",
    )
    arguments = [str(path) for path in (station.folder, tmp_path / "mapping.yaml", *paths)]
    ended = subprocess.run([sys.executable, "-c", stopped, *arguments], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(list(station.imports_folder.iterdir())) == FILES
    assert read_journal(station) == []

    assert start(station, paths).wait() == 0
    assert generations(station) == {0}
    assert len(list(station.imports_folder.iterdir())) == FILES
