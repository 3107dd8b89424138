"""`python -m accord.workspace draw`: draw every page of figures before somebody waits for it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accord.workspace.indicators.drawn import draw_all
from accord.workspace.indicators.figures import figures_of
from accord.workspace.people.models import Partnership


class Command(BaseCommand):
    """For the host's timer: what is drawn already is left alone."""

    help = "Draw the pages of figures of the newest releases."

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw both editions, as each district and everybody else sees them today."""
        today = timezone.localdate()
        for partnership in Partnership.objects.all():
            draw_all(figures_of(partnership, "public", reader=None, today=today))
            for reader in (None, *partnership.districts.values_list("pk", flat=True)):
                draw_all(figures_of(partnership, "partners", reader=reader, today=today))
            self.stdout.write(f"{partnership.name}: drawn.")
