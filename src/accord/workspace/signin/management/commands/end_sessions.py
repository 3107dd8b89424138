"""`python -m accord.workspace end_sessions`: sign a person out of every browser, or everybody."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accord.base.words import count_words
from accord.workspace.people.models import Person
from accord.workspace.signin.sessions import end_all, end_everywhere

BY_THE_HOST = "the workspace's host"


class Command(BaseCommand):
    """End sessions at once: of somebody whose machine was stolen, or all of them."""

    help = "Sign a person out of every browser, or everybody out."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose sessions end."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--of", metavar="ADDRESS", help="the person with this e-mail address")
        whose.add_argument("--all", action="store_true", help="everybody")

    def handle(self, *args: Any, **options: Any) -> None:
        """End them, and say how many."""
        if options["all"]:
            end_all(by=BY_THE_HOST)
            self.stdout.write("Everybody is signed out.")
            return
        person = Person.objects.filter(email__iexact=options["of"]).first()
        if person is None:
            raise CommandError(
                f"Nobody here has the address {options['of']}. The page “People” lists who does."
            )
        ended = end_everywhere(person, by=BY_THE_HOST)
        browsers = count_words(ended, "browser", "browsers")
        self.stdout.write(f"{person.name} is signed out of {browsers}.")
