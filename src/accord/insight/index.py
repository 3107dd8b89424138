"""The released cells by what they are about, so that any reading is one look-up away.

Reads the district's cells (every group, all grades; every grade, all students) and each school's
cell of all students. The crossings of group by grade stay in the table.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow.compute as pc

from accord.cells.cell import Cell
from accord.cells.table import CellTable
from accord.indicators.catalogue import Catalogue
from accord.insight.series import ALL, Reading, Series, read

_Key = tuple[str, str, str, str, str, str]


class CellIndex:
    """Readings and series of the cells of `table`."""

    def __init__(self, table: CellTable, catalogue: Catalogue, confidence: float) -> None:
        self._catalogue = catalogue
        self._confidence = confidence
        self._cells = _by_key(_summary(table).cells())
        self.periods = tuple(sorted(set(table.distinct("period"))))
        self._schools: dict[tuple[str, str], list[str]] = {}
        for indicator, district, school, *_ in self._cells:
            names = self._schools.setdefault((indicator, district), [])
            if school and school not in names:
                names.append(school)

    def reading(
        self,
        indicator: str,
        district: str,
        period: str,
        *,
        school: str = "",
        grade: str = "",
        group: str = ALL,
    ) -> Reading:
        """One reading; blank where no release holds the cell."""
        cell = self._cells.get((indicator, district, school, grade, group, period))
        if cell is None:
            return Reading(period, None, None)
        definition = self._catalogue.definition(cell.definition)
        return read(cell, period, definition, self._catalogue.bands, self._confidence)

    def series(self, indicator: str, district: str, *, grade: str = "", group: str = ALL) -> Series:
        """The readings of every period of the table."""
        return Series(
            tuple(
                self.reading(indicator, district, period, grade=grade, group=group)
                for period in self.periods
            )
        )

    def grades(self, district: str) -> frozenset[str]:
        """The grades of which the district has a cell, of whatever indicator."""
        return frozenset(
            grade for _, of, school, grade, *_ in self._cells if of == district and grade
        )

    def schools(self, indicator: str, district: str) -> list[str]:
        """The ids of the schools that have a cell of this indicator."""
        return self._schools.get((indicator, district), [])


def _summary(table: CellTable) -> CellTable:
    columns = table.columns
    of_all = pc.equal(columns["group"], ALL)
    whole = pc.equal(columns["grade"], "")
    district = pc.equal(columns["school"], "")
    wanted = pc.or_(
        pc.and_(district, pc.or_(of_all, whole)),
        pc.and_(pc.and_(of_all, whole), pc.invert(district)),
    )
    return CellTable(columns.filter(wanted))


def _by_key(cells: Iterable[Cell]) -> dict[_Key, Cell]:
    """Cells by what they are about; of two about the same, the one with the later date."""
    found: dict[_Key, Cell] = {}
    for cell in cells:
        key = (cell.indicator, cell.district, cell.school, cell.grade, cell.group, cell.period)
        if key not in found or found[key].as_of <= cell.as_of:
            found[key] = cell
    return found
