"""How much of a file from elsewhere is read before it is refused, and where refusals point."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from accord.base.errors import InputError, Problem
from accord.cells import reading
from accord.cells.reading import parse_csv, parse_parquet
from accord.cells.table import CellTable
from unit.cells.cell_samples import CELLS

TABLE = CellTable.of(CELLS)
PLAIN = CellTable.of(replace(cell, standard_error=None) for cell in CELLS)
LONGEST = 71
"""Letters of a definition's hash: no text of the table is longer."""


def in_groups(rows: int) -> bytes:
    """The table as Parquet, so many rows a group."""
    sink = io.BytesIO()
    pq.write_table(TABLE.columns, sink, row_group_size=rows, store_schema=False)
    return sink.getvalue()


def refusal(read: Callable[[], object]) -> Problem:
    with pytest.raises(InputError) as refused:
        read()
    (problem,) = refused.value.problems
    return problem


def test_no_more_rows_than_any_district_has(monkeypatch: pytest.MonkeyPatch) -> None:
    data = TABLE.parquet_bytes()
    monkeypatch.setattr(reading, "MOST_ROWS", len(CELLS))
    assert parse_parquet(data, "cells") == TABLE
    monkeypatch.setattr(reading, "MOST_ROWS", len(CELLS) - 1)
    assert "more cells than any district" in refusal(lambda: parse_parquet(data, "cells")).what


@pytest.mark.parametrize("rows", [2, 100])
def test_no_more_bytes_than_fit_whatever_groups_they_are_in(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = in_groups(rows)
    metadata = pq.read_metadata(io.BytesIO(data))
    size = sum(metadata.row_group(each).total_byte_size for each in range(metadata.num_row_groups))
    monkeypatch.setattr(reading, "MOST_ROWS", len(CELLS))
    monkeypatch.setattr(reading, "MOST_BYTES", size)
    assert parse_parquet(data, "cells") == TABLE
    monkeypatch.setattr(reading, "MOST_BYTES", size - 1)
    assert "more cells than any district" in refusal(lambda: parse_parquet(data, "cells")).what


def test_a_text_may_have_its_share_of_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand rows in 71,000 bytes."""
    data = TABLE.parquet_bytes()
    monkeypatch.setattr(reading, "MOST_ROWS", 1000)
    monkeypatch.setattr(reading, "MOST_BYTES", LONGEST * 1000)
    assert parse_parquet(data, "cells") == TABLE
    monkeypatch.setattr(reading, "MOST_BYTES", LONGEST * 1000 - 1)
    problem = refusal(lambda: parse_parquet(data, "cells"))
    assert (problem.what, problem.field) == (
        "There is a text in it that is too long.", "definition_hash"
    )  # fmt: skip


def test_what_is_refused_in_a_csv_file_is_named_by_line_and_field() -> None:
    lines = PLAIN.csv_bytes().decode().split("\n")
    shown = next(number for number, line in enumerate(lines) if ",81.3," in line)
    spoiled = "\n".join([*lines[:shown], lines[shown].replace("81.3", "x"), *lines[shown + 1 :]])
    problem = refusal(lambda: parse_csv(spoiled.encode(), "cells.csv"))
    assert (problem.what, problem.line, problem.field) == (
        "This is not a number.", shown + 1, "value"
    )  # fmt: skip
    short = "\n".join([*lines[:3], lines[3].rpartition(",")[0], *lines[4:]])
    problem = refusal(lambda: parse_csv(short.encode(), "cells.csv"))
    assert (problem.what, problem.line) == ("There are 16 fields where a cell has 17.", 4)
    quoted = "\n".join([*lines[:2], '"a"b' + lines[2]])
    problem = refusal(lambda: parse_csv(quoted.encode(), "cells.csv"))
    assert (problem.what, problem.line) == ("This line is not CSV.", 3)


def test_a_broken_row_of_a_csv_file_is_named_by_its_line() -> None:
    lines = PLAIN.csv_bytes().decode().split("\n")
    spoiled = "\n".join([*lines[:2], lines[2].replace("certified", "final"), *lines[3:]])
    problem = refusal(lambda: parse_csv(spoiled.encode(), "cells.csv"))
    assert (problem.line, problem.field) == (3, "data_status")


@pytest.mark.parametrize("letters", [200, 201])
def test_a_text_may_have_two_hundred_letters(letters: int) -> None:
    data = CellTable.of([replace(CELLS[0], group="g" * letters)]).csv_bytes()
    if letters == 200:
        assert parse_csv(data, "cells.csv").distinct("group") == ["g" * 200]
    else:
        assert refusal(lambda: parse_csv(data, "cells.csv")).field == "group"


@pytest.mark.parametrize("text", ["1" * 20, "-" + "1" * 20, "0.123456", "1." + "0" * 6])
def test_numbers_have_twenty_digits_and_six_decimals_at_most(text: str) -> None:
    lines = PLAIN.csv_bytes().decode().split("\n")
    row = next(number for number, line in enumerate(lines) if ",97.5,98," in line)
    low = lines[row].replace(",97.5,98,", f",{text},{'9' * 20},")
    table = parse_csv("\n".join([lines[0], low, ""]).encode(), "cells.csv")
    assert len(table) == 1
    for longer in (text.replace("1", "11", 1) if "." not in text else text + "0", text + "x"):
        spoiled = low.replace(f",{text},", f",{longer},")
        with pytest.raises(InputError):
            parse_csv("\n".join([lines[0], spoiled, ""]).encode(), "cells.csv")
