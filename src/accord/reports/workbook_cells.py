"""The sheets of cells: numerator, denominator, the released value, and a formula that recomputes it.

Rows are read from the table's columns rather than cell by cell: a release of a large district has
tens of thousands of them. A hidden cell shows ◦, one that doesn't apply –, a missing one nothing;
none of the three is a number or a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
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


_PLACE = (Field("District", 15), Field("Indicator", 34), Field("Year", 9))
_SCHOOL = (Field("School", 28), Field("School id", 16))
_NUMBERS = (
    Field("Numerator", 12),
    Field("Denominator", 12),
    Field("Released value", 13),
    Field("Recomputed", 12),
    Field("Low", 9),
    Field("High", 9),
    Field("Standard error", 10),
    Field("State", 26),
    Field("Data status", 12),
    Field("As of", 11),
    Field("Definition", 34),
)
DISTRICT_FIELDS = (*_PLACE, Field("Grade", 8), Field("Student group", 34), *_NUMBERS)
SCHOOL_FIELDS = (*_PLACE, *_SCHOOL, Field("Student group", 34), *_NUMBERS)


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
    book: Workbook, name: str, title: str, table: CellTable, fields: Sequence[Field], names: Names
) -> None:
    """A sheet with an Excel table of `table`'s cells; `fields` say whether schools are among them."""
    sheet = book.add_worksheet(name)
    formats = _Formats(book)
    sheet.write_string(_TITLE_ROW, 0, title, book.add_format({"bold": True, "font_size": 14}))
    first, count = _HEAD_ROW + 1, 0
    writer = _Writer(sheet, formats, names, [item.head for item in fields])
    for row in _rows(table, names):
        writer.write(first + count, row)
        count += 1
    sheet.add_table(
        _HEAD_ROW,
        0,
        _HEAD_ROW + max(count, 1),
        len(fields) - 1,
        {
            "name": f"{name}Cells",
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [{"header": item.head} for item in fields],
        },
    )
    for place, item in enumerate(fields):
        sheet.set_column(place, place, item.width)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    set_up_print(sheet, _HEAD_ROW)


def set_up_print(sheet: Worksheet, head_row: int) -> None:
    """Landscape, one page wide, the head repeated on every page, page numbers below."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head_row)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.hide_gridlines(2)


def school_selection(table: CellTable, latest: str) -> CellTable:
    """Schools' cells: every year of all students, and every group in the latest year.

    All groups in all years would be hundreds of thousands of rows; the releases hold them.
    """
    columns = table.columns
    school = pc.not_equal(columns["school"], "")
    wanted = pc.or_(pc.equal(columns["group"], ALL), pc.equal(columns["period"], latest))
    return CellTable(columns.filter(pc.and_(school, wanted)))


def _rows(table: CellTable, names: Names) -> Iterator[dict[str, Any]]:
    columns = {name: table.columns[name].to_pylist() for name in table.columns.column_names}
    for values in zip(*columns.values(), strict=True):
        cell = dict(zip(columns, values, strict=True))
        reference = f"{cell['indicator']}@{cell['definition_version']}"
        definition = names.definitions.get(reference)
        if definition is None:
            continue  # an indicator that the charter doesn't list is no part of the report
        yield cell | {"reference": reference, "definition": definition}


class _Formats:
    """The number formats of a sheet, one for each count of decimals."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[int, Format] = {}
        self.mark = book.add_format({"align": "right", "font_color": "#565c65"})
        self.count = book.add_format({"num_format": "#,##0.######"})
        self.whole = book.add_format({"num_format": "#,##0"})

    def decimals(self, places: int) -> Format:
        if places not in self._made:
            text = "#,##0" + ("." + "0" * places if places else "")
            self._made[places] = self._book.add_format({"num_format": text})
        return self._made[places]


class _Writer:
    """Writes a cell of the release as a row of the sheet."""

    def __init__(
        self, sheet: Worksheet, formats: _Formats, names: Names, heads: Sequence[str]
    ) -> None:
        self._sheet, self._formats, self._names = sheet, formats, names
        self._at = {head: place for place, head in enumerate(heads)}
        self._letters = {head: xl_col_to_name(place) for head, place in self._at.items()}
        self._years: dict[str, str] = {}

    def write(self, row: int, cell: dict[str, Any]) -> None:
        state, definition = State(cell["state"]), cell["definition"]
        self._text(row, "District", self._names.districts.get(cell["district"], cell["district"]))
        self._text(row, "Indicator", definition.title)
        self._text(row, "Year", self._year(cell["period"]))
        self._text(row, "Grade", cell["grade"] or "all")
        self._text(row, "School", self._names.schools.get(cell["school"], cell["school"]))
        self._text(row, "School id", cell["school"])
        self._text(row, "Student group", self._names.groups.get(cell["group"], cell["group"]))
        self._text(row, "State", _STATE_WORDS[state])
        self._text(row, "Data status", cell["data_status"])
        self._text(row, "As of", cell["as_of"])
        self._text(row, "Definition", cell["reference"])
        if state is State.PUBLISHED:
            self._published(row, cell, definition)
        elif state is State.BANDED:
            self._banded(row, cell, definition)
        elif mark := STATES[state].text:
            for head in ("Numerator", "Denominator", "Released value", "Recomputed"):
                self._sheet.write_string(row, self._at[head], mark, self._formats.mark)

    def _published(self, row: int, cell: dict[str, Any], definition: Definition) -> None:
        shown = self._formats.decimals(definition.decimals)
        for head in ("Numerator", "Denominator"):
            value: Decimal = cell[head.lower()]
            whole = value == value.to_integral_value()
            look = self._formats.whole if whole else self._formats.count
            self._sheet.write_number(row, self._at[head], float(value), look)
        value = float(cell["value"])
        self._sheet.write_number(row, self._at["Released value"], value, shown)
        places = (f"{self._letters[head]}{row + 1}" for head in ("Numerator", "Denominator"))
        formula = value_formula(definition, *places)
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

    def _text(self, row: int, head: str, text: str) -> None:
        if head in self._at and text:
            self._sheet.write_string(row, self._at[head], text)

    def _year(self, period: str) -> str:
        if period not in self._years:
            self._years[period] = year_text(period)
        return self._years[period]
