"""`python -m accord.workspace found_partnership EXCHANGE --superintendent DISTRICT=EMAIL …`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accord.base.errors import AccordError
from accord.workspace.releases.first_people import invite_superintendents
from accord.workspace.releases.founding import found


class Command(BaseCommand):
    """Bring a partnership in and invite its first people; everybody else is invited by them."""

    help = "Bring a partnership in from an exchange folder, and invite its superintendents."

    def add_arguments(self, parser: CommandParser) -> None:
        """The exchange folder, and a superintendent's address for each district."""
        parser.add_argument("exchange", type=Path)
        parser.add_argument("--host", required=True, help="the host's own e-mail address")
        parser.add_argument("--superintendent", action="append", default=[], metavar="CODE=EMAIL")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Found it, and print the links of the invitations."""
        try:
            partnership = found(options["exchange"], by=options["host"])
            for line in invite_superintendents(
                partnership, options["superintendent"], host=options["host"]
            ):
                self.stdout.write(line)
        except AccordError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{partnership.name} is founded here.")
