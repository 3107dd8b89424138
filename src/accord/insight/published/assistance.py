"""Differentiated assistance, as far as the state's own published colours decide it.

Only colours that the state printed count. An area whose colours the files at hand don't give stays
open; no colour is worked out here, and none is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from accord.exchange.published.figure import Figure
from accord.indicators.assistance import Assistance, AssistanceRule, assistance_of
from accord.indicators.levels import Colour
from accord.insight.series import ALL


@dataclass(frozen=True)
class GroupStanding:
    """One student group of a district in the newest year that has colours of the district.

    `colours` are the published ones, by indicator.
    """

    cds: str
    year: str
    group: str
    colours: dict[str, Colour]
    found: Assistance


@dataclass(frozen=True)
class Standings:
    """The groups of all districts, in the districts' order, and the rule they were judged by."""

    rule: AssistanceRule
    groups: tuple[GroupStanding, ...]


def standings(
    figures: Iterable[Figure], districts: Sequence[str], rule: AssistanceRule
) -> Standings:
    """How the student groups of these districts stand, in the districts' order.

    `figures` are the districts' own, over all their schools.

    All students are no group here: assistance is about groups that fall behind. Groups without a
    published colour are left out; districts without one have no standing.
    """
    coloured = [figure for figure in figures if figure.colour and figure.group != ALL]
    return Standings(
        rule,
        tuple(
            standing
            for cds in districts
            for standing in _of_district(cds, [each for each in coloured if each.cds == cds], rule)
        ),
    )


def _of_district(
    cds: str, coloured: Sequence[Figure], rule: AssistanceRule
) -> Iterator[GroupStanding]:
    newest = max((figure.year for figure in coloured), default="")
    groups: dict[str, dict[str, Colour]] = {}
    for figure in coloured:
        if figure.year == newest:
            of_group = groups.setdefault(figure.group, {})
            of_group[figure.indicator] = cast(Colour, figure.colour)
    for group, colours in groups.items():
        found = assistance_of(rule, newest, group, colours)
        yield GroupStanding(cds, newest, group, colours, found)
