"""`accord workspace send_digests`: the weekly e-mails, for the host's own timer to run."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils import timezone

from accord.workspace.actions.digest import digests
from accord.workspace.people.models import Partnership


class Command(BaseCommand):
    """Send everybody who owns an action that is due, or late, one e-mail."""

    help = "Send the weekly e-mails about actions."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address under which people reach the workspace."""
        parser.add_argument("address", help="such as https://workspace.example.org")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send them, and say how many."""
        base = str(options["address"]).rstrip("/")
        for partnership in Partnership.objects.all():
            found = digests(
                partnership,
                timezone.localdate(),
                lambda link: f"{base}{reverse('update-by-mail', args=[link])}",
            )
            for message in found:
                message.send()
            self.stdout.write(f"{partnership.name}: {len(found)} e-mails.")
