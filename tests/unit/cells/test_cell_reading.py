"""Files from elsewhere: anything that is not exactly a cell table is refused by line and field."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.base.errors import InputError, MachineError
from accord.cells.cell import State
from accord.cells.reading import parse_csv, parse_parquet, read_parquet
from accord.cells.table import SCHEMA, CellTable
from unit.cells.cell_samples import CELLS, NO_NUMBERS, SHOWN

TABLE = CellTable.of(CELLS)
PLAIN = CellTable.of(replace(cell, standard_error=None) for cell in CELLS)


def parquet(columns: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(columns, sink)
    return sink.getvalue()


def with_value(name: str, row: int, value: Any) -> bytes:
    """The table with one number or text replaced, schema kept."""
    values = TABLE.columns[name].to_pylist()
    values[row] = value
    place = SCHEMA.get_field_index(name)
    field = SCHEMA.field(name).with_nullable(True)
    return parquet(
        TABLE.columns.set_column(place, field, pa.array(values, field.type)).cast(SCHEMA)
    )


@pytest.mark.parametrize(
    ("name", "row", "value", "line", "what"),
    [
        ("numerator", 4, Decimal(3), 5, "A suppressed cell can't have this number."),
        ("value", 4, Decimal(0), 5, "A suppressed cell can't have this number."),
        ("standard_error", 4, Decimal(1), 5, "A suppressed cell can't have this number."),
        ("high", 5, Decimal(1), 6, "A not_applicable cell can't have this number."),
        ("value", 1, None, 2, "A published cell needs this number."),
        ("low", 0, None, 1, "A banded cell needs this number."),
        ("low", 0, Decimal(99), 1, "The low end of a band is above its high end."),
        ("denominator", 1, Decimal(-16), 2, "A published cell has a denominator above zero."),
        ("standard_error", 1, Decimal(-1), 2, "A standard error is not negative."),
        ("state", 1, "hidden", 2, "This is no state of a cell."),
        ("grade", 2, "13", 3, "This is no grade."),
        ("period", 2, "2023-2024", 3, "This is no school year."),
        ("as_of", 2, "30.06.2024", 3, "This is no date."),
        ("data_status", 2, "final", 3, "This is no data status."),
        ("group", 2, "", 3, "This field is empty."),
        ("district", 2, "a\x00b", 3, "This text holds a control character."),
        ("district", 2, "9" * 201, 3, "This text is too long."),
        ("grade", 2, "", 3, "An earlier row is about the same cell."),
    ],
)
def test_each_broken_row_is_named(name: str, row: int, value: Any, line: int, what: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_parquet(with_value(name, row, value), "cells.parquet")
    found = [(problem.line, problem.what) for problem in refused.value.problems]
    assert (line, what) in found


def without(name: str) -> pa.Table:
    return TABLE.columns.drop_columns([name])


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        (lambda: without("low"), "The column low is missing."),
        (
            lambda: TABLE.columns.append_column("student", pa.array(["x"] * 6)),
            "There are columns that a cell does not have.",
        ),
        (
            lambda: TABLE.columns.set_column(11, "numerator", pa.array([1.0] * 6)),
            "The column numerator is not of the type decimal128(28, 6).",
        ),
        (
            lambda: TABLE.columns.select(list(reversed(SCHEMA.names))),
            "The columns are not those of a cell, in their order.",
        ),
    ],
)
def test_other_columns_are_refused(columns: Callable[[], pa.Table], what: str) -> None:
    with pytest.raises(InputError, match="cells.parquet") as refused:
        parse_parquet(parquet(columns()), "cells.parquet")
    assert refused.value.problems[0].what == what


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("published", "published,1", 1),
        lambda text: text.replace("81.3", "81,3", 1),
        lambda text: text.replace("81.3", "8.13e1", 1),
        lambda text: text.replace("81.3", "NaN", 1),
        lambda text: text.replace("13,16", "'13,16", 1),
        lambda text: text.replace("suppressed", '"suppressed', 1),
        lambda text: text.replace("denominator,", "numerator,", 1),
        lambda text: text.replace(",,,,,,suppressed", ",,,,0,,suppressed"),
        lambda text: "",
        lambda text: text.split("\n", 1)[1],
    ],
)
def test_spoiled_csv_is_refused(spoil: Callable[[str], str]) -> None:
    text = PLAIN.csv_bytes().decode()
    assert parse_csv(text.encode(), "cells.csv") == PLAIN
    assert spoil(text) != text
    with pytest.raises(InputError):
        parse_csv(spoil(text).encode(), "cells.csv")


def test_csv_names_the_line_of_text_that_is_not_utf_8() -> None:
    spoiled = PLAIN.csv_bytes().replace(b"foster", b"f\xe9ster")
    with pytest.raises(InputError) as refused:
        parse_csv(spoiled, "cells.csv")
    assert refused.value.problems[0].line == 1 + [c.group for c in PLAIN].index("foster") + 1


def test_an_empty_first_line_counts_as_well() -> None:
    with pytest.raises(InputError) as refused:
        parse_csv(b"\n\xe9", "cells.csv")
    assert refused.value.problems[0].line == 2


def test_messages_do_not_repeat_what_a_file_says() -> None:
    for field in ("group", "grade", "state", "period"):
        with pytest.raises(InputError) as refused:
            parse_parquet(with_value(field, 2, "Jane\x07Roe"), "cells.parquet")
        assert "Roe" not in str(refused.value)


def test_there_are_never_more_problems_than_anyone_reads() -> None:
    many = CellTable.of(
        replace(SHOWN, group=f"g{n:03}", state=State.SUPPRESSED, **NO_NUMBERS) for n in range(99)
    )
    place = SCHEMA.get_field_index("value")
    spoiled = many.columns.set_column(
        place, SCHEMA.field("value"), pa.array([Decimal(1)] * 99, SCHEMA.field("value").type)
    )
    with pytest.raises(InputError) as refused:
        parse_parquet(parquet(spoiled), "cells.parquet")
    assert len(refused.value.problems) == 20


def test_a_long_text_in_many_rows_is_refused_before_it_fills_the_memory() -> None:
    size = 100_000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * size, pa.int32()), pa.array(["x" * size]))
    is_text = {field.name: field.type == pa.string() for field in SCHEMA}
    many = pa.Table.from_arrays(
        [text if is_text[field.name] else pa.nulls(size, field.type) for field in SCHEMA],
        schema=pa.schema(
            [field.with_type(text.type) if is_text[field.name] else field for field in SCHEMA]
        ),
    )
    sink = io.BytesIO()
    pq.write_table(many, sink, store_schema=False)
    assert len(sink.getvalue()) < 3_000_000
    with pytest.raises(InputError, match="too long"):
        parse_parquet(sink.getvalue(), "cells.parquet")


def test_a_file_that_is_not_there_is_the_machines_business(tmp_path: Path) -> None:
    with pytest.raises(MachineError):
        read_parquet(tmp_path / "none.parquet")


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_altered_bytes_are_refused_or_say_the_same(data: st.DataObject) -> None:
    """No traceback whatever happens to a file on its way."""
    for whole, parse in (
        (TABLE.parquet_bytes(), parse_parquet),
        (PLAIN.csv_bytes(), parse_csv),
    ):
        place = data.draw(st.integers(0, len(whole) - 1))
        length = data.draw(st.integers(0, 8))
        spoiled = whole[:place] + data.draw(st.binary(max_size=8)) + whole[place + length :]
        try:
            table = parse(spoiled, "cells")
        except InputError:
            continue
        assert all(cell.is_shown or cell.value is None for cell in table)
