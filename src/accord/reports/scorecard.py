"""The scorecard: one HTML file that holds everything it needs, for one named audience.

Readable without a network, without scripts, on a phone and on paper. The script that it carries
only sorts, copies and traces what is on the page already.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from accord.base.files import whole_file
from accord.base.words import day_words, list_words
from accord.insight.judgement import judgement
from accord.insight.view import View
from accord.reports.marks import STATES
from accord.reports.overview import overview
from accord.reports.palette import BETTER, INK, MUTED, PAPER, RULE, WASH, WORSE, partner
from accord.reports.provenance import for_script, releases
from accord.reports.section import section
from accord.reports.sentences import headline, summary
from accord.reports.wording import date_words, year_text

_IN_HEADLINE = 2
_FONTS = {
    "public-sans-latin-ext.woff2": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+1E00-1E9F,U+1EF2-1EFF",
    "public-sans-latin.woff2": (
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,"
        "U+2122,U+2212"
    ),
}


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
        _environment()
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
            strands=[
                (strand.strand, [sections[item.definition.id] for item in strand.indicators])
                for strand in view.strands
                if strand.indicators
            ],
            latest=year_text(view.periods[-1]),
            first=year_text(view.periods[0]),
            since=year_text(view.since),
            founded=day_words(charter.partnership.founded),
            as_of=_as_of(view),
            statuses=list_words(sorted({info.data_status for info in view.releases})),
            releases=releases(view),
            confidence=round(judgement().confidence * 100),
            pace_years=judgement().pace_years,
            least_coverage=round(judgement().least_coverage * 100),
            states=STATES,
            trace=Markup(_script_json(for_script(view))),
            style=Markup(_style(view)),
            script=Markup(_read("script.js")),
        )
    )


def _as_of(view: View) -> str:
    days = sorted({info.as_of for info in view.releases})
    return " and ".join(date_words(day) for day in days)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("accord.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawing"] = Markup
    environment.filters["day"] = day_words
    return environment


def _style(view: View) -> str:
    tokens = {
        "ink": INK, "muted": MUTED, "rule": RULE, "paper": PAPER, "wash": WASH, "better": BETTER,
        "worse": WORSE,
    }  # fmt: skip
    partners = {f"p{item.order}": partner(item.order).colour for item in view.districts}
    root = "".join(f"--{name}:{colour};" for name, colour in (tokens | partners).items())
    classes = "".join(f".{name}{{--own:var(--{name})}}" for name in partners)
    return f"{_font_faces()}:root{{{root}}}{classes}{_read('style.css')}"


@cache
def _font_faces() -> str:
    faces = []
    for name, characters in _FONTS.items():
        data = files("accord.reports").joinpath("fonts", name).read_bytes()
        faces.append(
            "@font-face{font-family:'Public Sans';font-weight:100 900;font-display:swap;"
            f"src:url(data:font/woff2;base64,{base64.b64encode(data).decode()}) format('woff2');"
            f"unicode-range:{characters}}}"
        )
    return "".join(faces)


def _read(name: str) -> str:
    return files("accord.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _script_json(value: Any) -> str:
    """JSON that can't end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
