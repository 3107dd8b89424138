"""What some tables say when they are read together."""

from __future__ import annotations

from accord.cells.cell import Cell
from adversary.publications import cell, source
from unit.audit.written_out import ALONE, case_of, lines

WIDE, NARROW = "suspension-rate", "chronic-absenteeism"


def learners(indicator: str, schools: range) -> list[Cell]:
    """Who ever learned English in some schools: those who do still, and those who did."""
    return [
        cell(indicator, group, (count, 4 * count), school=f"{school:02}")
        for school in schools
        for group, count in (("el", 20 + school), ("rfep", 30 + school), ("ever", 50 + 2 * school))
    ]


def told(*cells: Cell) -> list[str]:
    case = case_of(source(*cells), relations=ALONE)
    return lines(case, case.published)


def test_a_union_shows_in_the_number_that_is_shown_most_widely() -> None:
    """In ten schools it is no accident. Another rate that is shown in two says nothing of it, and
    is told by it all the same."""
    hidden = [
        cell(indicator, group, shown, school="99")
        for indicator in (NARROW, WIDE)
        for group, shown in (("el", (21, 84)), ("rfep", None), ("ever", (53, 212)))
    ]
    few = learners(NARROW, range(2))
    line = "-{}.n ever@99 +{}.n el@99 +{}.n rfep@99 = 0"
    for schools, is_told in ((range(10), True), (range(9), False)):
        found = told(*few, *hidden, *learners(WIDE, schools))
        assert (line.replace("{}", "suspension") in found) is is_told
