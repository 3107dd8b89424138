"""Which releases somebody's figures come from, and the view of them, built once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock

from django.db.models import Q
from django.utils import timezone

from accord.base.canonical import content_hash
from accord.base.errors import StateError
from accord.cells.table import CellTable
from accord.indicators.catalogue import load_catalogue
from accord.insight.build import build
from accord.insight.release_info import describe
from accord.insight.view import IndicatorFinding, View
from accord.workspace.people.models import Partnership
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.table import READS
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.exchanging import charter_now, exchange_of
from accord.workspace.releases.models import Arrival

_BUILDING = Lock()
"""One reader builds a view while others wait; built in every thread at once it takes longer."""


@dataclass(frozen=True)
class Figures:
    """What somebody may see of the figures: the releases shown, and those under embargo for them.

    `key` names this very set of releases under this charter.
    """

    partnership: Partnership
    audience: str
    shown: tuple[Arrival, ...]
    left_out: tuple[Arrival, ...]
    key: str

    @property
    def view(self) -> View:
        """What the releases say. Raises `StateError` where there are none."""
        if not self.shown:
            raise StateError.because(
                f"There is no release for {self.audience} that may be shown yet.",
                "A district's people bring one on the page of releases.",
            )
        with _BUILDING:
            return _view(self.partnership.pk, self.key, tuple(row.pk for row in self.shown))

    def finding(self, indicator: str) -> IndicatorFinding | None:
        """One indicator's finding, where the releases hold it."""
        found = (item for item in self.view.indicators if item.definition.id == indicator)
        return next(found, None)


def figures_for(actor: Actor, *, audience: str | None = None) -> Figures:
    """The figures that somebody may see: the partners' edition where their role reads it.

    `audience` may ask for the public edition instead.
    """
    reads_partners = bool(actor.roles & READS[Visibility.PARTNERS])
    chosen = "partners" if reads_partners and audience != "public" else "public"
    own = actor.district if reads_partners else None
    return figures_of(actor.partnership, chosen, reader=own, today=timezone.localdate())


def figures_of(
    partnership: Partnership, audience: str, *, reader: int | None, today: date
) -> Figures:
    """The figures of a partnership on a day; `reader` is the district that sees its own at once."""
    shown: list[Arrival] = []
    left_out: list[Arrival] = []
    received = Arrival.objects.filter(
        partnership=partnership, audience=audience, state=Arrival.State.RECEIVED
    ).select_related("district")
    open_now = Q(embargo__isnull=True) | Q(embargo__lte=today) | Q(district=reader)
    for district in partnership.districts.all():
        of_district = received.filter(district=district).order_by("-number")
        newest = of_district.filter(open_now).first()
        shown += [newest] if newest else []
        left_out += of_district.exclude(open_now).filter(number__gt=newest.number if newest else 0)
    return figures_from(partnership, audience, shown, left_out)


def figures_from(
    partnership: Partnership,
    audience: str,
    shown: Sequence[Arrival],
    left_out: Sequence[Arrival] = (),
) -> Figures:
    """The figures of these very releases."""
    return Figures(
        partnership, audience, tuple(shown), tuple(left_out), _key(partnership, audience, shown)
    )


def _key(partnership: Partnership, audience: str, shown: Sequence[Arrival]) -> str:
    return content_hash(
        {
            "charter": charter_now(partnership).hash,
            "audience": audience,
            "releases": [row.release for row in shown],
        }
    )


@lru_cache(maxsize=4)
def _view(partnership: str, key: str, rows: tuple[int, ...]) -> View:
    exchange = exchange_of(Partnership(pk=partnership))
    arrivals = [Arrival.objects.select_related("district").get(pk=pk) for pk in rows]
    releases = [exchange.opened(row.code, row.audience, row.sent) for row in arrivals]
    return build(
        charter_now(Partnership(pk=partnership)),
        load_catalogue(),
        [describe(release) for release in releases],
        CellTable.joined(release.table for release in releases),
        arrivals[0].audience,
    )
