"""Freezing what the releases say about an indicator at the moment of a decision."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from accord.base.canonical import content_hash
from accord.base.errors import StateError
from accord.insight.series import ALL
from accord.workspace.indicators.drawn import chart_of
from accord.workspace.indicators.figures import Figures
from accord.workspace.indicators.news import news_of_group
from accord.workspace.meetings.models import Evidence


def freeze(figures: Figures, indicator: str, *, at: datetime, group: str = ALL) -> Evidence:
    """Keep what stands: numbers, sentences, chart, and the releases that they come from.

    The same figures frozen again are the same evidence but for the moment. Raises `StateError`
    where no release holds the indicator, or nothing of the group.
    """
    news = news_of_group(figures, indicator, group) if figures.shown else None
    if news is None:
        raise StateError.because(
            "No release that both districts see holds this indicator yet.",
            "Decide once there is one, or note what was said without a decision.",
        )
    sentences, drawing = chart_of(figures, indicator, group)
    said = {"districts": [asdict(item) for item in news.districts], "sentences": sentences}
    if group != ALL:
        said |= {"group": group}
    releases = [
        {"district": str(row.district), "number": row.number, "release": row.release}
        for row in figures.shown
    ]
    body = {"indicator": indicator, "releases": releases, "said": said, "drawing": drawing}
    return Evidence.objects.create(
        indicator=indicator,
        title=news.title,
        frozen_at=at,
        figures=figures.key,
        releases=releases,
        said=said,
        drawing=drawing,
        hash=content_hash(body),
    )


def is_untouched(evidence: Evidence) -> bool:
    """Whether frozen evidence is still what its hash says."""
    body = {
        "indicator": evidence.indicator,
        "releases": evidence.releases,
        "said": evidence.said,
        "drawing": evidence.drawing,
    }
    return evidence.hash == content_hash(body)
