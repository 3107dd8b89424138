"""Published rows as arrays: whole numbers of millionths, however the table is laid out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pyarrow as pa

from accord.audit.sightings import ABSENT, Sighting, sightings
from accord.cells.cell import Cell, State
from accord.cells.table import CellTable
from adversary.publications import banded, cell, source

RATE, MEAN = "suspension-rate", "mean-scale-score-mathematics"


def rows() -> list[Cell]:
    """Half a student more than twelve of 41; a hidden group; a band; and points below zero."""
    return [
        replace(cell(RATE, "all", (0, 41)), numerator=Fraction("12.5")),
        cell(RATE, "female", None),
        banded(RATE, "male", "97.5", "98"),
        cell(RATE, "all", (7, 20), school="S", grade="3"),
        cell(MEAN, "all", (-400, 20)),
    ]


def seen(table: CellTable) -> dict[str, Sighting]:
    made = replace(source(*rows()), table=table, measure="m1")
    return {each.reference: each for each in sightings([made])}


def laid_out(*cuts: int) -> CellTable:
    """The table in several pieces that begin somewhere within larger ones."""
    columns = CellTable.of(rows()).columns
    ends = [0, *cuts, len(columns)]
    pieces = [columns.slice(first, last - first) for first, last in pairwise(ends)]
    return CellTable(pa.concat_tables(pieces))


def test_a_definition_at_a_time_with_its_own_rows() -> None:
    found = seen(CellTable.of(rows()))
    assert set(found) == {f"{RATE}@1.0", f"{MEAN}@1.0"}
    rate = found[f"{RATE}@1.0"]
    assert (rate.district, rate.period) == ("99100010000000", "2023-24")
    assert rate.snapshot == ("2024-06-30", "certified", "m1")
    assert rate.cells == (
        ("", "", "all"), ("", "", "female"), ("", "", "male"), ("S", "3", "all")
    )  # fmt: skip
    assert rate.in_state(State.SUPPRESSED).tolist() == [1]
    assert rate.in_state(State.BANDED).tolist() == [2]
    assert rate.in_state(State.PUBLISHED).tolist() == [0, 3]
    assert rate.in_state(State.MISSING).tolist() == []


def test_numbers_are_millionths_and_what_is_not_shown_is_absent() -> None:
    rate = seen(CellTable.of(rows()))[f"{RATE}@1.0"]
    assert {name: column.tolist() for name, column in rate.numbers.items()} == {
        "numerator": [12_500_000, ABSENT, ABSENT, 7_000_000],
        "denominator": [41_000_000, ABSENT, ABSENT, 20_000_000],
        "low": [ABSENT, ABSENT, 97_500_000, ABSENT],
        "high": [ABSENT, ABSENT, 98_000_000, ABSENT],
    }


def test_points_below_zero_are_read() -> None:
    mean = seen(CellTable.of(rows()))[f"{MEAN}@1.0"]
    assert mean.numbers["numerator"].tolist() == [-400_000_000]


def test_a_table_in_pieces_says_the_same() -> None:
    """Pieces of one and of several rows, each with numbers that are shown and some that aren't."""
    whole = seen(CellTable.of(rows()))
    for cuts in ((2,), (1, 3), (1, 2, 3, 4)):
        found = seen(laid_out(*cuts))
        for reference, sighting in found.items():
            assert sighting.cells == whole[reference].cells
            for name, column in sighting.numbers.items():
                assert column.tolist() == whole[reference].numbers[name].tolist()


def test_each_period_and_source_is_seen_by_itself() -> None:
    earlier = cell(RATE, "all", (11, 40), period="2022-23")
    tables = [source(cell(RATE, "all", (12, 41)), earlier), source(earlier, name="again")]
    found = [(each.source.name, each.period) for each in sightings(tables)]
    assert sorted(found) == [("again", "2022-23"), ("table", "2022-23"), ("table", "2023-24")]
