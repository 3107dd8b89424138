"""`python -m accord.workspace contents`: a hash of all that the workspace holds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accord.workspace.keeping.contents import contents, contents_hash


class Command(BaseCommand):
    """Compare it before a backup and after its restore."""

    help = "Print a hash of all tables and files; with --each, one for each."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--each``."""
        parser.add_argument("--each", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it."""
        if options["each"]:
            for name, value in contents().items():
                self.stdout.write(f"{value}  {name}")
        self.stdout.write(contents_hash())
