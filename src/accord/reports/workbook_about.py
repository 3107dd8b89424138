"""The sheets that say what the numbers are: read me, definitions, student groups, releases."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.workbook import Workbook

from accord.base.words import list_words
from accord.insight.view import View
from accord.reports.excel_formula import value_formula
from accord.reports.provenance import releases
from accord.reports.sentences import headline, summary
from accord.reports.wording import year_text
from accord.reports.workbook_cells import Field
from accord.reports.workbook_sheet import Value, add_table


def add_read_me(
    book: Workbook, view: View, *, has_schools: bool, beside: Sequence[tuple[str, str]] = ()
) -> None:
    """What this is, for whom, what each sheet and each mark means."""
    sheet = book.add_worksheet("Read me")
    title = book.add_format({"bold": True, "font_size": 16})
    strong = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.set_paper(1)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"Scorecard of the {view.charter.partnership.name}", title)
    lines = [*beside, *_read_me(view, has_schools=has_schools)]
    for row, (name, words) in enumerate(lines, start=2):
        sheet.write_string(row, 0, name, strong)
        sheet.write_string(row, 1, words, text)


def _read_me(view: View, *, has_schools: bool) -> list[tuple[str, str]]:
    names = list_words([district.name for district in view.districts])
    edition = (
        f"Partners’ edition, made for the people who work in this partnership at {names}. Figures "
        "are exact; groups too small to show without showing students are hidden."
        if view.audience == "partners"
        else "Public edition. Rates are shown as ranges, wider for smaller groups, and groups too "
        "small to show without showing students are hidden."
    )
    lines = [
        ("In short", " ".join([*headline(view), *summary(view)])),
        ("Edition", edition),
        ("Years", f"{year_text(view.periods[0])} to {year_text(view.periods[-1])}"),
        ("Scorecard", "One row for each indicator and district: value, range, change, target."),
        ("Districts", "Every released figure of the districts, with the parts it is made of."),
    ]
    if has_schools:
        lines.append(
            (
                "Schools",
                "All students of each school, every year. The releases hold its student groups. "
                "Not a ranking.",
            )
        )
    return [
        *lines,
        ("Definitions", "What each indicator means, its version, its hash and its formula."),
        ("Groups", "Who is in each student group, and with whom it is compared."),
        ("Releases", "The signed files that every number here comes from."),
        (
            "Recompute",
            "“Recomputed” is a formula over numerator and denominator. It rounds halves away from "
            "zero, as the releases do, and must equal “Released value”.",
        ),
        ("◦", "Hidden to protect students. It is never zero, and nothing is guessed in its place."),
        ("–", "Does not apply here, such as a test in a grade without one."),
        ("(blank)", "Missing: the column “State” says why."),
        ("Charter", view.charter.hash),
    ]


def add_definitions(book: Workbook, view: View) -> None:
    """Every definition in use, with the formula of its value."""
    rows = [
        [
            definition.reference,
            definition.title,
            definition.plain,
            definition.unit,
            definition.direction,
            value_formula(definition, "numerator", "denominator").removeprefix("="),
            definition.source,
            definition.standing,
            definition.hash,
        ]
        for finding in view.indicators
        for definition in finding.definitions
    ]
    fields = (
        Field("Definition", 34),
        Field("Title", 34),
        Field("In plain words", 60),
        Field("Unit", 9),
        Field("Better is", 9),
        Field("Formula", 40),
        Field("Source", 50),
        Field("Standing", 12),
        Field("Hash", 76),
    )
    add_table(book, "Definitions", "Definitions in use", fields, rows)


def add_groups(book: Workbook, view: View) -> None:
    """Every student group of the charter."""
    rows = [
        [
            group.id,
            group.name,
            group.plain,
            "" if group.reference is None else _name(view, group.reference),
        ]
        for group in view.groups.values()
    ]
    fields = (
        Field("Id", 34),
        Field("Student group", 44),
        Field("Who is in it", 80),
        Field("Compared with", 30),
    )
    add_table(book, "Groups", "Student groups", fields, rows)


def _name(view: View, group: str) -> str:
    return view.groups[group].name if group in view.groups else group


def add_releases(book: Workbook, view: View) -> None:
    """The releases behind the workbook, with their signatures."""
    rows: list[list[Value]] = [
        [
            words.district,
            words.number,
            words.id,
            words.data_status,
            words.as_of,
            words.years,
            "\n".join(words.signers),
            words.software,
            words.snapshots,
        ]
        for words in releases(view)
    ]
    fields = (
        Field("District", 24),
        Field("Number", 8),
        Field("Release", 76),
        Field("Data status", 12),
        Field("As of", 18),
        Field("Years", 20),
        Field("Signed with", 56),
        Field("Software", 16),
        Field("From imports", 30),
    )
    add_table(book, "Releases", "Releases behind this workbook", fields, rows)
