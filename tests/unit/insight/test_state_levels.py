"""The state's cuts put to released figures: by grade, by kind of district, or why not."""

from __future__ import annotations

from accord.cells.cell import Cell, State
from accord.cells.table import CellTable
from accord.insight.index import CellIndex
from accord.insight.levels import LevelFinding, level_found
from unit.insight.insight_cells import CATALOGUE, SURE, cell, rate_cell

SMALL = ("K", *map(str, range(1, 9)))
SUSPENDED = CATALOGUE.definition("suspension-rate@1.0")


def found(indicator: str, *cells: Cell) -> LevelFinding:
    index = CellIndex(CellTable.of(cells), CATALOGUE, SURE)
    return level_found(CATALOGUE.written_levels[indicator], index, "1")


def absent(period: str, part: int, whole: int = 100) -> list[Cell]:
    """So many of so many chronically absent in each grade from kindergarten to 8."""
    return [rate_cell(period, part, whole, grade=grade) for grade in SMALL]


def suspended(period: str, part: int, whole: int, **given: object) -> Cell:
    return rate_cell(
        period, part, whole, indicator=SUSPENDED.id, definition_hash=SUSPENDED.hash, **given
    )


def test_the_grades_that_the_state_means_are_added() -> None:
    upper = [rate_cell(year, 90, 100, grade="12") for year in ("2022-23", "2023-24")]
    told = found("chronic-absenteeism", *absent("2022-23", 12), *absent("2023-24", 8), *upper)
    assert told.level is not None
    assert (str(told.level.value), str(told.level.change)) == ("8.0", "-4.0"), "grade 12 is not in"
    assert (told.level.status, told.level.trend) == ("medium", "declined significantly")
    assert told.level.colour == "green"
    assert told.grades == SMALL


def test_one_hidden_grade_leaves_no_level() -> None:
    hidden = cell("2023-24", State.SUPPRESSED, grade="3")
    others = [each for each in absent("2023-24", 8) if each.grade != "3"]
    told = found("chronic-absenteeism", *absent("2022-23", 12), *others, hidden)
    assert told.level is None
    assert told.why == "the exact numbers of both years are not released"


def test_a_grade_that_the_district_does_not_have_is_nobody() -> None:
    years = ("2022-23", "2023-24")
    none = [cell(year, State.NOT_APPLICABLE, grade="8") for year in years]
    shown = [each for year in years for each in absent(year, 10) if each.grade != "8"]
    told = found("chronic-absenteeism", *shown, *none)
    assert told.level is not None
    assert told.level.trend == "maintained"


def test_few_students_have_no_level() -> None:
    told = found("chronic-absenteeism", *absent("2022-23", 1, 3), *absent("2023-24", 1, 3))
    assert (told.level, told.why) == (None, "fewer than 30 students")


def test_the_kind_of_district_is_told_from_its_grades() -> None:
    years = [suspended("2022-23", 60, 1000), suspended("2023-24", 55, 1000)]
    upper = suspended("2023-24", 9, 100, grade="9")
    lower = suspended("2023-24", 2, 100, grade="4")
    unified = found("suspension-rate", *years, upper, lower)
    assert unified.level is not None
    assert str(unified.level.value) == "5.5"
    high = found("suspension-rate", *years, upper)
    assert high.level is None
    assert "high school districts were not found" in high.why


def test_cuts_that_are_not_on_record_are_not_guessed() -> None:
    for indicator in ("graduation-rate", "distance-from-standard-mathematics"):
        told = found(indicator, rate_cell("2023-24", 8, 100))
        assert told.level is None
        assert told.why.startswith("not on record: ")
