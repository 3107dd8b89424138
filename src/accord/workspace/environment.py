"""What the workspace's host must say: read from environment variables, checked, never guessed.

=======================  ==========================================================================
``ACCORD_HOME``          the folder of received releases, uploads and, without a database, SQLite
``ACCORD_KEYS``          the shelf of the keys of sealed texts, out of backups; ``keys`` in the home
``ACCORD_SECRET_KEY``    signs sessions and links; or ``ACCORD_SECRET_KEY_FILE``, a file with it
``ACCORD_HOSTS``         the names under which the workspace is reached, separated by commas
``ACCORD_DATABASE``      ``postgresql://user:password@host:port/name``; SQLite where it is absent
``ACCORD_MAIL``          ``smtp://user:password@host:port`` or ``smtps://…``; files where absent
``ACCORD_MAIL_FROM``     the sender of its e-mails
``ACCORD_OIDC_FILE``     identity providers and their role mapping, as YAML
``ACCORD_ON_THIS_MACHINE``  ``1`` where `accord serve` runs it for this machine alone, without HTTPS
``ACCORD_DEMO``          ``1`` lets made-up people sign in without a password, with the one above
=======================  ==========================================================================
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from accord.base.errors import InputError
from accord.base.files import machine_errors

_SHORTEST_SECRET = 50


@dataclass(frozen=True)
class Environment:
    """The host's answers. `database` and `mail` are as Django's settings name them."""

    home: Path
    keys: Path
    secret_key: str
    hosts: tuple[str, ...]
    database: Mapping[str, Any]
    mail: Mapping[str, Any]
    oidc_file: Path | None
    on_this_machine: bool
    demo: bool


def read_environment(given: Mapping[str, str] = os.environ) -> Environment:
    """The environment, checked. Raises `InputError` naming the variable that is wrong."""
    home = Path(_required(given, "ACCORD_HOME"))
    on_this_machine = given.get("ACCORD_ON_THIS_MACHINE") == "1"
    demo = given.get("ACCORD_DEMO") == "1"
    if demo and not on_this_machine:
        raise InputError.because(
            "Made-up people may sign in without a password only on this machine.",
            "Leave ACCORD_DEMO out, or set ACCORD_ON_THIS_MACHINE=1 as well.",
            field="ACCORD_DEMO",
        )
    hosts = tuple(part.strip() for part in given.get("ACCORD_HOSTS", "").split(",") if part.strip())
    if not hosts and not on_this_machine:
        raise _missing("ACCORD_HOSTS")
    oidc = given.get("ACCORD_OIDC_FILE")
    return Environment(
        home=home,
        keys=Path(given.get("ACCORD_KEYS") or home / "keys"),
        secret_key=_secret(given),
        hosts=hosts or ("127.0.0.1", "localhost"),
        database=_database(given.get("ACCORD_DATABASE"), home),
        mail=_mail(given, home),
        oidc_file=Path(oidc) if oidc else None,
        on_this_machine=on_this_machine,
        demo=demo,
    )


def _secret(given: Mapping[str, str]) -> str:
    if "ACCORD_SECRET_KEY_FILE" in given:
        path = Path(given["ACCORD_SECRET_KEY_FILE"])
        with machine_errors(path):
            secret = path.read_text(encoding="utf-8").strip()
    else:
        secret = _required(given, "ACCORD_SECRET_KEY")
    if len(secret) < _SHORTEST_SECRET:
        raise InputError.because(
            f"The secret key is shorter than {_SHORTEST_SECRET} characters.",
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe(50))"',
            field="ACCORD_SECRET_KEY",
        )
    return secret


def _database(url: str | None, home: Path) -> dict[str, Any]:
    if url is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "workspace.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # two writers queue up instead of failing
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise InputError.because(
            "This is not the address of a PostgreSQL database.",
            "Write it as postgresql://user:password@host:port/name",
            field="ACCORD_DATABASE",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _mail(given: Mapping[str, str], home: Path) -> dict[str, Any]:
    sender = given.get("ACCORD_MAIL_FROM", "accord workspace <workspace@localhost>")
    url = given.get("ACCORD_MAIL")
    if url is None:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(home / "mail"),
            "DEFAULT_FROM_EMAIL": sender,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise InputError.because(
            "This is not the address of a mail server.",
            "Write it as smtps://user:password@host:port",
            field="ACCORD_MAIL",
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
    }


def _required(given: Mapping[str, str], name: str) -> str:
    if not given.get(name):
        raise _missing(name)
    return given[name]


def _missing(name: str) -> InputError:
    return InputError.because(
        f"The environment variable {name} is not set.",
        "See docs/how-to/deploy.md for what a workspace's host must say.",
        field=name,
    )
