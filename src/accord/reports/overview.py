"""The first screen: every indicator in every district, one row each, ready for the template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accord.insight.view import DistrictFinding, IndicatorFinding, StrandFinding, View
from accord.reports.chart_parts import middle
from accord.reports.phrases import (
    ChangeWords,
    TargetWords,
    ValueWords,
    change_words,
    target_words,
    value_words,
)
from accord.reports.scales import Scale
from accord.reports.spark import sparkline


@dataclass(frozen=True)
class Glance:
    """One indicator in one district, in a few words."""

    order: int
    district: str
    spark: str
    value: ValueWords
    change: ChangeWords | None
    target: TargetWords | None


@dataclass(frozen=True)
class OverviewRow:
    """One indicator; `anchor` leads to its section."""

    anchor: str
    title: str
    better: str
    glances: tuple[Glance, ...]


@dataclass(frozen=True)
class OverviewStrand:
    """One strand of joint work and its indicators."""

    anchor: str
    name: str
    rows: tuple[OverviewRow, ...]


def overview(view: View) -> list[OverviewStrand]:
    """The strands that have indicators, in the charter's order."""
    return [
        OverviewStrand(f"strand-{strand.strand.id}", strand.strand.name, tuple(_rows(strand)))
        for strand in view.strands
        if strand.indicators
    ]


def _rows(strand: StrandFinding) -> Iterator[OverviewRow]:
    for finding in strand.indicators:
        extent = list(_extent(finding)) or [0.0, 1.0]
        scale = Scale(min(extent), max(extent) + (min(extent) == max(extent)), ())
        yield OverviewRow(
            finding.definition.id,
            finding.definition.title,
            finding.definition.direction,
            tuple(_glance(found, finding, scale) for found in finding.districts),
        )


def _glance(found: DistrictFinding, finding: IndicatorFinding, scale: Scale) -> Glance:
    definition = finding.definition
    return Glance(
        order=found.district.order,
        district=found.district.short,
        spark=sparkline(found.series, found.district.order, scale),
        value=value_words(found.series.latest, definition),
        change=change_words(found.since, definition),
        target=target_words(found.standing, definition),
    )


def _extent(finding: IndicatorFinding) -> Iterator[float]:
    for found in finding.districts:
        for reading in found.series.readings:
            if reading.estimate is not None:
                yield middle(reading.estimate)
