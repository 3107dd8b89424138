"""`accord start --public`: begin with what the state publishes, before any record is shared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from accord.base.cds import is_district
from accord.base.errors import InputError
from accord.charter.document import write_pdf, write_word
from accord.cli.console import JsonOption, home_relative, print_json, say, show_table
from accord.cli.reconcile import LayoutOption, layouts, tell_unlisted
from accord.exchange.published.adding import with_all_students
from accord.exchange.published.figure import Figure
from accord.exchange.published.keeping import write_figures
from accord.exchange.published.reading import read_published
from accord.insight.published.findings import PublicView, find
from accord.insight.published.targets import NO_TARGETS, read_targets
from accord.reports.fonts import FONTS
from accord.reports.public.letter import letter
from accord.reports.public.scorecard import write_public_scorecard
from accord.reports.wording import year_text

SCORECARD, FIGURES = "scorecard.html", "figures.csv"
LETTERS = ("letter.pdf", "letter.docx")


def verb(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="CDS… FILE…",
            help="Two or more districts by their 14-digit codes, and the state's files.",
        ),
    ],
    public: Annotated[
        bool, typer.Option("--public", help="From published figures; no other way to start yet.")
    ] = False,
    to: Annotated[Path, typer.Option(help="The folder for the letter and the scorecard.")] = Path(
        "public"
    ),
    founded: Annotated[
        int | None, typer.Option(help="The year the partnership was founded, to mark in charts.")
    ] = None,
    targets: Annotated[
        Path | None, typer.Option(help="Targets of the districts' own plans, a YAML file.")
    ] = None,
    layout: LayoutOption = None,
    today: Annotated[
        str | None, typer.Option(help="The day to judge by which figures are old, as 2026-11-21.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Write an exploration letter and a scorecard about districts, from published figures alone.

    Takes any California districts and any of the state's files; says which figures are no longer
    the newest. Needs no record, no charter and no network.

    Example: accord start --public 10621660000000 19647250000000 elpidownload2024.txt
    """
    districts, paths = _sorted_out(given, public=public)
    files = [read_published(path, layouts=layouts(layout), districts=districts) for path in paths]
    tell_unlisted(files)
    figures = [
        figure for each in files for figure in with_all_students(each) if figure.cds in districts
    ]
    view = find(
        figures,
        districts,
        today=_day(today),
        founded=founded,
        targets=NO_TARGETS if targets is None else read_targets(targets),
    )
    _check(view, figures, districts)
    made = write_public(view, figures, to)
    if json:
        print_json([str(path) for path in made])
        return
    tell(view, made)


def write_public(view: PublicView, figures: Sequence[Figure], folder: Path) -> list[Path]:
    """Write scorecard, letter and figures; return their paths. Raises `MachineError`."""
    scorecard, kept = folder / SCORECARD, folder / FIGURES
    write_public_scorecard(view, scorecard)
    pdf, word = (folder / name for name in LETTERS)
    document = letter(view)
    write_pdf(document, pdf, fonts=FONTS)
    write_word(document, word)
    write_figures(figures, kept)
    return [scorecard, pdf, word, kept]


def tell(view: PublicView, made: Sequence[Path]) -> None:
    """Say what was written, and which figures are old."""
    for path in made:
        say(f"Written: {home_relative(path)}")
    if view.stale:
        show_table(
            "\nNot the newest: newer figures may say something else",
            ["figure", "newest here", "school years old"],
            [
                (finding.topic.title, year_text(finding.newest), finding.years_old)
                for finding in view.stale
            ],
            right={"school years old"},
        )


def _sorted_out(given: Sequence[str], *, public: bool) -> tuple[list[str], list[Path]]:
    if not public:
        raise InputError.because(
            "Say what to start from.", "Add --public, to start from published figures."
        )
    codes = [text for text in given if text.isdigit()]
    for code in codes:
        if not is_district(code):
            raise InputError.because(
                f"{code[:20]} is not the code of a district: 14 digits that end in seven zeros.",
                "Keep the leading zero: Alameda's county is 01. The state lists codes as CDS.",
                field="CDS",
            )
    paths = [Path(text) for text in given if not text.isdigit()]
    if len(set(codes)) < 2 or not paths:
        raise InputError.because(
            "Two or more districts and at least one file are needed.",
            "Name the districts by their CDS codes, then the state's files.",
        )
    return list(dict.fromkeys(codes)), paths


def _day(text: str | None) -> date:
    try:
        return date.today() if text is None else date.fromisoformat(text)
    except ValueError:
        raise InputError.because(
            "This is not a day.", "Write it as 2026-11-21.", field="today"
        ) from None


def _check(view: PublicView, figures: Sequence[Figure], districts: Sequence[str]) -> None:
    present = {figure.cds for figure in figures}
    for code in districts:
        if code not in present:
            raise InputError.because(
                f"None of these files has a figure about the district {code}.",
                "Check the code, and that the files are of this state.",
                field="CDS",
            )
    if not view.topics:
        raise InputError.because(
            "These files hold no figure that a scorecard shows.",
            "Give the state's files of English learners, graduates, cohorts or pupil counts.",
        )
