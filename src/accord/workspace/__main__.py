"""The host's commands: `python -m accord.workspace migrate`, `found_partnership` and others."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.workspace.settings")
execute_from_command_line(["python -m accord.workspace", *sys.argv[1:]])
