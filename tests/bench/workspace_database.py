"""The database of a drilled workspace: a file of SQLite's, or one on the PostgreSQL server named.

`ACCORD_DATABASE` names the server, as `postgresql://user:password@host:port/name`. Each folder of a
workspace then has a database of its own there, called after the folder. The backup is the one that
docs/how-to/deploy.md describes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import LiteralString, cast
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

SERVER = os.environ.get("ACCORD_DATABASE", "")
KIND = "PostgreSQL" if SERVER else "SQLite"
_FILE = "workspace.sqlite3"


def address_of(home: Path) -> str:
    """The address of a folder's database on the server."""
    return urlsplit(SERVER)._replace(path=f"/{_name(home)}").geturl()


def create(home: Path, *, of: Path | None = None) -> None:
    """An empty database for a folder, or a copy `of` another's; SQLite makes its own file."""
    if SERVER:
        wipe(home)
        template = _name(of) if of else "template0"
        _tell("CREATE DATABASE {} TEMPLATE {}", _name(home), template)


def exists(home: Path) -> bool:
    """Whether a folder has its database."""
    if not SERVER:
        return (home / _FILE).exists()
    with psycopg.connect(SERVER) as asked:
        found = asked.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name(home)])
        return found.fetchone() is not None


def wipe(home: Path) -> None:
    """Take a folder's database away."""
    if SERVER:
        _tell("DROP DATABASE IF EXISTS {} WITH (FORCE)", _name(home))
    else:
        (home / _FILE).unlink()


def back_up(home: Path, to: Path) -> None:
    """The database by its own backup, while it may be in use."""
    if SERVER:
        dump = ["pg_dump", "--format=custom", "--file", str(to / "accord.dump"), address_of(home)]
        subprocess.run(dump, check=True)
        return
    with (
        closing(sqlite3.connect(home / _FILE)) as live,
        closing(sqlite3.connect(to / _FILE)) as kept,
    ):
        live.backup(kept)


def restore(backup: Path, home: Path) -> None:
    """The database of a backup, where none is."""
    if SERVER:
        create(home)
        into = ["pg_restore", "--no-owner", "--dbname", address_of(home)]
        subprocess.run([*into, str(backup / "accord.dump")], check=True)
        return
    shutil.copyfile(backup / _FILE, home / _FILE)


def _name(home: Path) -> str:
    return f"accord_{home.name}".replace("-", "_")


def _tell(statement: str, *names: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as told:
        whole = sql.SQL(cast(LiteralString, statement))
        told.execute(whole.format(*(sql.Identifier(name) for name in names)))
