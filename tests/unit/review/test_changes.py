"""What readers of two releases see change, worked out by hand on a few cells."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from accord.cells.cell import Cell, State
from accord.cells.table import CellTable
from accord.station.review.changes import Kind, changes, write_changes
from partnership import Partnership


@pytest.fixture
def made(tmp_path: Path) -> Partnership:
    return Partnership(tmp_path)


def found(old: list[Cell], new: list[Cell]) -> list[tuple[str, Kind, str, str]]:
    """Each change as group, kind, and what is read before and after."""
    return [
        (one.group, one.kind, one.before, one.after)
        for one in changes(CellTable.of(old), CellTable.of(new))
    ]


def test_equal_releases_change_nothing(made: Partnership) -> None:
    assert found(made.cells(), made.cells()) == []


def test_the_first_release_is_all_new(made: Partnership) -> None:
    first = changes(None, CellTable.of([made.cell(), made.hidden(group="foster")]))
    assert [(one.group, one.kind) for one in first] == [("all", Kind.NEW)]


def test_a_value_that_moved_says_both(made: Partnership) -> None:
    assert found([made.cell(30, 120)], [made.cell(33, 120)]) == [
        ("all", Kind.CHANGED, "25 (30 of 120)", "27.5 (33 of 120)")
    ]


def test_the_same_value_of_other_counts_is_a_change(made: Partnership) -> None:
    """25 % of 120 is not 25 % of 124 to somebody who subtracts."""
    assert found([made.cell(30, 120)], [made.cell(31, 124)]) == [
        ("all", Kind.CHANGED, "25 (30 of 120)", "25 (31 of 124)")
    ]


def test_a_cell_that_is_hidden_now_is_gone(made: Partnership) -> None:
    assert found([made.cell()], [made.hidden()]) == [("all", Kind.GONE, "25 (30 of 120)", "")]


def test_a_cell_that_was_hidden_before_is_new(made: Partnership) -> None:
    assert found([made.hidden()], [made.cell()]) == [("all", Kind.NEW, "", "25 (30 of 120)")]


def test_hidden_before_and_after_tells_nobody_anything(made: Partnership) -> None:
    assert found([made.hidden()], [made.hidden()]) == []


def test_a_band_reads_from_low_to_high(made: Partnership) -> None:
    nothing = dict.fromkeys(("numerator", "denominator", "value"))
    band = made.cell(low=Decimal("20.0"), high=Decimal("30.0"), state=State.BANDED, **nothing)
    assert found([made.cell()], [band]) == [("all", Kind.CHANGED, "25 (30 of 120)", "20 to 30")]


def test_places_do_not_mix(made: Partnership) -> None:
    """Another year, grade, school or group is another cell."""
    old = [made.cell(group="white"), made.cell(period="2023-24"), made.cell(grade="5")]
    new = [*old, made.cell(school="99100010000001")]
    assert found(old, new) == [("all", Kind.NEW, "", "25 (30 of 120)")]


def test_every_change_is_a_line_of_the_file(made: Partnership, tmp_path: Path) -> None:
    both = changes(CellTable.of([made.cell()]), CellTable.of([made.cell(group="white")]))
    write_changes(both, tmp_path / "changes.csv")
    assert (tmp_path / "changes.csv").read_text().splitlines() == [
        "indicator,period,school,grade,group,kind,before,after",
        "chronic-absenteeism,2024-25,,,white,shown for the first time,,25 (30 of 120)",
        "chronic-absenteeism,2024-25,,,all,no longer shown,25 (30 of 120),",
    ]
