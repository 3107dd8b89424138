"""The exploration letter: what two superintendents sign before there is a charter.

It says what the state publishes about each district, what the districts mean to find out, for how
long, and that no student record is shared. It is a draft until somebody writes the date in.
"""

from __future__ import annotations

from collections.abc import Iterator

from accord.base.canonical import content_hash, short_hash
from accord.base.words import day_words, list_words
from accord.charter.document.parts import Bullets, Memorandum, Paragraph, Section, Signature, Table
from accord.insight.published.findings import PublicView, TopicFinding
from accord.reports.public.words import (
    headline,
    jumps,
    level_text,
    point_text,
    sentence,
    stale_text,
)
from accord.reports.wording import year_text


def letter(view: PublicView) -> Memorandum:
    """The letter about these districts, as a document to print."""
    names = list_words([place.name for place in view.places])
    sections = tuple(_sections(view, names))
    said = content_hash([section.heading for section in sections] + [_said(view)])
    return Memorandum(
        title=f"Exploration letter: {names}",
        kicker="Before a learning partnership",
        subtitle="Published figures and district-level figures, for a named time",
        notice=f"Draft of {day_words(view.today)}. Nobody has signed it.",
        is_draft=True,
        sections=sections,
        signing="By signing, each superintendent agrees to the conversation described here, until "
        "the day named, and to nothing else.",
        signatures=tuple(
            Signature(place.name, "Superintendent", "", "Not signed yet") for place in view.places
        ),
        hash=said,
        short_hash=short_hash(said),
        kind="letter",
    )


def _said(view: PublicView) -> str:
    return " ".join(
        sentence(found, finding.topic) for finding in view.topics for found in finding.places
    )


def _sections(view: PublicView, names: str) -> Iterator[Section]:
    yield Section(
        "What we want to find out",
        (
            Paragraph(
                f"{names} want to know whether learning from each other would help their "
                "students. Before any agreement, we look together at what the state already "
                "publishes about us, and talk.",
                "lead",
            ),
            Paragraph(
                "This letter holds from the day of the last signature until: "
                "____________________. Either of us may end it at any time by saying so."
            ),
        ),
    )
    yield Section("What the state publishes", (Paragraph(headline(view), "lead"), _table(view)))
    told = [
        f"{finding.topic.title}. {sentence(found, finding.topic)}"
        for finding in view.topics
        if finding.topic.better != "neither"
        for found in finding.places
        if found.latest is not None
    ]
    yield Section("What we see", (Bullets(tuple(told)),) if told else (_nothing(),))
    yield Section("What to be careful about", (Bullets(tuple(_careful(view))),))
    yield Section(
        "What we will do, and will not",
        (
            Bullets(
                (
                    "Meet, and ask each other how these figures came about.",
                    "Exchange figures about whole districts only, after each district’s own rules "
                    "have hidden what could show a student.",
                    "Share no student record, and give nobody outside our two offices the other’s "
                    "unpublished figures.",
                    "Decide, before this letter ends, whether to write a charter.",
                )
            ),
        ),
    )


def _nothing() -> Paragraph:
    return Paragraph("The files given show student groups only; see the table.")


def _table(view: PublicView) -> Table:
    header = ("figure", "school year", *(place.short for place in view.places))
    rows = []
    for finding in view.topics:
        if all(found.latest is None for found in finding.places):
            continue
        cells = [
            "\n".join(
                filter(None, (point_text(found.latest, finding.topic), level_text(found.latest)))
            )
            for found in finding.places
        ]
        year = year_text(finding.newest)
        rows.append(
            (finding.topic.title, f"{year}\nnot the newest" if finding.stale else year, *cells)
        )
    return Table(
        "Everyone that each figure is about, as the state published it",
        header,
        tuple(rows),
        (4, 2, *(3 for _ in view.places)),
    )


def _careful(view: PublicView) -> Iterator[str]:
    for finding in view.topics:
        if text := stale_text(finding):
            yield f"{finding.topic.title}. {text}"
        yield from jumps(finding)
        if _only_groups(finding):
            yield f"{finding.topic.title} is given by student group only; see the scorecard."
    yield "Districts differ in whom they serve; figures side by side are not a ranking."


def _only_groups(finding: TopicFinding) -> bool:
    """Whether no district has a figure for everyone together."""
    return all(found.latest is None for found in finding.places)
