"""The scorecard as an Excel workbook: the same numbers, with formulas that compute them again.

People who must trust a number recompute it. Every released value stands beside a formula over its
numerator and denominator; hidden cells are marked and hold neither number nor formula. Text is
written as text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.workbook import Workbook

from accord.base.files import whole_file
from accord.insight.view import View
from accord.reports.workbook_about import add_definitions, add_groups, add_read_me, add_releases
from accord.reports.workbook_cells import (
    DISTRICT_FIELDS,
    SCHOOL_FIELDS,
    Names,
    add_cells,
    schools_of,
)
from accord.reports.workbook_scorecard import add_scorecard

_TEXT_STAYS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_workbook(view: View, path: Path, beside: Sequence[tuple[str, str]] = ()) -> None:
    """Write the workbook of `view`, whole. Raises `MachineError`.

    `beside` are lines of its first sheet that come before all others: what is said of the figures,
    and what a district replies.
    """
    with whole_file(path) as draft, Workbook(str(draft), _TEXT_STAYS_TEXT) as book:
        _fill(book, view, beside)


def _fill(book: Workbook, view: View, beside: Sequence[tuple[str, str]]) -> None:
    names = Names.of(view)
    schools = schools_of(view.cells)
    edition = "partners’ edition" if view.audience == "partners" else "public edition"
    book.set_properties(
        {
            "title": f"Scorecard of the {view.charter.partnership.name}, {edition}",
            "comments": f"Charter {view.charter.hash}",
        }
    )
    add_read_me(book, view, has_schools=bool(len(schools)), beside=beside)
    add_scorecard(book, view)
    add_cells(
        book,
        "Districts",
        f"Every released figure of the districts ({edition})",
        table=view.cells.where(school=""),
        fields=DISTRICT_FIELDS,
        names=names,
    )
    if len(schools):
        add_cells(
            book,
            "Schools",
            f"All students of each school, every year ({edition})",
            table=schools,
            fields=SCHOOL_FIELDS,
            names=names,
        )
    add_definitions(book, view)
    add_groups(book, view)
    add_releases(book, view)
