"""One student group across every indicator: a portrait, beside all students."""

from __future__ import annotations

from dataclasses import dataclass

from accord.insight.of_group import of_group
from accord.insight.view import IndicatorFinding
from accord.reports.phrases import (
    ChangeWords,
    TargetWords,
    ValueWords,
    change_words,
    target_words,
    value_words,
)
from accord.workspace.indicators.drawn import kept
from accord.workspace.indicators.figures import Figures


@dataclass(frozen=True)
class Part:
    """One district's part of a row: the group, all students, and what changed for the group."""

    order: int
    district: str
    group: ValueWords
    everyone: ValueWords
    change: ChangeWords | None
    target: TargetWords | None


@dataclass(frozen=True)
class PortraitRow:
    """One indicator."""

    indicator: str
    title: str
    better: str
    strand: str
    parts: tuple[Part, ...]


def portrait_of(figures: Figures, group: str) -> list[PortraitRow]:
    """Every indicator that the releases hold for the group, in the charter's order."""
    return kept(figures, f"portrait:{group}", lambda: _make(figures, group))


def _make(figures: Figures, group: str) -> list[PortraitRow]:
    return [
        row
        for strand in figures.view.strands
        for finding in strand.indicators
        if (row := _row(finding, group, strand.strand.name)) is not None
    ]


def _row(finding: IndicatorFinding, group: str, strand: str) -> PortraitRow | None:
    asked, definition = of_group(finding, group), finding.definition
    if asked is None:
        return None
    return PortraitRow(
        definition.id,
        definition.title,
        definition.direction,
        strand,
        tuple(
            Part(
                found.district.order,
                found.district.short,
                value_words(found.series.latest, definition),
                value_words(whole.series.latest, definition),
                change_words(found.since, definition),
                target_words(found.standing, definition),
            )
            for found, whole in zip(asked.districts, finding.districts, strict=True)
        ),
    )
