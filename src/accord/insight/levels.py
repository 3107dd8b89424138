"""The level that the state's cut points give a released figure, where they are on record.

It is the partners' own figure under the state's cuts, not the state's own level. Where the state
speaks of fewer grades than the indicator does, those grades' cells are added, if all are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from accord.base.periods import GRADES, SchoolYear
from accord.cells.cell import Cell, State
from accord.indicators.levels import Grid, Level, NotOnRecord, WrittenLevels, level_of
from accord.insight.index import CellIndex
from accord.insight.series import ALL

_NINTH = GRADES.index("9")
_LOWER, _UPPER = frozenset(GRADES[:_NINTH]), frozenset(GRADES[_NINTH:])
_EVERY_KIND = "all"


@dataclass(frozen=True)
class LevelFinding:
    """All students of a district in the newest year: their level, or why there is none.

    `grades` are those counted, empty for all that the indicator is about.
    """

    period: str
    grades: tuple[str, ...]
    level: Level | None
    why: str = ""


def level_found(written: WrittenLevels, index: CellIndex, district: str) -> LevelFinding:
    """What the cuts of an indicator make of a district's newest figure."""
    period = index.periods[-1]
    grid = _grid(written, period, index.grades(district))
    if isinstance(grid, NotOnRecord):
        return LevelFinding(period, written.grades, None, f"not on record: {grid.why}")
    before = str(SchoolYear.parse(period).plus(-1))
    current, prior = (_counts(written, index, district, year) for year in (period, before))
    if current is None or prior is None:
        why = "the exact numbers of both years are not released"
        return LevelFinding(period, written.grades, None, why)
    least = written.least_students(ALL, "district")
    if least is not None and min(current[1], prior[1]) < least:
        return LevelFinding(period, written.grades, None, f"fewer than {least} students")
    level = level_of(grid, _percent(*current), _percent(*prior), students=current[1])
    return LevelFinding(period, written.grades, level)


def _grid(written: WrittenLevels, period: str, grades: frozenset[str]) -> Grid | NotOnRecord:
    """The grid for every kind of district, or for the kind that has these grades."""
    ids = {grid.id for grid in written.grids}
    if _EVERY_KIND in ids or not ids:
        return written.grid(_EVERY_KIND, period)
    return written.grid(_kind(grades), period)


def _kind(grades: frozenset[str]) -> str:
    if not grades & _UPPER:
        return "elementary district"
    return "unified" if grades & _LOWER else "high school district"


def _counts(
    written: WrittenLevels, index: CellIndex, district: str, period: str
) -> tuple[Fraction, Fraction] | None:
    """Numerator and denominator of the grades that the state means; none where one is hidden."""
    cells = [
        index.reading(written.indicator, district, period, grade=grade).cell
        for grade in written.grades or ("",)
    ]
    shown = [_exact(cell) for cell in cells]
    known = [pair for pair in shown if pair is not None]
    of = sum((students for _, students in known), Fraction())
    if not of or len(known) < len(shown):
        return None
    return sum((counted for counted, _ in known), Fraction()), of


def _exact(cell: Cell | None) -> tuple[Fraction, Fraction] | None:
    if cell is not None and cell.state is State.NOT_APPLICABLE:
        return Fraction(), Fraction()
    if cell is None or cell.numerator is None or cell.denominator is None:
        return None
    return cell.numerator, cell.denominator


def _percent(counted: Fraction, of: Fraction) -> Fraction:
    return 100 * counted / of
