"""Running the workspace on this machine: a folder, SQLite, and one process."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import django
import waitress
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from accord.base.files import whole_file

_SECRET = "secret-key"
_THREADS = 8
_LARGEST_REQUEST = 1_000_000_000
"""Bytes. More than any file that is taken, so that whoever brings one too large gets a page."""


def prepare(home: Path, *, demo: bool) -> None:
    """Make `home` ready to be served on this machine alone: its secret, its tables.

    Raises `MachineError`. May be called once in a process: Django's settings are read once.
    """
    (home / "static").mkdir(parents=True, exist_ok=True)
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


def run(port: int) -> None:
    """Serve on this machine until interrupted."""
    waitress.serve(
        get_wsgi_application(),
        host="127.0.0.1",
        port=port,
        threads=_THREADS,
        max_request_body_size=_LARGEST_REQUEST,
        ident=None,
        _quiet=True,
    )
