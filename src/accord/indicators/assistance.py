"""Differentiated assistance: in which priority areas a student group fails, by its colours.

The criteria are dated data (``catalogue/assistance.yaml``). A colour that is not known (too few
students, cut points not on record) is never taken for a good one: what it could decide stays open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from accord.base.documents import Written, read_document
from accord.indicators.levels import Colour
from accord.indicators.sourced import Period, Standing

Way = Mapping[str, tuple[Colour, ...]]


class Area(Written):
    """One of the state's priority areas, and the ways in which a group fails in it.

    An area with `groups` stands, for those and from its own school year on, in place of the area of
    the same priority that is for every group.
    """

    priority: int
    title: str
    groups: tuple[str, ...] = ()
    since: Period | None = Field(default=None, alias="from")
    ways: tuple[Way, ...] = Field(min_length=1)


class AssistanceRule(Written):
    """When a district is eligible, since a school year."""

    assistance: str
    fewest_areas: int = Field(ge=1)
    since: Period = Field(alias="from")
    source: str
    standing: Standing
    areas: tuple[Area, ...]

    def areas_of(self, group: str, period: str) -> tuple[Area, ...]:
        """The areas by which a group is judged in a school year."""
        own = [
            area
            for area in self.areas
            if group in area.groups and (area.since is None or area.since <= period)
        ]
        replaced = {area.priority for area in own}
        shared = [area for area in self.areas if not area.groups and area.priority not in replaced]
        return tuple(sorted([*own, *shared], key=lambda area: area.priority))


@dataclass(frozen=True)
class Assistance:
    """What a group's colours say. `eligible` is empty where the open areas decide, or where the
    criteria of the year are not on record."""

    failed: tuple[Area, ...]
    open: tuple[Area, ...]
    eligible: bool | None


def read_assistance(path: Path) -> AssistanceRule:
    """Read the criteria. Raises `InputError`."""
    return read_document(path, AssistanceRule)[0]


def assistance_of(
    rule: AssistanceRule, period: str, group: str, colours: Mapping[str, Colour | None]
) -> Assistance:
    """How a group stands in a school year; `colours` are by indicator, none where not known."""
    areas = rule.areas_of(group, period)
    if period < rule.since:
        return Assistance(failed=(), open=areas, eligible=None)
    failed = tuple(area for area in areas if any(_holds(way, colours) for way in area.ways))
    still_open = tuple(
        area
        for area in areas
        if area not in failed and any(_may_hold(way, colours) for way in area.ways)
    )
    eligible = None
    if len(failed) >= rule.fewest_areas:
        eligible = True
    elif len(failed) + len(still_open) < rule.fewest_areas:
        eligible = False
    return Assistance(failed, still_open, eligible)


def _holds(way: Way, colours: Mapping[str, Colour | None]) -> bool:
    return all(colours.get(indicator) in found for indicator, found in way.items())


def _may_hold(way: Way, colours: Mapping[str, Colour | None]) -> bool:
    """Whether a way could hold, were the colours that are not known the worst."""
    return all(colours.get(indicator) in (None, *found) for indicator, found in way.items())
