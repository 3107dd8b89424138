"""The pieces of the pages of figures, drawn once for a set of releases and kept.

Drawing takes a second; reading takes none. The first reader after a release waits, unless the host
has `draw_all` run first (`python -m accord.workspace draw`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from accord import __version__
from accord.insight.of_group import of_group
from accord.insight.series import ALL
from accord.reports.charts import WIDE, trend_chart
from accord.reports.drawing import draw
from accord.reports.fragments import indicator_html, overview_html, sources_html
from accord.reports.sentences import findings, headline, summary
from accord.reports.trend_data import trend_of
from accord.workspace.indicators.figures import Figures

Kept = TypeVar("Kept")


def kept(figures: Figures, what: str, make: Callable[[], Kept]) -> Kept:
    """What `make` gives for this set of releases, made once."""
    name = f"{__version__}:{figures.key}:{what}"
    value: Kept | None = cache.get(name)
    if value is None:
        value = make()
        cache.set(name, value)
    return value


def overview_of(figures: Figures) -> SafeString:
    """The table of all indicators."""
    slug = figures.partnership.pk
    page = reverse("indicators", args=[slug])
    row = reverse("indicator", args=[slug, "indicator"]).replace("/indicator/", "/%s/")
    html = kept(
        figures,
        "overview",
        lambda: str(overview_html(figures.view, row_href=row, strand_href=f"{page}#%s")),
    )
    return mark_safe(html)


def sentences_of(figures: Figures) -> tuple[list[str], list[str]]:
    """The answer first, and the counts that keep it honest."""
    return kept(figures, "sentences", lambda: (headline(figures.view), summary(figures.view)))


def section_of(figures: Figures, indicator: str, group: str = ALL) -> SafeString | None:
    """One indicator's section, for one group; nothing where the releases don't hold it."""

    def make() -> str:
        finding = figures.finding(indicator)
        if finding is not None and group != ALL:
            finding = of_group(finding, group)
        return "" if finding is None else str(indicator_html(finding, figures.view))

    html = kept(figures, f"section:{indicator}:{group}", make)
    return mark_safe(html) if html else None


def sources_of(figures: Figures) -> SafeString:
    """Where the numbers come from."""
    return mark_safe(kept(figures, "sources", lambda: str(sources_html(figures.view))))


def chart_of(figures: Figures, indicator: str, group: str = ALL) -> tuple[list[list[object]], str]:
    """An indicator's sentences, each with its district's place, and its chart; to be frozen.

    Both are empty where the releases don't hold the indicator, or nothing of the group.
    """

    def make() -> tuple[list[list[object]], str]:
        finding = figures.finding(indicator)
        if finding is not None and group != ALL:
            finding = of_group(finding, group)
        if finding is None:
            return [], ""
        trend = trend_of(finding, figures.view, WIDE.plot[1])
        drawing = "" if trend is None else draw(trend_chart(trend, WIDE, short=False), "chart")
        return [[order, sentence] for order, sentence in findings(finding)], drawing

    return kept(figures, f"chart:{indicator}:{group}", make)


def draw_all(figures: Figures) -> None:
    """Draw every page of figures, so that the first reader doesn't wait."""
    if not figures.shown:
        return
    overview_of(figures)
    sentences_of(figures)
    sources_of(figures)
    for finding in figures.view.indicators:
        section_of(figures, finding.definition.id)
        chart_of(figures, finding.definition.id)
