"""`python -m accord.workspace explore_partnership ID --name NAME --district CODE=NAME=SHORT …`"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accord.base.errors import AccordError
from accord.workspace.releases.exploring import Explorer, explore
from accord.workspace.releases.first_people import invite_superintendents

_PARTS = 3


class Command(BaseCommand):
    """Let districts explore that have no charter yet, and invite their superintendents."""

    help = "Let districts explore before a charter, and invite their superintendents."

    def add_arguments(self, parser: CommandParser) -> None:
        """The id that the charter will have, a name, and each district with its superintendent."""
        parser.add_argument("id")
        parser.add_argument("--name", required=True)
        parser.add_argument("--host", required=True, help="the host's own e-mail address")
        parser.add_argument("--district", action="append", default=[], metavar="CODE=NAME=SHORT")
        parser.add_argument("--superintendent", action="append", default=[], metavar="CODE=EMAIL")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and print the links of the invitations."""
        told = [_explorer(words) for words in options["district"]]
        try:
            partnership = explore(options["id"], options["name"], told, by=options["host"])
            for line in invite_superintendents(
                partnership, options["superintendent"], host=options["host"]
            ):
                self.stdout.write(line)
        except AccordError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{partnership.name} explores here.")


def _explorer(words: str) -> Explorer:
    parts = [part.strip() for part in words.split("=")]
    if len(parts) != _PARTS or not all(parts):
        raise CommandError(f"Write --district as CODE=NAME=SHORT, not {words}.")
    return Explorer(*parts)
