"""`python -m accord.workspace check_trail`: whether every chain of the trail holds together."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accord.workspace.trail.models import Event
from accord.workspace.trail.writing import chains, problems


class Command(BaseCommand):
    """Check every chain, and print its newest hash: written down elsewhere, it proves the rest."""

    help = "Check that the trail was not changed, and print its newest hashes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say each chain's length and hash; fail where one is broken."""
        broken = []
        for chain in chains():
            broken += problems(chain)
            newest = Event.objects.filter(chain=chain).latest("sequence")
            self.stdout.write(f"{chain}: {newest.sequence} events, newest {newest.hash}")
        if broken:
            raise CommandError("\n".join(str(problem) for problem in broken))
