"""What the workspace holds, as hashes: the same before a backup and after its restore.

Rows are read as the database keeps them, sealed texts sealed. Sessions are left out: they end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

from accord.base.canonical import bytes_hash, content_hash

_LEFT_OUT = ("sessions.session", "usersessions.usersession")
_FOLDERS = ("partnerships",)


def contents() -> dict[str, str]:
    """A hash for each table and each file, by name."""
    return dict(sorted([*_tables(), *_files()]))


def contents_hash() -> str:
    """One hash of all of it."""
    return content_hash(contents())


def _tables() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower in _LEFT_OUT or not model._meta.managed:
            continue
        table, key = model._meta.db_table, model._meta.pk.column
        with connection.cursor() as cursor:
            quote = connection.ops.quote_name
            cursor.execute(f"SELECT * FROM {quote(table)} ORDER BY {quote(key)}")
            columns = [column[0] for column in cursor.description]
            order = sorted(range(len(columns)), key=columns.__getitem__)
            rows = [[str(row[place]) for place in order] for row in cursor.fetchall()]
        yield f"table {table}", content_hash([sorted(columns), rows])


def _files() -> Iterator[tuple[str, str]]:
    home: Path = settings.ACCORD_HOME
    keys: Path = settings.ACCORD_KEYS
    for folder in (*(home / name for name in _FOLDERS), keys):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = f"file {folder.name}/{path.relative_to(folder)}"
                yield name, bytes_hash(path.read_bytes())
