"""Parts of the scorecard as pieces of another page: the same words, drawings and layout.

The page that holds a piece brings the style sheet and, once, the shapes (`shapes.html`).
"""

from __future__ import annotations

from markupsafe import Markup

from accord.insight.judgement import judgement
from accord.insight.view import IndicatorFinding, View
from accord.reports.overview import overview
from accord.reports.page import environment
from accord.reports.provenance import behind_words, releases
from accord.reports.section import section
from accord.reports.wording import year_text

_WITH_MARKS = '{% import "marks.html" as marks with context %}{% include part %}'


def overview_html(view: View, *, row_href: str, strand_href: str) -> Markup:
    """The table of every indicator in every district.

    `row_href` and `strand_href` are addresses with one ``%s`` for the indicator or strand.
    """
    return _render(
        "overview.html",
        overview=overview(view),
        districts=view.districts,
        latest=year_text(view.periods[-1]),
        since=year_text(view.since),
        confidence=round(judgement().confidence * 100),
        row_href=row_href,
        strand_href=strand_href,
    )


def indicator_html(finding: IndicatorFinding, view: View) -> Markup:
    """The section of one indicator, with its charts drawn and its tables."""
    return _render("indicator.html", item=section(finding, view), since=year_text(view.since))


def sources_html(view: View) -> Markup:
    """Where the numbers come from: releases, what is hidden, and how sure is sure."""
    return _render(
        "about.html",
        releases=releases(view),
        behind=behind_words(view),
        charter=view.charter,
        confidence=round(judgement().confidence * 100),
        pace_years=judgement().pace_years,
        least_coverage=round(judgement().least_coverage * 100),
    )


def _render(part: str, **context: object) -> Markup:
    return Markup(environment().from_string(_WITH_MARKS).render(part=part, **context))
