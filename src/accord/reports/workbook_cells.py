"""The sheets of cells: numerator, denominator, the released value, and a formula for it.

Rows are read from the table's columns rather than cell by cell: a release of a large district has
tens of thousands of them. A hidden cell shows ◦, one that doesn't apply –, a missing one nothing;
none of the three is a number or a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.indicators.definition import Definition
from accord.insight.series import ALL
from accord.insight.view import View
from accord.reports.excel_formula import value_formula
from accord.reports.marks import STATES
from accord.reports.palette import MUTED
from accord.reports.wording import between_text, year_text

_STATE_WORDS = {
    State.PUBLISHED: "published",
    State.BANDED: "a range",
    State.SUPPRESSED: STATES[State.SUPPRESSED].name,
    State.NOT_APPLICABLE: STATES[State.NOT_APPLICABLE].name,
    State.MISSING: "missing: no records",
}
_TITLE_ROW, _HEAD_ROW = 0, 2


@dataclass(frozen=True)
class Field:
    """A column of the sheet: its head, and how wide it is in characters."""

    head: str
    width: int


_PLACE = (Field("District", 15), Field("Indicator", 32), Field("Year", 9))
_SCHOOL = (Field("School", 28), Field("School id", 16))
_NUMBERS = (
    Field("Numerator", 12),
    Field("Denominator", 12),
    Field("Released value", 13),
    Field("Recomputed", 12),
    Field("Low", 9),
    Field("High", 9),
    Field("Standard error", 10),
    Field("State", 22),
    Field("Data status", 12),
    Field("As of", 11),
    Field("Definition", 34),
)
DISTRICT_FIELDS = (*_PLACE, Field("Grade", 8), Field("Student group", 34), *_NUMBERS)
SCHOOL_FIELDS = (*_PLACE, *_SCHOOL, *_NUMBERS)


@dataclass(frozen=True)
class Names:
    """What ids are called on the sheets."""

    districts: Mapping[str, str]
    groups: Mapping[str, str]
    schools: Mapping[str, str]
    definitions: Mapping[str, Definition]

    @classmethod
    def of(cls, view: View) -> Names:
        return cls(
            {district.id: district.short for district in view.districts},
            {group.id: group.name for group in view.groups.values()},
            {school: name for info in view.releases for school, name in info.schools.items()},
            {
                definition.reference: definition
                for finding in view.indicators
                for definition in finding.definitions
            },
        )


def add_cells(
    book: Workbook,
    name: str,
    title: str,
    *,
    table: CellTable,
    fields: Sequence[Field],
    names: Names,
) -> None:
    """A sheet with an Excel table of `table`'s cells; `fields` say whether it tells schools."""
    sheet = book.add_worksheet(name)
    sheet.write_string(_TITLE_ROW, 0, title, book.add_format({"bold": True, "font_size": 14}))
    writer = _Writer(sheet, _Formats(book), names, [item.head for item in fields])
    count = writer.write_all(table)
    sheet.add_table(
        _HEAD_ROW,
        0,
        _HEAD_ROW + max(count, 1),
        len(fields) - 1,
        {
            "name": f"{name}Cells",
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": heads(book, fields),
        },
    )
    set_up(sheet, fields, _HEAD_ROW)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)


def heads(book: Workbook, fields: Sequence[Field]) -> list[dict[str, object]]:
    """The columns of an Excel table, with heads that wrap."""
    look = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1})
    return [{"header": item.head, "header_format": look} for item in fields]


def set_up(sheet: Worksheet, fields: Sequence[Field], head_row: int) -> None:
    """Widths; in print landscape, one page wide, heads repeated, page numbers below."""
    for place, item in enumerate(fields):
        sheet.set_column(place, place, item.width)
    sheet.set_row(head_row, 30)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head_row)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.hide_gridlines(2)


def schools_of(table: CellTable) -> CellTable:
    """The schools' cells of all students; the releases hold their student groups."""
    columns = table.columns
    school = pc.not_equal(columns["school"], "")
    return CellTable(columns.filter(pc.and_(school, pc.equal(columns["group"], ALL))))


class _Formats:
    """The formats of a sheet; one for each count of decimals."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[int, Format] = {}
        self.mark = book.add_format({"align": "right", "font_color": MUTED})
        self.sum = book.add_format({"num_format": "#,##0.######"})

    def decimals(self, places: int) -> Format:
        """A number with thousands marks and `places` decimals."""
        if places not in self._made:
            text = "#,##0" + ("." + "0" * places if places else "")
            self._made[places] = self._book.add_format({"num_format": text})
        return self._made[places]


class _Writer:
    """Writes the cells of a release as rows of a sheet."""

    def __init__(
        self, sheet: Worksheet, formats: _Formats, names: Names, heads: Sequence[str]
    ) -> None:
        self._sheet, self._formats, self._names = sheet, formats, names
        self._at = {head: place for place, head in enumerate(heads)}
        places = (
            f"{xl_col_to_name(self._at[head])}{{row}}" for head in ("Numerator", "Denominator")
        )
        numerator, denominator = places
        self._formulas = {
            reference: value_formula(definition, numerator, denominator)
            for reference, definition in names.definitions.items()
        }

    def write_all(self, table: CellTable) -> int:
        """Write every cell of an indicator that the charter lists; how many rows that made."""
        columns = {name: table.columns[name].to_pylist() for name in table.columns.column_names}
        row = _HEAD_ROW
        for values in zip(*columns.values(), strict=True):
            cell = dict(zip(columns, values, strict=True))
            reference = f"{cell['indicator']}@{cell['definition_version']}"
            if reference in self._names.definitions:
                row += 1
                self._write(row, cell, self._names.definitions[reference])
        return row - _HEAD_ROW

    def _write(self, row: int, cell: dict[str, Any], definition: Definition) -> None:
        state, names, at = State(cell["state"]), self._names, self._at
        texts = {
            "District": names.districts.get(cell["district"], cell["district"]),
            "Indicator": definition.title,
            "Year": year_text(cell["period"]),
            "Grade": cell["grade"] or "all",
            "School": names.schools.get(cell["school"], cell["school"]),
            "School id": cell["school"],
            "Student group": names.groups.get(cell["group"], cell["group"]),
            "State": _STATE_WORDS[state],
            "Data status": cell["data_status"],
            "As of": cell["as_of"],
            "Definition": definition.reference,
        }
        for head, text in texts.items():
            if head in at:
                self._sheet.write_string(row, at[head], text)
        if state is State.PUBLISHED:
            self._published(row, cell, definition)
        elif state is State.BANDED:
            self._banded(row, cell, definition)
        elif mark := STATES[state].text:
            for head in ("Numerator", "Denominator", "Released value", "Recomputed"):
                self._sheet.write_string(row, at[head], mark, self._formats.mark)

    def _published(self, row: int, cell: dict[str, Any], definition: Definition) -> None:
        shown, whole = self._formats.decimals(definition.decimals), self._formats.decimals(0)
        for head, number in (
            ("Numerator", cell["numerator"]),
            ("Denominator", cell["denominator"]),
        ):
            look = whole if number == number.to_integral_value() else self._formats.sum
            self._sheet.write_number(row, self._at[head], float(number), look)
        value = float(cell["value"])
        self._sheet.write_number(row, self._at["Released value"], value, shown)
        formula = self._formulas[definition.reference].replace("{row}", str(row + 1))
        self._sheet.write_formula(row, self._at["Recomputed"], formula, shown, value)
        if cell["standard_error"] is not None:
            error = float(cell["standard_error"])
            self._sheet.write_number(row, self._at["Standard error"], error)

    def _banded(self, row: int, cell: dict[str, Any], definition: Definition) -> None:
        shown = self._formats.decimals(definition.decimals)
        text = between_text(cell["low"], cell["high"], definition.decimals)
        self._sheet.write_string(row, self._at["Released value"], text, self._formats.mark)
        self._sheet.write_number(row, self._at["Low"], float(cell["low"]), shown)
        self._sheet.write_number(row, self._at["High"], float(cell["high"]), shown)
