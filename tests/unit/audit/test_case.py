"""What a reader can write down of one district, school year and fact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.audit.assumed import Assumed
from accord.audit.attacks import audit
from accord.base.errors import RefusedError
from accord.cells.cell import Cell, State
from accord.cells.relations import Relations
from accord.charter.model import Disclosure
from adversary.publications import banded, cell, figures, source
from unit.audit.written_out import ALONE, cases_of

RATE = "suspension-rate"
GENDERS = Relations((("female", "male", "nonbinary"),), ())


def test_figures_that_contradict_each_other_are_named_but_no_more_than_ten() -> None:
    """Twelve groups of 30 make up 360, and all are said to be 359."""
    groups = [f"g{number:02}" for number in range(12)]
    with pytest.raises(RefusedError) as refused:
        audit(
            [source(cell(RATE, "all", (100, 359)), cell(RATE, "foster", None),
                    *(cell(RATE, group, (9, 30)) for group in groups))],
            relations=Relations((tuple(groups),), ()),
        )  # fmt: skip
    (problem,) = refused.value.problems
    named = [f"numerator of {RATE}, {group} (district, all grades)" for group in ["all", *groups]]
    assert problem.what == (
        f"These figures of 99100010000000, 2023-24, contradict each other: {'; '.join(named[:10])}."
    )


def test_a_case_is_named_by_its_district_period_and_fact_and_by_whose_figures_count() -> None:
    table = source(cell(RATE, "all", (100, 359)), cell(RATE, "foster", None))
    later = source(cell(RATE, "all", (100, 358)), name="later")
    (case,) = cases_of(table, relations=ALONE)
    assert case.name == "99100010000000 2023-24 student_year"
    second = replace(later, measure="second", number=2)
    assert [each.name for each in cases_of(table, second, relations=ALONE)] == [
        "99100010000000 2023-24 student_year", "99100010000000 2023-24 student_year, as told before"
    ]  # fmt: skip


def test_cases_are_the_same_if_every_range_line_and_hidden_number_is() -> None:
    cells = [cell(RATE, "all", (100, 359)), cell(RATE, "foster", None)]
    (one,) = cases_of(source(*cells), relations=ALONE)
    (again,) = cases_of(source(*cells, name="again"), relations=ALONE)
    assert one.is_same_as(again)
    more = source(*cells, rules=Disclosure(colluders=3))
    other = source(cell(RATE, "all", (101, 359)), cell(RATE, "foster", None))
    shown = source(*cells, cell(RATE, "homeless", (5, 20)))
    for table in (more, other, shown):
        assert not one.is_same_as(cases_of(table, relations=ALONE)[0])
    (weaker,) = cases_of(source(*cells), relations=ALONE, assumed=Assumed(sums=False))
    assert not one.is_same_as(weaker)


def test_every_district_period_and_fact_is_a_case_of_its_own_in_order() -> None:
    """Outside figures alone make none."""
    tables = [
        source(cell(RATE, "all", (9, 30), period=period), cell("own-rate", "all", (9, 30)))
        for period in ("2023-24", "2022-23")
    ]
    known = figures(cell(RATE, "all", (9, 30), period="2021-22"))
    assert [(each.period, each.fact) for each in cases_of(*tables, known, relations=ALONE)] == [
        ("2022-23", "student_year"), ("2023-24", "own-rate@1.0"), ("2023-24", "student_year")
    ]  # fmt: skip


def nobody(group: str) -> Cell:
    """A cell of a group that nobody is in."""
    return Cell(**{**vars(cell(RATE, group, None)), "state": State.NOT_APPLICABLE})


def test_a_band_of_the_largest_size_has_no_upper_end() -> None:
    """Bands of half a point are those of 1,000 students and more; two such groups are over 2,000.

    The only number that is shown is that of a group that nobody is in.
    """
    found = audit(
        [
            source(
                banded(RATE, "all", "5", "5.5"),
                banded(RATE, "female", "5", "5.5"),
                banded(RATE, "male", "5", "5.5"),
                nobody("nonbinary"),
            )
        ],
        relations=GENDERS,
    )
    assert found.is_safe
