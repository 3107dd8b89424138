"""`python -m accord.workspace expire`: destroys what has outlived the charter's time for it.

It also takes away what a change of a district's key left behind where the machine stopped midway.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accord.workspace.keeping.lifetimes import expire
from accord.workspace.people.models import District, Partnership
from accord.workspace.sealing.district_keys import settle


class Command(BaseCommand):
    """Run it every day."""

    help = "Destroy the texts of notes and drafts whose time is over, and keys no longer in force."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how much it was, a partnership a line."""
        for partnership in Partnership.objects.all():
            count = expire(partnership, timezone.localdate())
            self.stdout.write(f"{partnership}: {count} expired")
        for district in District.objects.all():
            settle(district)
