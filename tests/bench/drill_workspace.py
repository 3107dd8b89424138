"""The workspace's drill: lose everything and restore it; be killed while writing, and lose nothing;
go back to the first tables and forward again.

    python tests/bench/drill_workspace.py

On SQLite, or on the PostgreSQL server that `ACCORD_DATABASE` names. Writes
build/bench/workspace.json.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import workspace_database as database
from figures import Figure, exit_code, write_figures
from large_upload import upload_drill
from workspace_host import BUILD, Served, command, copy_of, environment, seeded

WRITES, KILLS, WRITERS = 200, 5, 8
LATER = ("actions", "notes", "releases")
"""The apps whose tables were changed after their first migration, and none was added."""
_TOKEN = """
import django; django.setup()
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from accord.workspace.api import tokens
from accord.workspace.api.tokens import make_token
from accord.workspace.people.models import Seat
from accord.workspace.permissions.actor import actor_in
seat = Seat.objects.filter(position__role="lead", until=None).first()
today = timezone.localdate()
actor = actor_in(seat.position.partnership, seat.person, today)
with transaction.atomic():
    print(make_token(actor, name="drill", may_write=True, until=today + timedelta(days=1))[1])
"""
_KEYED = """
import django; django.setup()
import tempfile
from pathlib import Path
from django.db import transaction
from django.utils import timezone
from accord.workspace.library.models import Document
from accord.workspace.library.uploads import keep
from accord.workspace.people.models import District, Seat
from accord.workspace.sealing.opening import make_key
district = District.objects.first()
lead = Seat.objects.filter(position__role="lead", position__district=district).first().person
make_key(district, "the passphrase of the first key", by=lead)
with tempfile.TemporaryDirectory() as folder, transaction.atomic():
    path = Path(folder) / "minutes.txt"
    path.write_text("what we keep to ourselves, " * 20_000, encoding="utf-8")
    keep(path, path.name, partnership=district.partnership, by=lead, of=lambda upload:
        Document.objects.create(
            title="Our own minutes", upload=upload, partnership=district.partnership,
            district=district, author=lead, visibility="district", made_at=timezone.now(),
        ))
"""
"""A district's key, and a file of half a megabyte that the district keeps to itself."""

_CHANGED = """
import django; django.setup()
from accord.workspace.people.models import District
from accord.workspace.sealing.district_keys import key_of
from accord.workspace.sealing.models import DistrictKey
from accord.workspace.sealing.opening import unlocked_by_passphrase
from accord.workspace.sealing.rekeying import Shown, change_key
district = District.objects.first()
key = key_of(district.pk)
shown = Shown(key, unlocked_by_passphrase(key, "the passphrase of the first key"))
change_key(district, shown, "the passphrase of the second", by=DistrictKey.objects.get().made_by)
"""
_OPENED = """
import django; django.setup()
from accord.workspace.library.models import Document
from accord.workspace.library.uploads import pieces_of
from accord.workspace.people.models import District
from accord.workspace.sealing.district_keys import key_of
from accord.workspace.sealing.opening import unlocked_by_passphrase
from accord.workspace.sealing.ring import holding
district = District.objects.first()
private = unlocked_by_passphrase(key_of(district.pk), "the passphrase of the second")
with holding({district.pk: private}):
    (document,) = Document.objects.filter(visibility="district")
    words = b"".join(pieces_of(document.upload)).decode()
print(document.title == "Our own minutes" and words == "what we keep to ourselves, " * 20_000)
"""
_KEPT = """
import django; django.setup()
import json
from accord.workspace.notes.models import Note
print(json.dumps([note.text for note in Note.objects.filter(text__startswith="sealed:")]))
"""
_TEXTS = """
import django; django.setup()
import json
from django.apps import apps
from accord.workspace.actions.models import Action, Step
from accord.workspace.notes.models import Note
rows = {model._meta.label: model.objects.count() for model in apps.get_models()}
texts = [
    sorted(str(value) for value in model.objects.values_list(name, flat=True))
    for model, name in ((Note, "text"), (Action, "title"), (Action, "detail"), (Step, "words"))
]
print(json.dumps([rows, texts]))
"""


def main() -> int:
    """All drills; the exit code says whether all goals were met."""
    home = seeded()
    large = copy_of(home, "drill-upload")
    found = [
        *restore_drill(copy_of(home, "drill-restore")),
        *kill_drill(copy_of(home, "drill")),
        *upload_drill(large, run(large, _TOKEN)),
        *migration_drill(copy_of(home, "drill-migrations")),
    ]
    write_figures("workspace", found)
    return exit_code(found)


def restore_drill(home: Path) -> list[Figure]:
    """Backup, wipe, restore: the hash of all tables and files before and after.

    A district's key is changed between an older backup of the database and the backup: what the
    district keeps to itself opens with the key of the shelf from either.
    """
    older, backup = BUILD / "drill-older", BUILD / "drill-backup"
    run(home, _KEYED)
    back_up(home, older)
    run(home, _CHANGED)
    before = command(home, "contents")
    began = time.monotonic()
    back_up(home, backup)
    backed = time.monotonic() - began
    database.wipe(home)
    shutil.rmtree(home)
    began = time.monotonic()
    restore(backup, home)
    restored = time.monotonic() - began
    same = command(home, "contents") == before
    command(home, "check_trail")
    opens = run(home, _OPENED) == "True"
    database.wipe(home)
    database.restore(older, home)
    opens_older = run(home, _OPENED) == "True"
    size = sum(path.stat().st_size for path in backup.iterdir()) / 1e6
    goal, key_goal = "identical content hashes", "a sealed file opens with the key of the shelf"
    return [
        Figure(f"backup, wipe, restore on {database.KIND}: identical hashes", float(same),
               "1 = yes", goal=goal, met=same),
        Figure(f"after it, and with a database on {database.KIND} from before the district's key "
               "was changed", float(opens and opens_older), "1 = both open", goal=key_goal,
               met=opens and opens_older),
        Figure(f"backup on {database.KIND}", round(backed, 2), "s", f"{size:.1f} MB", met=True),
        Figure(f"restore on {database.KIND}", round(restored, 2), "s", met=True),
    ]  # fmt: skip


def back_up(home: Path, to: Path) -> None:
    """The database by its own backup, the files as a tar, and the shelf of keys beside them."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    database.back_up(home, to)
    for name, folders in (("home.tar", ("partnerships", "secret-key")), ("keys.tar", ("keys",))):
        with tarfile.open(to / name, "w") as archive:
            for folder in folders:
                archive.add(home / folder, arcname=folder)


def restore(backup: Path, home: Path) -> None:
    """Everything from a backup into an empty place."""
    (home / "static").mkdir(parents=True)
    database.restore(backup, home)
    for name in ("home.tar", "keys.tar"):
        with tarfile.open(backup / name) as archive:
            archive.extractall(home, filter="data")


def kill_drill(home: Path) -> list[Figure]:
    """`kill -9` again and again while notes are written: which were acknowledged, and are gone?"""
    dice, acknowledged, asked = Random(2008), list[str](), 0
    for number in range(KILLS):
        secret = run(home, _TOKEN)  # a token of its own each time, within what one may ask a minute
        with Served(home) as served:
            share = [f"note {number}-{each} of the drill" for each in range(WRITES // KILLS)]
            asked += len(share)
            wanted = dice.randrange(len(share) // 4, len(share))
            acknowledged += write_until(served, share, wanted, secret)
    kept = set(json.loads(run(home, _KEPT)))
    lost = [text for text in acknowledged if text not in kept]
    command(home, "check_trail")
    goal = "nothing acknowledged is lost, the trail holds"
    title = f"kill -9 on {database.KIND}, {KILLS} times in {asked} writes: acknowledged and lost"
    return [
        Figure(title, len(lost), f"of {len(acknowledged)} acknowledged", goal=goal, met=not lost)
    ]


def write_until(served: Served, texts: list[str], wanted: int, secret: str) -> list[str]:
    """Send notes from several writers; kill the server once `wanted` were acknowledged."""
    done: list[str] = []
    guard = threading.Lock()

    def write(text: str) -> None:
        body = json.dumps({"text": text}).encode()
        address = f"{served.address}/api/v1/cedar-harbor/notes"
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        try:
            with urllib.request.urlopen(
                urllib.request.Request(address, body, headers), timeout=60
            ) as answer:
                answer.read()
        except (urllib.error.URLError, OSError):
            return
        with guard:
            done.append(text)
            if len(done) == wanted:
                served.kill()

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, texts))
    return done


def migration_drill(home: Path) -> list[Figure]:
    """The apps of `LATER` go back to their first migration, populated, and all forward again."""
    before = json.loads(run(home, _TEXTS))
    for app in LATER:
        command(home, "migrate", app, "0001", "--verbosity", "0")
    began = time.monotonic()
    command(home, "migrate", "--verbosity", "0")
    taken = time.monotonic() - began
    same = json.loads(run(home, _TEXTS)) == before
    title = f"migrations forward on {database.KIND}, on the populated tables"
    return [
        Figure(title, float(same), "1 = every row and text", f"{taken:.1f} s",
               goal="every row is there, every text opens", met=same),
    ]  # fmt: skip


def run(home: Path, script: str) -> str:
    """What a script in the workspace prints."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
