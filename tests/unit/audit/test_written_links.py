"""Which numbers are parts of which, as lines that a reader can write down."""

from __future__ import annotations

from accord.audit.assumed import Assumed
from adversary.publications import cell, source
from unit.audit.written_out import ALONE, case_of, lines

MET, ADVANCED = "met-standard-mathematics", "advanced-mathematics"


def within(*groups: str) -> list[str]:
    """Advanced students of some groups within those who met the standard."""
    return [f"+advanced.n {group} -met.n {group} ≤ 0" for group in groups]


def test_a_part_of_a_part_is_held_against_that_alone() -> None:
    """Advanced ones have met the standard, and those took the test; no line skips one."""
    case = case_of(
        source(cell(MET, "foster", None), cell(ADVANCED, "foster", None)), relations=ALONE
    )
    assert lines(case, case.published) == [
        *within("foster"), "+met.n foster -advanced.d foster ≤ 0"
    ]  # fmt: skip


def test_where_everybody_met_the_standard_who_took_the_test_is_the_same_number() -> None:
    """In ten groups everybody did, so a reader takes the two for one; the highest level is a part
    of it as before."""
    shown = [
        each
        for number in range(10)
        for each in (
            cell(MET, f"g{number}", (40 + number, 40 + number)),
            cell(ADVANCED, f"g{number}", (5 + number, 40 + number)),
        )
    ]
    hidden = [cell(MET, "foster", None), cell(ADVANCED, "foster", None)]
    case = case_of(source(*shown, *hidden), relations=ALONE)
    assert len(case.quantities) == 2
    (line,) = lines(case, case.published)
    assert line.startswith("+advanced.n foster -")
    assert line.endswith(" foster ≤ 0")


def test_numbers_of_one_measure_are_no_part_of_those_of_another() -> None:
    """In May and in June one rate each; both hide foster youth."""
    may = {"as_of": "2024-05-01", "data_status": "preliminary"}
    tables = [
        source(cell(MET, "all", (60, 300), **may), cell(MET, "foster", None, **may)),
        source(cell(ADVANCED, "all", (20, 310)), cell(ADVANCED, "foster", None), name="June"),
    ]
    apart = case_of(*tables, relations=ALONE, assumed=Assumed(unchanged=False))
    assert not set(within("foster", "all but foster")) & set(lines(apart, apart.published))
