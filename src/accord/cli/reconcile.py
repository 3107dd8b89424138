"""`accord reconcile`: a release beside what the state published, row by row."""

from __future__ import annotations

import csv as csv_format
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from accord.base.numbers import decimal_text
from accord.base.words import count_words
from accord.cli.console import JsonOption, err, print_json, say, show_table
from accord.cli.verify import ReleaseFile
from accord.exchange.published.adding import with_all_students
from accord.exchange.published.layout import Layout, read_layout
from accord.exchange.published.reading import PublishedFile, read_published, with_unlisted
from accord.exchange.published.reconcile import Outcome, Reconciled, Row, Side, reconcile
from accord.exchange.release import open_release

_SHOWN = 40
_COLUMNS = (
    "indicator", "published", "organisation", "name", "period", "group", "our_numerator",
    "our_denominator", "our_value", "published_numerator", "published_denominator",
    "published_value", "outcome", "rule", "why", "file", "line",
)  # fmt: skip

PublishedOption = Annotated[
    list[Path], typer.Option("--published", help="A file of the state's figures; repeat for more.")
]
LayoutOption = Annotated[
    Path | None,
    typer.Option("--layout", help="A layout of your own, for files that no shipped layout fits."),
]


def verb(
    release: ReleaseFile,
    published: PublishedOption,
    layout: LayoutOption = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print every row as CSV.")] = False,
    json: JsonOption = False,
) -> None:
    """Set released cells beside the state's published figures, row by row.

    Each row agrees, differs for a reason that a rule gives (census against cumulative, level of
    evaluation, late certification, small-n blank), or differs and is listed as unexplained.

    Example: accord reconcile cedar-valley.accord --published suspdownload2025.txt
    """
    table = open_release(release).table
    districts = table.distinct("district")
    files = [
        read_published(path, layouts=layouts(layout), districts=districts) for path in published
    ]
    tell_unlisted(files)
    found = reconcile(table, [figure for each in files for figure in with_all_students(each)])
    if csv:
        writer = csv_format.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_plain(row).values() for row in found.rows)
    elif json:
        print_json(
            {
                "counts": {outcome.value: found.count(outcome) for outcome in Outcome},
                "unmet": dict(found.unmet),
                "rows": [_plain(row) for row in found.rows],
            }
        )
    else:
        _show(found)


def layouts(path: Path | None) -> Mapping[str, Layout] | None:
    """The layout of a person's own, or nothing: then those that ship are tried."""
    if path is None:
        return None
    layout = read_layout(path)
    return {layout.layout: layout}


def tell_unlisted(files: list[PublishedFile]) -> None:
    """Say on standard error which codes no layout knew."""
    for sentence in with_unlisted(files):
        err.print(sentence)


def _show(found: Reconciled) -> None:
    if not found.rows and not found.unmet:
        say("None of these figures is about this district or one of its schools.")
        return
    order = [Outcome.UNEXPLAINED, Outcome.EXPLAINED, Outcome.AGREES, Outcome.HIDDEN]
    rows = sorted(found.rows, key=lambda row: order.index(row.outcome))[:_SHOWN]
    show_table(
        f"{len(found.rows):,} rows side by side",
        ["indicator", "year", "organisation", "group", "ours", "published", "outcome", "why"],
        [
            (
                row.indicator,
                row.period,
                row.name or row.organisation,
                row.group,
                _side(row.ours),
                _side(row.theirs),
                row.outcome.value,
                f"{row.rule}: {row.why}" if row.rule else row.why,
            )
            for row in rows
        ],
        right={"ours", "published"},
    )
    if len(found.rows) > len(rows):
        say(f"The first {len(rows)} are shown, differences first. Print all with --csv.")
    say(" · ".join(f"{found.count(outcome):,} {outcome.value}" for outcome in order))
    if found.unmet:
        unmet = count_words(sum(found.unmet.values()), "published figure", "published figures")
        say(f"{unmet} of these organisations met no cell of the release.")


def _side(side: Side) -> str:
    parts = f"{_text(side.numerator) or '–'}/{_text(side.denominator) or '–'}"
    return parts if side.value is None else f"{side.value:f} ({parts})"


def _text(value: object) -> str:
    return "" if value is None else decimal_text(value)  # type: ignore[arg-type]


def _plain(row: Row) -> dict[str, str]:
    texts = (
        row.indicator, row.published, row.organisation, row.name, row.period, row.group,
        _text(row.ours.numerator), _text(row.ours.denominator), _text(row.ours.value),
        _text(row.theirs.numerator), _text(row.theirs.denominator), _text(row.theirs.value),
        row.outcome.value, row.rule, row.why, row.file, str(row.line),
    )  # fmt: skip
    return dict(zip(_COLUMNS, texts, strict=True))
