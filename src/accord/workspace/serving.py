"""Running the workspace on this machine: a folder, SQLite, and one process."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command

from accord.base.files import whole_file
from accord.base.progress import Progress

_SECRET = "secret-key"
_THREADS = 8
_LARGEST_REQUEST = 210_000_000


def prepare(home: Path, *, demo: bool) -> None:
    """Make `home` ready to be served on this machine alone: its secret, its tables.

    Raises `MachineError`. May be called once in a process: Django's settings are read once.
    """
    secret = home / _SECRET
    if not secret.exists():
        with whole_file(secret, private=True) as draft:
            draft.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    os.environ["DJANGO_SETTINGS_MODULE"] = "accord.workspace.settings"
    os.environ["ACCORD_HOME"] = str(home.resolve())
    os.environ["ACCORD_SECRET_KEY_FILE"] = str(secret.resolve())
    os.environ["ACCORD_ON_THIS_MACHINE"] = "1"
    os.environ["ACCORD_DEMO"] = "1" if demo else "0"
    django.setup()
    call_command("migrate", verbosity=0)


def load_demo(exchange: Callable[[], Path], progress: Progress) -> None:
    """Found the made-up partnership, unless it is there; `exchange` is asked for its releases."""
    from accord.workspace.demo.seed import draw, seed
    from accord.workspace.people.models import Partnership

    partnership = Partnership.objects.filter(made_up=True).first()
    if partnership is None:
        folder = exchange()
        with progress.step("Letting the partnership's years pass"):
            partnership = seed(folder)
    with progress.step("Drawing the indicators"):
        draw(partnership)


def run(port: int) -> None:
    """Serve on this machine until interrupted."""
    import waitress

    from accord.workspace.wsgi import application

    waitress.serve(
        application,
        host="127.0.0.1",
        port=port,
        threads=_THREADS,
        max_request_body_size=_LARGEST_REQUEST,
        ident=None,
        _quiet=True,
    )
