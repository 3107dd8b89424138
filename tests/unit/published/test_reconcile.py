"""A cell beside a published figure: agrees, differs for a reason that can be tested, or neither."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from accord.cells.cell import Cell, State
from accord.exchange.published.figure import Figure, Standing
from accord.exchange.published.reconcile import Outcome, Row, reconcile
from partnership import CEDAR, Partnership


@pytest.fixture
def cell(tmp_path: Path) -> Cell:
    """30 of 120 students chronically absent in Cedar Valley, certified, as of June 30, 2025."""
    return replace(Partnership(tmp_path).cell(30, 120), as_of="2025-09-30")


def figure(above: int | None = 30, below: int | None = 120, **changes: object) -> Figure:
    """The state's figure about the same students."""
    shown = above is not None and below is not None
    base = Figure(
        source="the state", file="chronic.txt", line=7, year="2024-25", cds=CEDAR,
        name="Cedar Valley Unified", kind="district", schools="all",
        indicator="chronic-absenteeism", group="all",
        standing=Standing.SHOWN if shown else Standing.SUPPRESSED,
        numerator=None if above is None else Fraction(above),
        denominator=None if below is None else Fraction(below),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def only(cells: list[Cell], published: Figure) -> Row:
    (row,) = reconcile(cells, [published]).rows
    return row


def test_equal_numbers_agree(cell: Cell) -> None:
    assert only([cell], figure()).outcome is Outcome.AGREES
    printed = figure(None, None, standing=Standing.SHOWN, value=Decimal("25.0"))
    assert only([cell], printed).outcome is Outcome.AGREES, "only the value was printed"


def test_a_difference_without_a_rule_is_listed(cell: Cell) -> None:
    row = only([cell], figure(31, 120))
    assert (row.outcome, row.rule) == (Outcome.UNEXPLAINED, "")
    assert (row.file, row.line) == ("chronic.txt", 7)


def test_a_small_group_is_blank_by_rule_and_a_large_one_is_not(cell: Cell) -> None:
    small = replace(cell, numerator=Fraction(4), denominator=Fraction(10), value=Decimal(40))
    assert only([small], figure(None, None)).rule == "small-n blank"
    eleven = replace(small, denominator=Fraction(11), value=Decimal("36.4"))
    assert only([eleven], figure(None, None)).outcome is Outcome.HIDDEN


def test_preliminary_and_early_figures_differ_by_rule(cell: Cell) -> None:
    preliminary = replace(cell, data_status="preliminary")
    assert only([preliminary], figure(31, 121)).rule == "late certification"
    early = replace(cell, as_of="2025-06-30")
    row = only([early], figure(31, 121))
    assert row.rule == "late certification"
    assert "June 30, 2025" in row.why


def test_a_district_that_is_the_sum_of_its_schools(cell: Cell) -> None:
    def school(number: int, above: int, below: int) -> Cell:
        return replace(
            cell, school=f"9910001000000{number}", numerator=Fraction(above),
            denominator=Fraction(below), value=Decimal(0),
        )  # fmt: skip

    schools = [school(1, 20, 70), school(2, 13, 60)]
    assert only([cell, *schools], figure(33, 130)).rule == "level of evaluation"
    assert only([cell, *schools], figure(34, 130)).outcome is Outcome.UNEXPLAINED
    hidden = replace(
        schools[1], numerator=None, denominator=None, value=None, state=State.SUPPRESSED
    )
    assert only([cell, schools[0], hidden], figure(33, 130)).outcome is Outcome.UNEXPLAINED


def test_census_day_counts_fewer_than_the_whole_year(cell: Cell) -> None:
    ours = replace(cell, indicator="stability-rate")
    census = figure(118, None, indicator="enrolment", standing=Standing.SHOWN)
    assert only([ours], census).rule == "census against cumulative"
    more = figure(125, None, indicator="enrolment", standing=Standing.SHOWN)
    assert only([ours], more).outcome is Outcome.UNEXPLAINED, "one day can't hold more than a year"


def test_what_we_hide_is_never_compared(cell: Cell) -> None:
    hidden = replace(cell, numerator=None, denominator=None, value=None, state=State.SUPPRESSED)
    row = only([hidden], figure())
    assert row.outcome is Outcome.HIDDEN
    assert row.ours.value is None


def test_figures_without_a_cell_are_counted(cell: Cell) -> None:
    found = reconcile([cell], [figure(group="foster"), figure(cds="99200020000000")])
    assert found.rows == ()
    assert found.unmet == {"chronic-absenteeism": 1}
