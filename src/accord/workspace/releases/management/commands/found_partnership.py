"""`python -m accord.workspace found_partnership EXCHANGE --superintendent DISTRICT=EMAIL …`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from accord.base.errors import AccordError
from accord.workspace.people.models import Person
from accord.workspace.people.roles import Role
from accord.workspace.releases.founding import found
from accord.workspace.signin.invitations import invite


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
        except AccordError as error:
            raise CommandError(str(error)) from error
        host, _ = Person.objects.get_or_create(
            email=options["host"].lower(), defaults={"name": "Workspace host"}
        )
        for told in options["superintendent"]:
            code, _, email = told.partition("=")
            position = partnership.positions.filter(
                district__code=code, role=Role.SUPERINTENDENT
            ).first()
            if position is None or not email:
                raise CommandError(f"Write --superintendent as CODE=EMAIL, not {told}.")
            _, secret = invite(position, email=email, name=str(position), until=None, by=host)
            self.stdout.write(f"{position}: {reverse('invitation', args=[secret])}")
        self.stdout.write(f"{partnership.name} is founded here.")
