"""The workspace's settings under test: its own folder, quick passwords, e-mail kept in memory."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_TOLD = {
    "ACCORD_HOME": tempfile.mkdtemp(prefix="accord-workspace-"),
    "ACCORD_SECRET_KEY": "only-for-tests-" * 5,
    "ACCORD_ON_THIS_MACHINE": "1",
    "ACCORD_DEMO": "1",
}
Path(_TOLD["ACCORD_HOME"], "static").mkdir()
for _name, _value in _TOLD.items():
    os.environ.setdefault(_name, _value)

from accord.workspace.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
