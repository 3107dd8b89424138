"""Tables that come from elsewhere: read strictly, refused with the row that is wrong.

A release is written by somebody else's machine and may have been altered on the way. Nothing is
guessed or repaired: another column, another type, an unknown state, or a hidden cell that still
holds a number is an `InputError`. No message repeats what the file says.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from accord.base.errors import InputError, Problem
from accord.base.files import machine_errors
from accord.cells.cell import CSV_COLUMNS, NUMBERS
from accord.cells.checking import check_rows
from accord.cells.table import SCHEMA, CellTable

MOST_ROWS = 4_000_000  # the largest district's releases have a twentieth of it
MOST_BYTES = 1 << 30
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,6})?")
_AGAIN = "Ask the sender for the file as their station wrote it."


def read_parquet(path: Path) -> CellTable:
    """The table in a Parquet file.

    Raises `InputError` where the file is not a cell table, `MachineError` where it can't be read.
    """
    with machine_errors(path):
        data = path.read_bytes()
    return parse_parquet(data, str(path))


def parse_parquet(data: bytes, name: str) -> CellTable:
    """Like `read_parquet`, for bytes in hand; `name` is what messages call them."""
    try:
        schema = pq.read_schema(io.BytesIO(data))
        if not schema.equals(SCHEMA):
            raise _refused(_difference(schema), name)
        columns = _whole(data, name)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _refused("The file can't be read as Parquet.", name) from error
    check_rows(columns, name=name, first_line=1)
    return CellTable.arranged(columns)


def read_csv(path: Path) -> CellTable:
    """The table in a CSV file that `CellTable.csv_bytes` made; it has no standard errors.

    Raises `InputError` where the file is not a cell table, `MachineError` where it can't be read.
    """
    with machine_errors(path):
        data = path.read_bytes()
    return parse_csv(data, str(path))


def parse_csv(data: bytes, name: str) -> CellTable:
    """Like `read_csv`, for bytes in hand; `name` is what messages call them."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused("This is not UTF-8 text.", name, line=line) from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        for row in lines:
            if len(row) != len(CSV_COLUMNS):
                what = f"There are {len(row)} fields where a cell has {len(CSV_COLUMNS)}."
                raise _refused(what, name, line=lines.line_num)
            rows.append(row)
    except csv.Error as error:
        raise _refused("This line is not CSV.", name, line=lines.line_num) from error
    if not rows or tuple(rows[0]) != CSV_COLUMNS:
        raise _refused("The first line does not name the columns of a cell.", name, line=1)
    columns = _columns(rows[1:], name)
    check_rows(columns, name=name, first_line=2)
    return CellTable.arranged(columns)


def _whole(data: bytes, name: str) -> pa.Table:
    """Every row, once it is sure that they fit in memory.

    A few bytes of Parquet can stand for a long text in millions of rows. So texts are read as
    references to the different ones, and none is spelled out before all are known to be short.
    """
    texts = [field.name for field in SCHEMA if field.type == pa.string()]
    file = pq.ParquetFile(io.BytesIO(data), read_dictionary=texts)
    metadata = file.metadata
    size = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if metadata.num_rows > MOST_ROWS or size > MOST_BYTES:
        raise _refused("The file says that it holds more cells than any district has.", name)
    columns = file.read()
    columns.validate(full=True)
    for text in texts:
        for chunk in columns[text].chunks:
            longest = pc.max(pc.binary_length(chunk.dictionary)).as_py() or 0
            if longest > MOST_BYTES // MOST_ROWS:
                raise _refused("There is a text in it that is too long.", name, field=text)
    return columns.cast(SCHEMA)


def _columns(rows: list[list[str]], name: str) -> pa.Table:
    by_column: dict[str, list[str]] = {
        column: [row[place] for row in rows] for place, column in enumerate(CSV_COLUMNS)
    }
    arrays = []
    for field in SCHEMA:
        if field.name not in by_column:
            arrays.append(pa.nulls(len(rows), field.type))
        elif field.name in NUMBERS:
            numbers = _numbers(by_column[field.name], field.name, name)
            arrays.append(pa.array(numbers, field.type))
        else:
            arrays.append(pa.array(by_column[field.name], field.type))
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _numbers(texts: list[str], column: str, name: str) -> list[Decimal | None]:
    for place, text in enumerate(texts):
        if text and not _NUMBER.fullmatch(text):
            raise _refused("This is not a number.", name, line=place + 2, field=column)
    return [Decimal(text) if text else None for text in texts]


def _difference(schema: pa.Schema) -> str:
    """How a file's columns differ from a cell table's, naming only columns of ours."""
    missing = [name for name in SCHEMA.names if name not in schema.names]
    if missing:
        return f"The column {missing[0]} is missing."
    if len(schema.names) > len(SCHEMA.names):
        return "There are columns that a cell does not have."
    for ours, theirs in zip(SCHEMA, schema, strict=True):
        if ours.name == theirs.name and ours.type != theirs.type:
            return f"The column {ours.name} is not of the type {ours.type}."
    return "The columns are not those of a cell, in their order."


def _refused(what: str, file: str, *, line: int | None = None, field: str = "") -> InputError:
    return InputError(Problem(what=what, remedy=_AGAIN, file=file, line=line, field=field))
