"""`kill -9` at random points of import, measure, release, approve, receive and ledger entries.

Each verb is run once to its end and timed; then again and again, killed at a random moment. After
every kill whatever was committed is still there and whole, and running the verb once more ends as
it would have. One kill of each in CI; ACCORD_KILLS says how many in all.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accord.base.files import PARTIAL
from accord.exchange.custody import ROLES
from accord.exchange.folder import Exchange
from accord.exchange.ledger import Entry, Ledger
from accord.exchange.release import Release, open_release
from accord.station.engines.measure import current_measure
from accord.station.records.current import current
from accord.station.review.draft import read_draft
from accord.station.station import Station
from demonstration import CEDAR, HARBOR, both_keys

KILLS = max(1, int(os.environ.get("ACCORD_KILLS", "6")) // 6)
_PATIENCE = 12  # tries until a kill falls within a run, which may be quicker than the first was
_RUN = """
import sys
import accord.cli.app as app
app.build(sys.argv[1])
print("ready", flush=True)
sys.exit(app.run(sys.argv[1:]))
"""


class Killer:
    """Runs a command, whole or killed after a while."""

    def __init__(self, *arguments: object) -> None:
        self.command = [sys.executable, "-c", _RUN, *map(str, arguments)]
        self.seconds = 0.0

    def whole(self) -> None:
        process, began = self._start(), time.monotonic()
        _, errors = process.communicate()
        assert process.returncode == 0, errors
        self.seconds = time.monotonic() - began

    def killed(self, chance: random.Random) -> bool:
        process = self._start()
        time.sleep(chance.uniform(0, self.seconds))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process


@pytest.fixture
def place(demo: Path, tmp_path: Path) -> Path:
    """A copy of a station and of everything around it, to be killed in."""
    for name in ("stations", "extracts", "keys", "releases"):
        (tmp_path / name).mkdir()
        for one in (demo / name).iterdir():
            if CEDAR in one.name:
                copy = shutil.copytree if one.is_dir() else shutil.copyfile
                copy(one, tmp_path / name / one.name)  # type: ignore[operator]
    shutil.copyfile(demo / "releases" / f"{HARBOR}.accord", tmp_path / "harbor.accord")
    shutil.copyfile(demo / "keys" / f"{HARBOR}.pem", tmp_path / "harbor-root.pem")
    for name in ("charter.yaml", "charter.signatures.json"):
        shutil.copyfile(demo / name, tmp_path / name)
    return tmp_path


def kills(killer: Killer, reset: Callable[[], None]) -> Iterator[None]:
    """Killed at random points after a whole run, each after a reset; one falls within a run."""
    chance, tried, killed = random.Random(20), 0, 0
    while tried < KILLS or (not killed and tried < _PATIENCE):
        reset()
        tried, killed = tried + 1, killed + killer.killed(chance)
        yield
    assert killed > 0


def kill_often(killer: Killer, reset: Callable[[], None], check: Callable[[], None]) -> None:
    """Kill at random points; `check` holds after each kill, and after the run that follows it."""
    killer.whole()
    check()
    for _ in kills(killer, reset):
        check()
        killer.whole()
        check()


def leftovers(folder: Path) -> Iterator[Path]:
    return folder.rglob(f"*{PARTIAL}*")


def test_import(place: Path) -> None:
    station = Station.open(place / "stations" / CEDAR)
    extracts = place / "extracts" / CEDAR
    chosen = [extracts / "SENR_2024-25.csv", extracts / "SINF_2024-25.csv"]
    whole = current(station)
    killer = Killer("import", station.folder, *chosen, "--mapping", extracts / "mapping.yaml")

    def correct() -> None:
        """Make both files new, so that the next import has something to do."""
        for path in chosen:
            lines = path.read_bytes().splitlines(keepends=True)
            path.write_bytes(b"".join(lines[:-1]))

    def check() -> None:
        records = current(station)
        assert set(records.tables) == set(whole.tables)
        assert len(records.snapshots) == len(whole.snapshots)
        for paths in records.tables.values():
            for path in paths:
                assert path.read_bytes()[-4:] == b"PAR1"

    kill_often(killer, correct, check)
    assert not list(leftovers(station.imports_folder))
    assert current(station).hash != whole.hash


def test_measure(place: Path) -> None:
    station = Station.open(place / "stations" / CEDAR)
    killer = Killer("measure", station.folder)
    first = current_measure(station)
    files = sorted(path.name for path in first.folder.rglob("*.parquet"))

    def forget() -> None:
        """Take the measure away, so that the next run has something to do."""
        shutil.rmtree(first.folder)
        (station.measures_folder / "current").unlink()

    def check() -> None:
        if (station.measures_folder / "current").exists():
            found = current_measure(station)
            assert found.id == first.id
            assert sorted(path.name for path in found.folder.rglob("*.parquet")) == files

    kill_often(killer, forget, check)
    assert current_measure(station).id == first.id
    assert not list(leftovers(station.measures_folder))


def test_release(place: Path) -> None:
    station = Station.open(place / "stations" / CEDAR)
    killer = Killer("release", station.folder, *both_keys(place / "keys"))
    kill_often(killer, lambda: None, lambda: check_releases(station))
    assert len(released(station)) >= 2 + KILLS


def test_approve(place: Path) -> None:
    """Killed while approving, a draft is still a draft, or it is a release: never both, or half."""
    station = Station.open(place / "stations" / CEDAR)
    preparer, approver = (place / "keys" / f"{CEDAR}-{role}.pem" for role in ROLES)
    killer = Killer("release", station.folder, "--approve", "--key", approver)

    def prepare() -> None:
        Killer("release", station.folder, "--prepare", "--key", preparer).whole()
        Killer("release", station.folder, "--review").whole()

    prepare()
    killer.whole()
    before = len(released(station))
    for _ in kills(killer, prepare):
        check_releases(station)
        if len(released(station)) == before:
            assert read_draft(station, "partners").is_reviewed
            killer.whole()
        check_releases(station)
        before += 1
        assert len(released(station)) == before


def test_entering_a_receipt(place: Path) -> None:
    """Documents of a ledger are there once each, however often adding them was interrupted."""
    ledger = Ledger(place / "stations" / CEDAR / "ledger.jsonl")
    exchange, receipt = place / "exchange", place / "receipt.json"
    charter = ("--charter", place / "charter.yaml")
    sent = place / "releases" / f"{CEDAR}.accord"
    signed = ("--receipt", receipt, "--key", place / "harbor-root.pem")
    Killer("receive", exchange, *charter, sent, *signed).whole()
    killer, without = (
        Killer("ledger", "add", ledger.path, receipt, *charter),
        ledger.path.read_text(),
    )

    def forget() -> None:
        ledger.path.write_text(without)

    def check() -> None:
        kinds = [entry.kind for entry in ledger.entries()]
        assert kinds[:4] == ["delegated", "delegated", "released", "released"]
        assert kinds[4:] in ([], ["receipt"])

    kill_often(killer, forget, check)
    assert ledger.entries()[-1].kind == "receipt"


def released(station: Station) -> list[Entry]:
    """The releases to partners that the ledger names."""
    entries = Ledger(station.ledger).entries()
    return [
        each
        for each in entries
        if each.kind == "released" and each.subject["audience"] == "partners"
    ]


def check_releases(station: Station) -> None:
    """The ledger holds together, and each release in it is there, signed by two."""
    entries = released(station)
    assert [entry.subject["number"] for entry in entries] == list(range(1, len(entries) + 1))
    for entry in entries[-2:]:
        name = f"{CEDAR}-partners-{entry.subject['number']}.accord"
        release = open_release(station.releases_folder / name)
        assert release.id == entry.subject["release"]
        assert set(release.signatures) == set(ROLES)


def test_receive(place: Path) -> None:
    exchange = Exchange(place / "exchange")
    killer = Killer(
        *("receive", exchange.folder, "--charter", place / "charter.yaml"),
        *(place / "releases" / f"{CEDAR}.accord", place / "harbor.accord"),
    )

    def forget() -> None:
        shutil.rmtree(exchange.folder, ignore_errors=True)

    def check() -> None:
        """What the ledger names is there, as it was sent."""
        if not exchange.charters_folder.exists():
            return
        for release in exchange.current("partners"):
            sent = place / "harbor.accord"
            if release.manifest.district == CEDAR:
                sent = place / "releases" / f"{CEDAR}.accord"
            assert release.data == sent.read_bytes()

    chance, killed = random.Random(21), 0
    killer.whole()
    check()
    for _ in range(KILLS):
        forget()
        killed += killer.killed(chance)
        check()
        received = {release.manifest.district for release in _received(exchange)}
        waiting = [
            path
            for district, path in (
                (CEDAR, place / "releases" / f"{CEDAR}.accord"),
                (HARBOR, place / "harbor.accord"),
            )
            if district not in received
        ]
        Killer("receive", exchange.folder, "--charter", place / "charter.yaml", *waiting).whole()
        check()
        assert len(exchange.current("partners")) == 2
    assert killed > 0


def _received(exchange: Exchange) -> list[Release]:
    return list(exchange.current("partners")) if exchange.charters_folder.exists() else []
