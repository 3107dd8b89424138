"""Tables of an indicator's numbers: by group, by grade and by school; to sort, to copy, to check.

A row carries everything that a reader needs to recompute its value: numerator, denominator and the
place of its cell. Five states, five looks: a number, a band, ◦ hidden, – not applicable, or a blank
that says why.
"""

from __future__ import annotations

from dataclasses import dataclass

from accord.cells.cell import Cell
from accord.indicators.definition import Definition
from accord.insight.change import Change
from accord.insight.series import Reading
from accord.insight.view import DistrictFinding, IndicatorFinding
from accord.reports.phrases import ChangeWords, ValueWords, change_words, value_words
from accord.reports.wording import MINUS, count_text, estimate_text, unit_mark


@dataclass(frozen=True)
class Row:
    """One cell as a table's row.

    `label` is the group, grade or school; `bare` the value without its unit, `copied` the same for
    a spreadsheet. `sort` and `change_sort` are the value and its change as plain numbers; empty
    where there is none.
    """

    label: str
    order: int
    district: str
    numerator: str
    denominator: str
    value: ValueWords
    bare: str
    copied: str
    change: ChangeWords | None
    sort: str
    change_sort: str
    cell: CellPlace | None


@dataclass(frozen=True)
class CellPlace:
    """Where a cell stands, so that its number can be traced and computed again."""

    definition: str
    district: str
    school: str
    grade: str
    group: str
    period: str


def group_rows(finding: IndicatorFinding) -> list[Row]:
    """Every group, each in all districts, so that partners stand side by side."""
    columns = [found.groups for found in finding.districts]
    return [
        _row(item.group.name, found, item.series.latest, finding.definition, item.change)
        for items in zip(*columns, strict=True)
        for found, item in zip(finding.districts, items, strict=True)
    ]


def grade_rows(finding: IndicatorFinding) -> list[Row]:
    """Every grade that any district has a cell of."""
    grades = dict.fromkeys(grade for found in finding.districts for grade in found.grades)
    return [
        _row(_grade(grade), found, found.grades[grade], finding.definition, None)
        for grade in grades
        for found in finding.districts
        if grade in found.grades
    ]


def school_rows(found: DistrictFinding, definition: Definition) -> list[Row]:
    """A district's schools, in alphabetical order."""
    return [_row(item.name, found, item.reading, definition, None) for item in found.schools]


def _row(
    label: str,
    found: DistrictFinding,
    reading: Reading,
    definition: Definition,
    change: Change | None,
) -> Row:
    cell, estimate = reading.cell, reading.estimate
    bare = "" if estimate is None else estimate_text(estimate, definition)
    bare = bare.removesuffix(unit_mark(definition))
    return Row(
        label=label,
        order=found.district.order,
        district=found.district.short,
        numerator="" if cell is None or cell.numerator is None else count_text(cell.numerator),
        denominator=(
            "" if cell is None or cell.denominator is None else count_text(cell.denominator)
        ),
        value=value_words(reading, definition),
        bare=bare,
        copied=bare.replace(MINUS, "-").replace(",", ""),
        change=change_words(change, definition),
        sort="" if estimate is None else f"{float(estimate.least):.6f}",
        change_sort="" if change is None else f"{float(change.estimate.least):.6f}",
        cell=None if cell is None else _place(cell),
    )


def _place(cell: Cell) -> CellPlace:
    return CellPlace(
        cell.definition, cell.district, cell.school, cell.grade, cell.group, cell.period
    )


def _grade(grade: str) -> str:
    return f"Grade {grade}" if grade.isdigit() else grade


def columns_of(definition: Definition) -> tuple[str, str]:
    """What numerator and denominator are called over a table's columns."""
    return _COLUMNS.get(definition.unit, ("sum", "students"))


_COLUMNS = {"percent": ("counted", "out of")}
