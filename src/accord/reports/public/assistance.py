"""Which student groups the state's colours bring near differentiated assistance, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from accord.base.words import list_words
from accord.indicators.assistance import Area
from accord.indicators.levels import Colour
from accord.insight.published.assistance import GroupStanding
from accord.insight.published.findings import Place, PublicView
from accord.insight.published.topics import topics
from accord.reports.wording import year_text

_VERDICTS = {True: "yes", False: "no", None: "can’t be told"}


@dataclass(frozen=True)
class AssistanceRow:
    """One student group of one district: the areas in which it fails, and those left open."""

    order: int
    district: str
    group: str
    colours: str
    failed: str
    open: str
    verdict: str


@dataclass(frozen=True)
class AssistanceSection:
    """The section as the template lays it out; `findings` are by the districts' order."""

    findings: tuple[tuple[int, str], ...]
    rows: tuple[AssistanceRow, ...]
    areas: int
    source: str


def assistance_section(view: PublicView) -> AssistanceSection | None:
    """What the published colours decide; nothing where the files give no colour of a group."""
    groups, rule = view.assistance.groups, view.assistance.rule
    if not groups:
        return None
    by_place = [
        (place, [each for each in groups if each.cds == place.cds]) for place in view.places
    ]
    return AssistanceSection(
        findings=tuple((place.order, _sentence(place, own)) for place, own in by_place if own),
        rows=tuple(row for place, own in by_place for row in _rows(place, own)),
        areas=rule.fewest_areas,
        source=rule.source,
    )


def _sentence(place: Place, own: Sequence[GroupStanding]) -> str:
    """One sentence for a district: which groups are eligible, and how much stays open."""
    year = year_text(own[0].year)
    eligible = [f"“{_group(each)}”" for each in own if each.found.eligible]
    open_ = sum(each.found.eligible is None for each in own)
    said = (
        f"by these colours it is eligible because of {list_words(eligible)}"
        if eligible
        else "these colours make it eligible for no group"
    )
    left = ""
    if open_:
        whose = "1 group" if open_ == 1 else f"{open_} groups"
        left = f"; they leave {whose} open"
    return f"{place.short}, {year}: {said}{left}."


def _rows(place: Place, own: Sequence[GroupStanding]) -> Iterator[AssistanceRow]:
    for each in own:
        yield AssistanceRow(
            order=place.order,
            district=place.short,
            group=_group(each),
            colours=_colours(each),
            failed=_areas(each.found.failed),
            open=_areas(each.found.open),
            verdict=_VERDICTS[each.found.eligible],
        )


def _group(standing: GroupStanding) -> str:
    return topics().group_name(standing.group)


def _colours(standing: GroupStanding) -> str:
    """``red: Suspension, Chronic absenteeism; green: …``, the worst first."""
    told = {
        colour: [_title(name) for name, found in standing.colours.items() if found == colour]
        for colour in get_args(Colour)
    }
    return "; ".join(f"{colour}: {', '.join(names)}" for colour, names in told.items() if names)


def _title(indicator: str) -> str:
    return next((t.title for t in topics().topics if t.indicator == indicator), indicator)


def _areas(areas: Sequence[Area]) -> str:
    return "; ".join(f"{area.priority} {area.title}" for area in areas) or "none"
