"""`kill -9` while a district's key is changed: each text opens with the key in force, whichever.

The kill falls before the first text's key is wrapped, between two, after the last, right after the
commit, and in the middle of taking the former key away. And a text that somebody writes while the
key is changed opens with the new one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

NOTES = 6
_FIRST, _SECOND = "three harbor lamps at dusk", "four alder leaves in the rain"

_READY = """
import json, os, signal, sys
from pathlib import Path
from accord.workspace import serving
serving.prepare(Path(sys.argv[1]), demo=False)
from django.db import transaction
from django.utils import timezone
from accord.workspace.notes.models import Note
from accord.workspace.people.models import District, Partnership, Person
from accord.workspace.sealing import district_keys, rekeying, shelf
from accord.workspace.sealing.opening import make_key, unlocked_by_passphrase
from accord.workspace.sealing.ring import holding
FIRST, SECOND = sys.argv[2:4]

def write(count):
    cedar = District.objects.get()
    for number in range(count):
        with transaction.atomic():
            Note.objects.create(
                partnership=cedar.partnership, district=cedar, author=Person.objects.get(),
                visibility="district", made_at=timezone.now(), text=f"candid {number}",
            )

def change():
    cedar = District.objects.get()
    key = district_keys.key_of(cedar.pk)
    shown = rekeying.Shown(key, unlocked_by_passphrase(key, FIRST))
    rekeying.change_key(cedar, shown, SECOND, by=Person.objects.get())
"""
_FOUND = """
served = Partnership.objects.create(id="cedar", name="Cedar")
District.objects.create(
    partnership=served, code="1", name="Cedar Valley", short="Cedar Valley", order=1
)
lead = Person.objects.create_user("lead@cedar.example", "a long password", name="Lead")
make_key(District.objects.get(), FIRST, by=lead)
write(int(sys.argv[4]))
"""
_KILLED = """
laid, point = 0, int(sys.argv[4])
replace = Path.replace
def counting(draft, path):
    global laid
    if not path.name.startswith("district"):
        if laid == point:
            os.kill(os.getpid(), signal.SIGKILL)
        laid += 1
    return replace(draft, path)
Path.replace = counting
change()
print("whole")
"""
_CHANGED_SLOWLY = """
wrap_all = rekeying._wrap_all
def slowly(*told):
    done = wrap_all(*told)
    print("wrapped", flush=True)
    sys.stdin.readline()
    return done
rekeying._wrap_all = slowly
change()
"""
_WRITTEN = """
print("writing", flush=True)
write(1)
"""
_TOLD = """
cedar = District.objects.get()
district_keys.settle(cedar)
key = district_keys.key_of(cedar.pk)
try:
    private, passphrase = unlocked_by_passphrase(key, FIRST), "first"
except Exception:
    private, passphrase = unlocked_by_passphrase(key, SECOND), "second"
with holding({cedar.pk: private}):
    texts = [str(note.text) for note in Note.objects.order_by("pk")]
marks = sorted({mark for name in shelf.names() for mark in shelf.take(name).wrapped})
print(json.dumps({"by": passphrase, "texts": texts, "only_its_mark": marks == [key.mark]}))
"""


def arguments(home: Path, script: str, *more: object) -> list[str]:
    told = (home, _FIRST, _SECOND, *more)
    return [sys.executable, "-c", _READY + script, *(str(one) for one in told)]


def environment() -> dict[str, str]:
    """This one, without the settings under test and without a server's database."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}


def run(home: Path, script: str, *more: object) -> subprocess.CompletedProcess[str]:
    told = arguments(home, script, *more)
    return subprocess.run(told, check=False, env=environment(), capture_output=True, text=True)


def begun(home: Path, script: str) -> subprocess.Popen[str]:
    """A process that has said its first word."""
    process = subprocess.Popen(
        arguments(home, script), env=environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def opened(home: Path) -> dict[str, object]:
    done = run(home, _TOLD)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a district, its key, and notes under it."""
    made = tmp_path_factory.mktemp("workspace")
    done = run(made, _FOUND, NOTES)
    assert done.returncode == 0, done.stderr
    return made


@pytest.mark.parametrize(
    ("point", "by"),
    [(0, "first"), (3, "first"), (NOTES, "second"), (NOTES + 3, "second")],
    ids=["before", "between two", "after the commit", "while the former goes"],
)
def test_a_kill_leaves_every_text_readable(home: Path, tmp_path: Path, point: int, by: str) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    assert run(copy, _KILLED, point).returncode == -signal.SIGKILL
    texts = [f"candid {number}" for number in range(NOTES)]
    assert opened(copy) == {"by": by, "texts": texts, "only_its_mark": True}
    if by == "first":
        assert run(copy, _KILLED, 10 * NOTES).stdout == "whole\n", "it can be done again"
        assert opened(copy) == {"by": "second", "texts": texts, "only_its_mark": True}


def test_a_text_written_while_the_key_is_changed_opens_with_the_new_one(
    home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    changing = begun(copy, _CHANGED_SLOWLY)
    writing = begun(copy, _WRITTEN)
    changing.communicate("\n", timeout=60)
    writing.communicate(timeout=60)
    assert (changing.returncode, writing.returncode) == (0, 0)
    texts = [*(f"candid {number}" for number in range(NOTES)), "candid 0"]
    assert opened(copy) == {"by": "second", "texts": texts, "only_its_mark": True}
