"""The scorecard: one HTML file that holds everything it needs, for one named audience.

Readable without a network, without scripts, on a phone and on paper. The script that it carries
only sorts, copies and traces what is on the page already.
"""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from accord.base.files import whole_file
from accord.base.words import day_words, list_words
from accord.insight.judgement import judgement
from accord.insight.view import View
from accord.reports.marks import STATES
from accord.reports.overview import overview
from accord.reports.page import environment, read_part, script_json, style
from accord.reports.provenance import as_of_words, behind_words, for_script, releases
from accord.reports.section import section
from accord.reports.sentences import headline, summary
from accord.reports.wording import year_text

_IN_HEADLINE = 2


def write_scorecard(view: View, path: Path) -> None:
    """Write the scorecard of `view` as one HTML file, whole. Raises `MachineError`."""
    page = scorecard_html(view)
    with whole_file(path) as draft:
        draft.write_text(page, encoding="utf-8")


def scorecard_html(view: View) -> str:
    """The scorecard of `view` as the text of one HTML file."""
    charter, answers = view.charter, headline(view)
    sections = {item.definition.id: section(item, view) for item in view.indicators}
    return (
        environment()
        .get_template("scorecard.html")
        .render(
            charter=charter,
            audience=view.audience,
            districts=view.districts,
            names=list_words([district.name for district in view.districts]),
            headline=answers[:_IN_HEADLINE],
            also=answers[_IN_HEADLINE:],
            summary=summary(view),
            overview=overview(view),
            strand_href="#%s",
            row_href="#%s",
            strands=[
                (strand.strand, [sections[item.definition.id] for item in strand.indicators])
                for strand in view.strands
                if strand.indicators
            ],
            latest=year_text(view.periods[-1]),
            first=year_text(view.periods[0]),
            since=year_text(view.since),
            founded=day_words(charter.partnership.founded),
            as_of=as_of_words(view),
            behind=behind_words(view),
            statuses=list_words(sorted({info.data_status for info in view.releases})),
            releases=releases(view),
            confidence=round(judgement().confidence * 100),
            pace_years=judgement().pace_years,
            least_coverage=round(judgement().least_coverage * 100),
            states=STATES,
            trace=Markup(script_json(for_script(view))),
            style=Markup(style(item.order for item in view.districts)),
            script=Markup(read_part("script.js")),
        )
    )
