"""Tables are columns in one order; equal tables are equal bytes."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

from accord.cells.cell import State
from accord.cells.reading import parse_csv, parse_parquet, read_csv, read_parquet
from accord.cells.table import CellTable
from unit.cells.cell_samples import CELLS


def test_rows_are_in_one_order_whatever_order_they_came_in() -> None:
    table = CellTable.of(CELLS)
    for seed in range(5):
        shuffled = random.Random(seed).sample(CELLS, len(CELLS))
        assert CellTable.of(shuffled).parquet_bytes() == table.parquet_bytes()
        assert CellTable.of(shuffled).csv_bytes() == table.csv_bytes()
    assert [(cell.indicator, cell.school, cell.grade) for cell in table] == [
        ("attendance-rate", "", ""),
        ("chronic-absenteeism", "", ""),
        ("chronic-absenteeism", "", "K"),
        ("chronic-absenteeism", "", "9"),
        ("chronic-absenteeism", "", "10"),
        ("chronic-absenteeism", "99100010000001", ""),
    ]


def test_cells_come_back_as_they_went_in() -> None:
    table = CellTable.of(CELLS)
    thirds = replace(CELLS[1], numerator=Fraction("0.333333"))
    assert set(table.cells()) == {*CELLS, thirds} - {CELLS[1]}
    assert parse_parquet(table.parquet_bytes(), "cells.parquet") == table


def test_the_csv_is_plain_and_leaves_hidden_numbers_empty() -> None:
    lines = CellTable.of(CELLS[:3]).csv_bytes().decode().split("\n")
    start = "cedar-harbor,99100010000000,,{},all,2023-24,2024-06-30,certified,chronic-absenteeism"
    hash_ = "1.0,sha256:" + "0" * 64
    assert lines[1:] == [
        f"{start.format('')},{hash_},13,16,81.3,,,published",
        f"{start.format('K')},{hash_},0.333333,16,2.1,,,published",
        f"{start.format('10')},{hash_},,,,,,suppressed",
        "",
    ]


def test_a_written_table_reads_back(tmp_path: Path) -> None:
    table = CellTable.of(CELLS)
    table.write_parquet(tmp_path / "cells.parquet")
    table.write_csv(tmp_path / "cells.csv")
    assert read_parquet(tmp_path / "cells.parquet") == table
    without_errors = CellTable.of(replace(cell, standard_error=None) for cell in CELLS)
    assert read_csv(tmp_path / "cells.csv") == without_errors


def test_where_narrows_by_one_value_or_several() -> None:
    table = CellTable.of(CELLS)
    assert len(table.where(indicator="chronic-absenteeism", school="")) == 4
    assert len(table.where(grade=("9", "10"))) == 2
    assert len(table.where(state=State.SUPPRESSED)) == 1
    assert len(table.where()) == len(CELLS)
    assert table.one(group="foster") == CELLS[3]
    assert table.one(group="homeless") is None
    with pytest.raises(ValueError, match="5 cells match"):
        table.one(indicator="chronic-absenteeism")


def test_every_state_is_counted() -> None:
    assert CellTable.of(CELLS).counts() == {
        State.PUBLISHED: 3,
        State.BANDED: 1,
        State.SUPPRESSED: 1,
        State.NOT_APPLICABLE: 1,
        State.MISSING: 0,
    }


def test_tables_join() -> None:
    table = CellTable.of(CELLS)
    assert CellTable.joined([CellTable.of(CELLS[3:]), CellTable.of(CELLS[:3])]) == table
    assert len(CellTable.joined([])) == 0
    assert parse_csv(CellTable.joined([]).csv_bytes(), "cells.csv") == CellTable.joined([])


def test_other_columns_are_no_cell_table() -> None:
    with pytest.raises(ValueError, match="schema"):
        CellTable(pa.table({"group": ["all"]}))
