"""The scorecard from published figures: one HTML file that needs nothing else.

It has the look of the partners' scorecard and none of its promises: no charter, no release, no
record stands behind it. Every number names the state's file and the line that it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from accord.base.files import whole_file
from accord.base.words import day_words, list_words
from accord.insight.change import Change
from accord.insight.judgement import judgement
from accord.insight.published.findings import PlaceFinding, Point, PublicView, TopicFinding
from accord.insight.published.topics import topics
from accord.reports.page import environment, style
from accord.reports.public.assistance import assistance_section
from accord.reports.public.plot import group_plot
from accord.reports.public.trend import charts
from accord.reports.public.words import (
    change_text,
    headline,
    jumps,
    level_text,
    movement_text,
    point_text,
    range_text,
    second_line,
    sentence,
    stale_text,
    value_text,
)
from accord.reports.wording import number_text, signed_text, year_text

SHAPES = ("circle", "square", "up", "diamond", "down", "dot")
"""The drawn forms of the districts' markers, in their order."""


@dataclass(frozen=True)
class Stand:
    """Where one district stands, in words; empty where there is nothing to say."""

    order: int
    district: str
    now: str
    could_be: str
    last: str
    last_word: str
    since: str
    since_word: str
    level: str
    target: str
    to_go: str


@dataclass(frozen=True)
class TableRow:
    """One published figure as the table gives it, with its place in the state's file."""

    order: int
    district: str
    year: str
    group: str
    numerator: str
    denominator: str
    value: str
    blank: str
    where: str


@dataclass(frozen=True)
class TopicSection:
    """One topic as the template lays it out."""

    anchor: str
    strand: str
    title: str
    question: str
    plain: str
    year: str
    stale: str
    findings: tuple[tuple[int, str], ...]
    chart: str
    chart_narrow: str
    groups: str
    breaks: tuple[str, ...]
    stands: tuple[Stand, ...]
    since: str
    has: frozenset[str]
    columns: tuple[str, str]
    unit: str
    rows: tuple[TableRow, ...]
    sources: tuple[str, ...]


def write_public_scorecard(view: PublicView, path: Path) -> None:
    """Write the page of `view` as one HTML file, whole. Raises `MachineError`."""
    page = public_scorecard_html(view)
    with whole_file(path) as draft:
        draft.write_text(page, encoding="utf-8")


def public_scorecard_html(view: PublicView) -> str:
    """The page of `view` as the text of one HTML file."""
    sections = [_section(finding, view) for finding in view.topics]
    years = sorted({point.figure.year for item in view.topics for point in _points(item)})
    return (
        environment()
        .get_template("public.html")
        .render(
            names=list_words([place.name for place in view.places]),
            places=view.places,
            headline=headline(view),
            second=second_line(view),
            sections=sections,
            strands=list(dict.fromkeys(section.strand for section in sections)),
            first=year_text(years[0]),
            latest=year_text(years[-1]),
            founded=view.founded,
            assistance=assistance_section(view),
            stale=[section for section in sections if section.stale],
            made=day_words(view.today),
            confidence=round(judgement().confidence * 100),
            sudden=number_text(judgement().sudden_points, 0),
            shapes=SHAPES,
            style=Markup(style(place.order for place in view.places)),
        )
    )


def _points(finding: TopicFinding) -> Iterator[Point]:
    for found in finding.places:
        yield from found.points
        yield from found.groups.values()


def _section(finding: TopicFinding, view: PublicView) -> TopicSection:
    topic = finding.topic
    wide, narrow = charts(finding, view)
    stands = tuple(_stand(found, finding) for found in finding.places if found.latest is not None)
    return TopicSection(
        anchor=topic.indicator,
        strand=topic.strand,
        title=topic.title,
        question=topic.question,
        plain=topic.plain,
        year=year_text(finding.newest),
        stale=stale_text(finding),
        findings=tuple(
            (found.place.order, sentence(found, topic))
            for found in finding.places
            if found.latest is not None
        ),
        chart=wide,
        chart_narrow=narrow,
        groups=group_plot(finding),
        breaks=tuple(jumps(finding)),
        stands=stands,
        since=_since_title(finding),
        has=frozenset(name for stand in stands for name, text in vars(stand).items() if text),
        columns=topic.of,
        unit="%" if topic.unit == "percent" else "",
        rows=tuple(_rows(finding)),
        sources=tuple(f"{source}. File {file}" for source, file in finding.sources),
    )


def _stand(found: PlaceFinding, finding: TopicFinding) -> Stand:
    topic, latest = finding.topic, found.latest
    target = found.target
    value = None if latest is None or latest.estimate is None else latest.estimate.least
    return Stand(
        order=found.place.order,
        district=found.place.short,
        now=point_text(latest, topic),
        could_be=range_text(None if latest is None else latest.estimate),
        last="" if found.last is None else change_text(found.last, topic),
        last_word="" if found.last is None else movement_text(found.last, topic),
        since="" if found.since is None else change_text(found.since, topic),
        since_word="" if found.since is None else _since_word(found.since, finding),
        level=level_text(latest),
        target=""
        if target is None
        else f"{value_text(target.exact, topic)} by {year_text(target.by)} ({target.plan})",
        to_go="" if target is None or value is None else signed_text(target.exact - value, 1),
    )


def _first_years(finding: TopicFinding) -> set[str]:
    return {found.since.since for found in finding.places if found.since is not None}


def _since_title(finding: TopicFinding) -> str:
    """What the row of the longer change is called: its first year, where all begin in the same."""
    years = _first_years(finding)
    return f"since {year_text(years.pop())}" if len(years) == 1 else "since the start"


def _since_word(change: Change, finding: TopicFinding) -> str:
    said = movement_text(change, finding.topic)
    same = len(_first_years(finding)) == 1
    return said if same else f"{said}, from {year_text(change.since)}"


def _rows(finding: TopicFinding) -> Iterator[TableRow]:
    """Every year of everyone together, newest first, then each group's newest year."""
    topic, names = finding.topic, topics()
    for found in finding.places:
        others = [point for group, point in found.groups.items() if group != topic.whole]
        for point in [*reversed(found.points), *others]:
            figure = point.figure
            shown = point.estimate is not None
            yield TableRow(
                order=found.place.order,
                district=found.place.short,
                year=year_text(figure.year),
                group=names.group_name(figure.group),
                numerator="" if figure.numerator is None else number_text(figure.numerator, 0),
                denominator=""
                if figure.denominator is None
                else number_text(figure.denominator, 0),
                value=number_text(point.estimate.least, 1 if topic.unit == "percent" else 0)
                if point.estimate is not None
                else "",
                blank="" if shown else point_text(point, topic),
                where=f"{figure.file}, line {figure.line:,}",
            )
